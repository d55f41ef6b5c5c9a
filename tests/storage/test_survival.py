"""The long run of benchmarks/records.py in small: every lane is tried, and each finds the fault it is there for."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
# Some go together, since each start loads the pack anew.
TOGETHER = (("kill", "boundary", "fault"), ("flip", "clock", "verify", "commit"), ("writers", "restart"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")


def tried(*given: str) -> tuple[int, str]:
    """What a run ends with, and what it prints."""
    done = subprocess.run(
        [sys.executable, HOME / "benchmarks" / "records.py", *given],
        capture_output=True, text=True, check=False, timeout=300, cwd=HOME,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.returncode, done.stdout


@pytest.mark.parametrize("lanes", TOGETHER, ids=",".join)
def test_nothing_that_was_noted_is_lost(lanes: tuple[str, ...]) -> None:
    code, said = tried("--share", "150", "--only", ",".join(lanes))
    assert code == 0, said
    rows = {row[0]: row for row in re.findall(r"^\| (\w+) \| ([\d,]+) \| (.*) \| (\d+) \| \d+ \|$", said, re.MULTILINE)}
    assert set(rows) == set(lanes)
    for _, runs, seen, violations in rows.values():
        assert violations == "0"
        assert int(runs.replace(",", "")) > 0 or "skipped" in seen
    if skipped := [seen for _, _, seen, _ in rows.values() if seen.startswith("skipped: ")]:
        pytest.skip(skipped[0].removeprefix("skipped: "))  # the others were tried


@pytest.mark.parametrize(
    ("fault", "lane", "share", "found"),
    [
        ("early", "kill", "70", "steps were noted"),
        ("unsynced", "boundary", "150", "POWER_ALL_LOST"),
        ("unchained", "flip", "150", "an event is another"),
    ],
)
def test_a_planted_fault_is_found(fault: str, lane: str, share: str, found: str) -> None:
    """A store that says "kept" too early, one that does not wait for the disk, and one that checks no chain."""
    code, said = tried("--share", share, "--only", lane, "--planted", fault)
    if "skipped: " in said:
        pytest.skip(said.partition("skipped: ")[2].partition(" |")[0])
    assert code == 1, said
    assert re.search(f"VIOLATION {lane}: .*{found}", said), said
