"""A conversation that is kept: the record leads to the same place again, at every step of it."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatbot.errors import StorageError
from chatbot.interview.conversation import Conversation, Past
from chatbot.interview.machine import ENDINGS
from chatbot.interview.steps import TakenUp
from chatbot.packs.pack import Pack
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.storage.chain import head_of
from chatbot.storage.events import Issued, read_event
from chatbot.storage.projection import projected
from chatbot.storage.row import Row
from chatbot.storage.step_events import begun, fold, started
from chatbot.storage.verify import verify
from tests.support.memory_store import MemoryStore
from tests.support.someone import Someone

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def clock() -> Callable[[], datetime]:
    """A second passes each time it is looked at."""
    ticks = itertools.count()
    return lambda: BEGAN + timedelta(seconds=next(ticks))


def records(store: MemoryStore | None = None) -> Records:
    """Records in memory, with a clock and a chance that are known."""
    numbers = itertools.count(1)
    names = (f"case-{number}" for number in itertools.count(1))
    return Records(store or MemoryStore(), clock(), lambda: next(names), lambda: next(numbers), "anna")


def again(journal: Journal, pack: Pack) -> Conversation:
    """The conversation that the record leads to."""
    events = [read_event(stored.body) for stored in journal.store.events(journal.row.case)]
    return fold(begun(pack, started(events)), events)


def same(one: Conversation, other: Conversation) -> None:
    """Both stand at the same place, with the same said."""
    assert one.state == other.state
    assert one.interview.case == other.interview.case
    assert (one.open_lists, one.interrupted_lists, one.previous_words, one.previous_answers) == (
        other.open_lists,
        other.interrupted_lists,
        other.previous_words,
        other.previous_answers,
    )
    assert (one.raised, one.pressing) == (other.raised, other.pressing)
    assert one.interview.rule_state.values == other.interview.rule_state.values


def talks(someone: Someone) -> Iterator[Conversation]:
    """Where a conversation by chance stands, step by step."""
    for _ in range(60):
        someone.at = someone.step() or someone.at
        yield someone.at


@pytest.mark.parametrize("seed", range(60))
def test_the_record_leads_to_the_same_place_after_every_step(pack: Pack, seed: int) -> None:
    someone = Someone(pack, seed)
    journal = records().begin(pack, someone.at)
    for number, at in enumerate(talks(someone)):
        journal.take(at)
        if number % 7 == seed % 7:
            same(again(journal, pack), at)
    same(again(journal, pack), someone.at)
    assert list(verify(journal.store)) == []


@pytest.mark.parametrize("seed", range(20))
def test_what_lists_show_follows_from_the_events(pack: Pack, seed: int) -> None:
    someone = Someone(pack, seed)
    journal = records().begin(pack, someone.at, reference="bed 4")
    for at in talks(someone):
        journal.take(at)
    stored = journal.store.events(journal.row.case)
    row = projected(journal.row.case, [each.body for each in stored])
    assert row.grown(head_of(row.case, stored)) == journal.row == journal.store.row(journal.row.case)


def test_the_recommendation_as_issued_is_in_the_record(pack: Pack) -> None:
    someone = Someone(pack, 1)
    journal = records().begin(pack, someone.at)
    journal.take(someone.at.stop())
    issued = [read_event(each.body).did for each in journal.store.events(journal.row.case)][-1]
    assert isinstance(issued, Issued)
    assert issued.kind == "completed"
    assert issued.result["disposition"] == "same_day"
    assert journal.row.level == 4


class Failing(MemoryStore):
    """Refuses to write as often as it is told."""

    times = 0

    def append(self, row: Row, bodies: object) -> object:  # type: ignore[override]
        if self.times:
            self.times -= 1
            raise StorageError("the disk is full")
        return super().append(row, bodies)  # type: ignore[arg-type]


def test_a_step_that_could_not_be_kept_is_kept_the_next_time(pack: Pack) -> None:
    store = Failing()
    someone = Someone(pack, 3)
    journal = records(store).begin(pack, someone.at)
    steps = list(talks(someone))
    journal.take(steps[5])
    store.times = 2
    for _ in range(2):
        with pytest.raises(StorageError):
            journal.take(steps[9])
        assert journal.last is steps[5]
    journal.take(steps[9])
    same(again(journal, pack), steps[9])


@pytest.mark.parametrize("seed", range(6))
def test_a_recommendation_is_issued_once_in_one_ending_whatever_steps_stay_there(pack: Pack, seed: int) -> None:
    """Taking up what was never given up stays where it is, and shows nothing anew."""
    someone = Someone(pack, seed)
    journal = records().begin(pack, someone.at)
    journal.take(someone.talk())
    ended = journal.last if journal.last.state != "check_answers" else journal.last.confirm()
    journal.take(ended)

    def issued() -> int:
        return sum(isinstance(event.did, Issued) for event in journal.events)

    before = issued()
    again = replace(ended, past=Past(ended, TakenUp()))
    assert again.state == ended.state in ENDINGS
    journal.take(again)
    assert (journal.events[-1].did.kind, issued()) == ("taken_up", before)
