"""A day of a clinic in minutes: three nurses at one list, people who answer alone, crashes; then it is judged.

Run from the project's folder: python benchmarks/day.py [--cases N] [--seed S] [--kills N] [--crashes N] [--speed X]
[--fault NAME]. The exit code is 1 where anything was not as it must be, and 2 where it was called wrongly.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from psycopg import sql
from sqlalchemy.engine import make_url

from benchmarks.shift.book import lines_in
from benchmarks.shift.clock import BUSY, KIOSK, ROLES, Day
from benchmarks.shift.desks import PLANTED
from benchmarks.shift.figures import told
from benchmarks.shift.judge import CLINICIANS, judged
from benchmarks.shift.troubles import KIOSKS, Staff
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.storage.postgres import open_postgres
from tests.support.postgres_server import PostgresServer, why_not

TOLD = 40


def given() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description="A day of a clinic in minutes.")
    parser.add_argument("--cases", type=int, default=BUSY, help="so many, a fifth of them calls")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, help="so often a nurse is killed; a sixth of the cases if not said")
    parser.add_argument("--crashes", type=int, help="so often the server is; one for 50 cases if not said")
    parser.add_argument("--speed", type=float, default=200.0, help="seconds of the day in one of ours")
    parser.add_argument("--fault", default="", help="a fault to be found, or several with commas between, a day each")
    found = parser.parse_args()
    found.fault = found.fault.split(",")
    if found.cases < 5 or found.speed <= 0 or set(found.fault) - set(PLANTED):
        parser.error(
            f"there are 5 cases or more, time goes forward, and the faults are {', '.join(filter(None, PLANTED))}"
        )
    found.kills = found.cases // 6 if found.kills is None else found.kills
    found.crashes = max(1, found.cases // 50) if found.crashes is None else found.crashes
    return found


def logins(server: PostgresServer) -> None:
    """A login for everybody, each a member of what they are."""
    with server.connect() as connection:
        for login, role in ROLES.items():
            made = sql.SQL("CREATE ROLE {} LOGIN IN ROLE {}").format(sql.Identifier(login), sql.Identifier(role))
            connection.execute(made)


def day_of(url: str, folder: Path, asked: argparse.Namespace, fault: str) -> Day:
    """The day, beginning now by the clock of the server."""
    store = open_postgres(url)
    began = store.now()
    store.close()
    there = make_url(url)
    address = f"postgresql+psycopg://{{login}}@{there.host}:{there.port}/{there.database}"
    return Day(address, folder, began, asked.speed, asked.cases, asked.seed, fault)


def gone_through(server: PostgresServer, pack: Pack, asked: argparse.Namespace, fault: str) -> bool:
    """One day, judged and told; whether anything was wrong."""
    url = server.create_database()
    with tempfile.TemporaryDirectory(prefix="triage-day-") as folder:
        day = day_of(url, Path(folder), asked, fault)
        if asked.fault[0] == fault:
            logins(server)
        staff = Staff(day, pack, server, make_url(url).database or "", random.Random(asked.seed))
        seconds = staff.run(asked.kills, asked.crashes)
        store = open_postgres(url)
        end, began = day.simulated(store.now()), time.perf_counter()
        stations = [*CLINICIANS, *(f"{KIOSK}{number}" for number in range(KIOSKS))]
        found = judged(store, day, pack, lines_in(day.books), stations)
        store.close()
    found.violations[:0] = staff.broke
    found.seen += staff.seen
    if fault:
        print(f"planted: {fault}")
    for line in told(day, found, end, seconds, time.perf_counter() - began):
        print(line)
    for line in found.violations[:TOLD]:
        print(f"VIOLATION {line}")
    if len(found.violations) > TOLD:
        print(f"and {len(found.violations) - TOLD:,} more")
    return bool(found.violations)


def main() -> int:
    """Go through a day, or one for each planted fault."""
    asked = given()
    if (reason := why_not()) or not hasattr(os, "fork"):
        print(f"skipped: {reason or 'this system cannot copy a process'}")
        return 0
    # So that a day ends everywhere at the same time.
    os.environ["TZ"] = "UTC"
    time.tzset()
    pack = load_pack("low_back_pain")
    with PostgresServer.start() as server:
        wrong = [gone_through(server, pack, asked, fault) for fault in asked.fault]
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())
