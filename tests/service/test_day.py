"""The day of benchmarks/day.py in small: nothing is wrong with it, and each planted fault is found."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from chatbot.errors import HeldError, InputError, UnreachableError
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_typed
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.service.records import Records
from chatbot.storage.chain import Head
from chatbot.storage.events import read_event
from chatbot.storage.postgres import open_postgres
from chatbot.storage.row import Row
from tests.support.filled import Clock
from tests.support.memory_store import MemoryStore
from tests.support.person import TODAY
from tests.support.postgres_server import PostgresServer
from tests.support.team import alone, asked_on, desk, row_of

HOME = Path(__file__).parents[2]

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")


def gone_through(*given: str) -> tuple[int, str]:
    """What a day ends with, and what is printed."""
    done = subprocess.run(
        [sys.executable, HOME / "benchmarks" / "day.py", *given],
        capture_output=True, text=True, check=False, timeout=300, cwd=HOME,
    )  # fmt: skip
    assert done.stdout, done.stderr
    if done.stdout.startswith("skipped: "):
        pytest.skip(done.stdout.removeprefix("skipped: ").strip())
    return done.returncode, done.stdout + done.stderr


@forks
def test_nothing_is_lost_on_a_day_with_kills_and_a_crash() -> None:
    code, said = gone_through("--cases", "15", "--speed", "400", "--kills", "6", "--crashes", "1")
    assert code == 0, said
    seen = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \|$", said, re.MULTILINE))
    assert int(seen["kills of nurses"]) >= 6
    assert int(seen["crashes of the server"]) == 1
    assert int(seen["cases"]) >= 15
    assert int(seen["closings"]) > 8
    assert int(seen["acts and steps acknowledged, each looked for"].replace(",", "")) > 400
    assert "0 violations" in said


PLANTED = {
    "two-hands": r"\w+ took on a case that \w+ has until",
    "lost": r"was told that event \d+ of case \S+ is kept, and it is not there",
    "unsigned": "closed while a lower level waited for its signature",
    "unasked": "closed below an emergency, and .* not asked",
    "twice": "did 'closed' to a case that is closed",
}


@forks
def test_each_planted_fault_is_found() -> None:
    """Nurses who take what others have, lose what they say is kept, wait for no signature, ask nothing, close twice."""
    given = ("--cases", "8", "--speed", "800", "--kills", "1", "--crashes", "0")
    code, said = gone_through(*given, "--fault", ",".join(PLANTED))
    assert code == 1
    days = dict(part.split("\n", 1) for part in said.split("planted: ")[1:])
    for fault, found in PLANTED.items():
        assert re.search(f"VIOLATION .*{found}", days[fault]), said


# What such days found, each by itself.


def test_an_emergency_does_not_wait_for_the_time_of_a_call_back(pack: Pack) -> None:
    """Somebody is to be called tomorrow, comes back by their code, and is told to go now."""
    team, clock = MemoryStore(), Clock()
    kiosk, ann = Records(team, clock), desk(team, "ann", clock)
    told = alone(kiosk, pack)
    ann.call_back(ann.claim(row_of(team, told.row.case)), clock() + timedelta(days=1), "no answer")
    back = kiosk.resume(told.code, lambda _: pack)
    assert back.journal is not None
    again = back.conversation.change("saddle_sensation")
    assert again is not None
    at = said(again, "numb")
    while at.asked is not None:
        at = said(at, "1")
    back.journal.take(at)
    assert row_of(team, told.row.case).level == EMERGENCY
    assert [row.case for row in ann.emergencies(clock())] == [told.row.case]
    assert ann.counts(clock())["due"] == 0


def said(at: Conversation, words: str) -> Conversation:
    """The conversation after words that are understood."""
    assert at.asked is not None
    found = parse_typed(at, at.asked, words)
    assert isinstance(found, ParsedAnswer)
    return at.answer(found)


def test_a_call_in_which_nobody_was_told_a_level_is_not_closed(pack: Pack) -> None:
    """The emergency checks are asked by then, so nothing else would forbid it."""
    ann = desk(MemoryStore(), "ann")
    journal = ann.records.begin(pack, begin(pack.plan, pack.wording(), "nurse", "gb", TODAY))
    asked_on(journal, until="how_started")
    journal.close()
    with pytest.raises(InputError, match="no level was shown"):
        ann.close(journal.row, "advised")
    journal.take(journal.last.stop())
    assert ann.close(journal.row, "advised").outcome == "advised"


def test_a_call_is_closed_once_though_the_server_goes_right_after_it(server: PostgresServer, pack: Pack) -> None:
    store = open_postgres(server.create_database())
    ann = desk(store, "ann")
    journal = ann.call(row_of(store, alone(Records(store, Clock()), pack).row.case))
    asked_on(journal)
    append = store.append

    def then_gone(row: Row, bodies: Sequence[bytes]) -> Head:
        head = append(row, bodies)
        server.restart()
        return head

    store.append = then_gone  # type: ignore[method-assign] # a server that fails at the worst moment
    assert ann.finish(journal, "advised").outcome == "advised"
    store.append = append  # type: ignore[method-assign] # as above
    with pytest.raises(InputError, match="take the case on first"):
        ann.finish(journal, "advised")
    kinds = [read_event(each.body).did.kind for each in store.events(journal.row.case)]
    assert kinds.count("closed") == 1
    store.close()


def test_a_case_that_somebody_else_opened_while_the_server_was_away_stops_nothing_else(
    server: PostgresServer, pack: Pack
) -> None:
    url = server.create_database()
    one, other = open_postgres(url), open_postgres(url)
    case = alone(Records(one, Clock()), pack).row.case
    one.hold(case, "one")
    server.restart()
    for store in (other, one):
        with pytest.raises(UnreachableError):
            store.row(case)
        if store is other:
            other.hold(case, "other")
    assert [row.case for row in one.rows()] == [case]
    assert row_of(one, case).case == case
    with pytest.raises(HeldError, match="other"):
        one.hold(case, "one")
    for store in (one, other):
        store.close()
