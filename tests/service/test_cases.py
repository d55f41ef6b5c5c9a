"""A case is read once for whoever works on it."""

from collections.abc import Callable

import pytest

from chatbot.packs.pack import Pack
from chatbot.service import cases, folding
from chatbot.service.cases import kept_case
from chatbot.service.exporting import FORMATS, note_of, one_case
from chatbot.service.folding import Folding
from chatbot.service.journal import Journal
from chatbot.service.reporting.case_histories import gather
from chatbot.storage import events, projection
from chatbot.storage.events import Event, read_event
from tests.support.filled import Clock, installed, records_in, stopped
from tests.support.memory_store import MemoryStore
from tests.support.team import alone, asked_on, desk

Counted = list[int]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """The places of the events that were decoded."""
    seqs: Counted = []

    def counting(body: bytes) -> Event:
        event = read_event(body)
        seqs.append(event.seq)
        return event

    for module in (cases, events, projection, folding):
        if hasattr(module, "read_event"):
            monkeypatch.setattr(module, "read_event", counting)
    return seqs


def test_a_note_of_a_case_decodes_each_of_its_events_once(pack: Pack, read: Counted) -> None:
    store = MemoryStore()
    row = alone(records_in(store), pack, "same_day").row
    at = desk(store, "ann")
    read.clear()
    at.note("sbar", row.case)
    assert sorted(read) == list(range(1, row.seq + 1))


@pytest.mark.parametrize(
    "act",
    [
        *(lambda s, c, f=form: one_case(records_in(s), s.row(c), f, installed) for form in FORMATS if form != "events"),
        lambda s, c: desk(s, "ann").folder(c).standing,
        lambda s, _: gather(records_in(s), installed, None),
    ],
)
def test_no_copy_page_or_report_decodes_an_event_twice(
    pack: Pack, read: Counted, act: Callable[[MemoryStore, str], object]
) -> None:
    store = MemoryStore()
    row = stopped(records_in(store), pack).row
    read.clear()
    act(store, row.case)
    assert sorted(read) == list(range(1, row.seq + 1))


def test_what_a_journal_knows_of_its_case_is_what_is_kept_of_it(pack: Pack) -> None:
    """Also of what it wrote itself, and of what others did meanwhile."""
    store = MemoryStore()
    clock = Clock()
    row = alone(records_in(store, clock), pack, "same_day").row
    of_ann = desk(store, "ann", clock)
    journal: Journal = of_ann.call(row)
    desk(store, "bob", clock).open(journal.row)
    asked_on(journal)
    stored = store.events(row.case)
    assert journal.bodies == [each.body for each in stored]
    assert journal.events == [read_event(each.body) for each in stored] == journal.events


def test_the_note_says_where_the_case_stood_when_it_was_shown_last(pack: Pack) -> None:
    store = MemoryStore()
    journal = stopped(records_in(store), pack)
    kept = kept_case(Folding(store, installed), journal.row)
    assert kept.shown.conversation.state == "stopped"
    assert kept.events[kept.shown.event.seq - 1] == kept.shown.event
    assert note_of("sbar", kept) == desk(store, "ann").note("sbar", journal.row.case, brief=False)
