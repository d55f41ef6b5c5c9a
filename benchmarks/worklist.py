"""Prints how fast the worklist answers keys where many cases stand on it: python benchmarks/worklist.py [CASES].

All of them wait, which is the worst there is: of a team's cases most are closed. A key's time ends when the last of
what follows from it stands on the screen of a real terminal; one look of the list at the store is in it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from sqlalchemy import insert

from benchmarks.terminal import Terminal
from chatbot.storage.address import place_of
from chatbot.storage.projection import stamp
from chatbot.storage.row import Row
from chatbot.storage.sql import SqlStore
from chatbot.storage.tables import cases, values
from chatbot.storage.worklist_query import ORDERS, urgency_of
from chatbot.tui.words import words

WORDS = words("en")
TIMES, ALLOWED = 15, 100
LEVELS = (0, 0, 1, 1, 2, 3, 4, 4, 5)
BETWEEN = 0.12


def rows(store: SqlStore, count: int) -> Iterator[Row]:
    """Cases that wait, of all levels, over a month."""
    chance, now = random.Random(6), store.now()  # nothing secret
    for number in range(count):
        level = chance.choice(LEVELS)
        since = stamp(now - timedelta(minutes=chance.randrange(60 * 24 * 30)))
        yield Row(
            f"{chance.getrandbits(64):016x}", pack="low_back_pain", version="0.1.0", digest="0" * 64,
            mode=chance.choice(("patient", "carer")), country="gb", language="en", reference=f"bed {number}",
            started=since, changed=since, state="complete", level=level, shown=since, urgency=urgency_of(level),
            seq=1, head=b"\0" * 32,
        )  # fmt: skip


def filled(path: Path, count: int) -> None:
    """A file with so many cases on its list; their events do not matter to lists."""
    store = place_of(str(path)).open()
    with store.work(writes=True) as connection:
        some = rows(store, count)
        while batch := [{**values(row), "held": ""} for row in islice(some, 2_000)]:
            connection.execute(insert(cases), batch)
    store.close()


def measured(terminal: Terminal) -> dict[str, list[float]]:
    """The time of each kind of key."""
    found: dict[str, list[float]] = {}

    def press(name: str, key: str, *texts: str) -> None:
        time.sleep(BETWEEN)
        found.setdefault(name, []).append(terminal.press(key, *texts))

    for at in range(TIMES):
        press("a case down", "\x1b[B")
        press("a screenful down", "\x1b[6~")
        press("another section", "5", "[5 Closed today")
        press("back to all that wait", "1", "[1 Waiting")
        press("another order", "s", WORDS.say(f"order_{ORDERS[(at + 1) % 3]}"))
        press("(the filters)", "f", WORDS.say("filter_title"))
        press("emergencies only", "2", f"· {WORDS.say('filter_emergency')}")
        press("all again", "\x1b", WORDS.say("order_urgency"))
        for _ in range((at + 1) % 3):
            press("another order", "s")
        press("(the search)", "/", WORDS.say("search_title"))
        time.sleep(BETWEEN)
        terminal.press(f"bed {at + 1}77")
        press("a search", "\r", f'"bed {at + 1}77"')
        press("all again", "\x1b", WORDS.say("order_urgency"))
        for _ in range((at + 1) % 3):
            press("another order", "s")
    return found


def main(count: int) -> None:
    """Fill a list, press keys, print what they took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.sqlite"
        filled(path, count)
        terminal = Terminal(["-m", "chatbot", "worklist", "--database", str(path)])
        terminal.watch("[1 Waiting", quiet=1.0)
        found = measured(terminal)
        terminal.end()
    print(f"{count} cases that wait; milliseconds from a key to its last frame, allowed {ALLOWED}")
    for name, times in found.items():
        worst = sorted(times)[round(0.95 * (len(times) - 1))]
        figures = f"median {median(times):7.1f}, 95 % within {worst:7.1f}, best {min(times):7.1f}"
        print(f"{name:26}{figures}, of {len(times)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
