"""Text that tries to do something is kept as it is, and shown as text; and what would not do so is found."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from chatbot.packs.pack import Pack
from chatbot.service.event_text import told
from chatbot.storage.events import By, Event, EventBody, Issued, Kept, Looked, read_event
from tests.support.filled import records_in
from tests.support.hostile_screen import seen_again, typed, unclean
from tests.support.hostile_texts import CLASSES, fixed, of_every_kind, some
from tests.support.memory_store import MemoryStore
from tests.support.step_bodies import STEP_BODIES

HOME = Path(__file__).parents[2]
# The long run with something taken away first.
BROKEN = """
import re, runpy, sys
from chatbot.interview.reading import sanitise as cleaner
from chatbot.storage import events
sys.argv = ["benchmarks/records.py", "--share", "400", "--only", "hostile"]
{}
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_there_are_two_thousand_of_every_class() -> None:
    assert len(fixed()) >= 2_000
    assert len(CLASSES) == 13
    assert all(CLASSES.values())
    assert some(1, 50) == some(1, 50) != some(2, 50)


def tried(*program: str) -> tuple[int, str]:
    """What a run ends with, and what it prints."""
    # With this the run does not start itself again, whole.
    done = subprocess.run(
        [sys.executable, *program], capture_output=True, text=True, check=False, timeout=300, cwd=HOME,
        env=os.environ | {"LD_PRELOAD": ""},
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.returncode, done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="this system cannot copy a process")
def test_the_long_run_in_small_finds_nothing() -> None:
    code, said = tried("benchmarks/records.py", "--share", "200", "--only", "hostile")
    assert code == 0, said
    assert re.search(r"^\| hostile \| \d+ \| .*13 cases kept.* \| 0 \| \d+ \|$", said, re.MULTILINE), said


@pytest.mark.skipif(sys.platform == "win32", reason="this system cannot copy a process")
@pytest.mark.parametrize(
    ("broken", "found"),
    [
        ("cleaner.harmless = lambda text: text", "audit-log show of"),
        ("cleaner.clean = lambda text, limit=2000: text[:limit]", "clean has"),
        (
            "whole = cleaner._safe; cleaner._safe = lambda text: whole(text) + re.sub('[^\\u202e]', '', text)",
            "'.u202e'",
        ),
        (
            "whole = events.json.dumps; events.json.dumps = lambda *a, **how: whole(*a, **how).replace('\\x9b', '')",
            "read back|other bytes",
        ),
    ],
    ids=["nothing is made harmless", "nothing is cleaned", "one character is missed", "one is lost"],
)
def test_what_lets_something_through_is_found(broken: str, found: str) -> None:
    code, said = tried("-c", BROKEN.format(broken))
    assert code == 1, said
    assert re.search(f"VIOLATION hostile: .*({found})", said), said


async def test_twenty_of_them_through_the_screen(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.0005)  # nobody looks, and what is painted is the same
    records, texts = records_in(MemoryStore()), of_every_kind(20)
    assert await typed(pack, records, texts) >= 1
    await seen_again(pack, records, unclean(pack, records, texts[:5]))


def test_every_kind_of_event_can_be_told() -> None:
    done: list[EventBody] = [read_event(body).did for body in STEP_BODIES]
    done += [Kept(kind=kind) for kind in get_args(Kept.model_fields["kind"].annotation)]
    done += [Looked(kind=kind) for kind in get_args(Looked.model_fields["kind"].annotation)]
    done += [Issued(kind=kind, result={}, then="complete") for kind in get_args(Issued.model_fields["kind"].annotation)]
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    said = [told(Event(case="one", seq=1, at=at, by=By(who="patient"), pack="0", did=did)) for did in done]
    # Told alike are an emergency and an end, and a reply taken back as it was kept at first and as it is now.
    assert len(set(said)) == len(said) - 2
