"""Tries whether what was noted is still there after kills, faults, damage and restarts, and prints a table of it.

Run from the project's folder: python benchmarks/records.py [--share N] [--only LANE,...] [--planted FAULT]. With
--share 10 a tenth is done. The exit code is 1 where anything was lost, and 2 where it was called wrongly.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from pathlib import Path

from benchmarks.survival import shim
from benchmarks.survival.lanes import LANES
from benchmarks.survival.planted import PLANTED
from benchmarks.survival.talking import warm
from benchmarks.survival.tally import HEADINGS, TOLD, Lane, Setting, Tally, row, told
from chatbot.cores import cores
from chatbot.packs.load import load_pack


def given() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description="Tries whether what was noted is still there.")
    parser.add_argument("--share", type=int, default=1, help="do one N-th of it")
    parser.add_argument("--only", default=",".join(LANES), help="some lanes, with commas between")
    parser.add_argument("--planted", choices=sorted(PLANTED), help="a fault to be found, which tries the lanes")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be tried, instead of the temporary one")
    found = parser.parse_args()
    found.only = found.only.split(",")
    if found.share < 1 or set(found.only) - set(LANES):
        parser.error(f"the share is 1 or more, and the lanes are {', '.join(LANES)}")
    return found


def tried(lane: Lane, setting: Setting) -> Tally:
    """Try one lane and print its line."""
    if missing := lane.missing():
        print(row(lane.name, 0, f"skipped: {missing}", 0, 0), flush=True)
        return Tally()
    began = time.perf_counter()
    try:
        tally = lane.run(setting)
    except Exception as error:  # the other lanes are tried all the same
        traceback.print_exc()
        tally = Tally(violations=[f"{lane.name} broke off: {type(error).__name__}: {error}"])
    for line in told(lane.name, tally, time.perf_counter() - began):
        print(line, flush=True)
    return tally


def main() -> int:
    """Try every lane asked for, and tell what was lost."""
    asked = given()
    shim.preloaded()
    total, began = Tally(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="triage-records-", dir=asked.folder, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # one lane works as another account
        setting = Setting(load_pack("low_back_pain"), Path(folder), asked.share, cores())
        if asked.planted:
            setting = replace(setting, open=PLANTED[asked.planted](setting.open))
        warm(setting)
        print("\n".join(HEADINGS), flush=True)
        for name in asked.only:
            total.add(tried(LANES[name], setting))
    print(f"\n{total.runs:,} runs in {time.perf_counter() - began:.0f} s on {cores()} cores", flush=True)
    for line in total.violations[:TOLD]:
        print(f"VIOLATION {line}")
    if len(total.violations) > TOLD:
        print(f"and {len(total.violations) - TOLD:,} more")
    return bool(total.violations)


if __name__ == "__main__":
    sys.exit(main())
