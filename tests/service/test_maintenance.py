"""Looking, copying, purging, working out again: what each does, and that it is kept."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from chatbot.errors import HeldError, InputError
from chatbot.interview.steps import Answered
from chatbot.packs.pack import Pack
from chatbot.service import maintenance
from chatbot.service.event_text import told
from chatbot.service.folding import Folding, events_in, named, whole
from chatbot.service.inspection import inspect, normal_code
from chatbot.service.maintenance import _connected, back_up, erase, look, purge
from chatbot.service.recompute import Recomputation
from chatbot.service.records import Records
from chatbot.storage.chain import check_code
from chatbot.storage.events import (
    CallBackPlanned,
    Claimed,
    Closed,
    EventBody,
    Issued,
    Kept,
    Looked,
    Note,
    Override,
    Released,
    Stepped,
    body_of,
    read_event,
)
from chatbot.storage.projection import projected
from chatbot.storage.row import STORE
from chatbot.storage.sqlite import open_sqlite
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import verify
from tests.support.filled import Clock, fill, installed, records_in, stopped, talk
from tests.support.memory_store import MemoryStore
from tests.support.someone import Someone


def dids(store: CaseStore, case: str) -> list[EventBody]:
    """What was done in a chain."""
    return [read_event(event.body).did for event in store.events(case)]


def held(store: MemoryStore, case: str) -> None:
    """The case is open in another program."""
    store.hold(case, "in another window")


# Looking.


def test_a_look_is_kept_in_the_case_with_who_looked(pack: Pack) -> None:
    records = records_in(MemoryStore())
    journal = talk(records, pack, 1)
    look(records, journal.row.case, "viewed", "by hand")
    event = read_event(records.store.events(journal.row.case)[-1].body)
    assert event.did == Looked(kind="viewed", how="by hand")
    assert (event.by.who, event.by.login) == ("program", "anna")
    assert list(verify(records.store)) == []


def test_a_look_at_a_case_that_is_open_does_not_disturb_it(pack: Pack) -> None:
    """Its next answer is still kept; the look stands in the store's own chain."""
    records = records_in(MemoryStore())
    someone = Someone(pack, 1)
    journal = records.begin(pack, someone.at)
    look(records, journal.row.case, "viewed", "by hand")
    journal.take(someone.at.stop())
    assert not any(isinstance(did, Looked) for did in dids(records.store, journal.row.case))
    (did,) = dids(records.store, STORE)
    assert isinstance(did, Looked)
    assert journal.row.case in did.how


def test_a_case_is_named_by_the_beginning_of_its_name() -> None:
    store = MemoryStore()
    for case in ("abc", "abd", "b", "ab"):
        store.begin(projected(case, []), [b"{}"])
    assert named(store, "abc").case == "abc"
    assert named(store, "b").case == "b"
    assert named(store, "ab").case == "ab"
    for typed, why in (("a", "3 cases"), ("x", "no case"), ("", "no case")):
        with pytest.raises(InputError, match=why):
            named(store, typed)


def test_every_kind_of_event_can_be_told(pack: Pack) -> None:
    records = records_in(MemoryStore())
    more: list[EventBody] = [
        Note(text="limps"),
        Override(level="same_day", instead_of="self_care", reason="seen", words="looks ill"),
        Claimed(until=records.clock()),
        Released(why="lunch"),
        CallBackPlanned(due=records.clock(), words="ask again"),
        Closed(outcome="seen", words="sent on"),
        Looked(kind="exported", how="json"),
        Kept(kind="purged", cases=2, events=9, words="x"),
    ]
    kinds = set()
    for seed in range(24):
        journal = talk(records, pack, seed)
        journal.keep(more)
        for event in events_in(records.store.events(journal.row.case)):
            line = told(event)
            kinds.add(event.did.kind)
            assert line.startswith(f"{event.seq} 2026-03-02T09:")
            assert "\n" not in line
            if isinstance(event.did, Stepped) and isinstance(event.did.step, Answered):
                answer = event.did.step.answer
                assert answer.question in line
                assert json.dumps(answer.said, ensure_ascii=False) in line or not answer.said
    assert {"started", "answered", "replied", "note", "override", "closed", "purged", "completed"} <= kinds


# Purging.


def aged(pack: Pack, days: tuple[int, ...]) -> tuple[Records, Clock, list[str]]:
    """Records with cases of these ages, and their names."""
    clock = Clock()
    now = clock.now
    records = records_in(MemoryStore(), clock)
    names = []
    for number, age in enumerate(days):
        clock.now = now - timedelta(days=age)
        names.append(talk(records, pack, number).row.case)
    clock.now = now
    return records, clock, names


def test_a_purge_takes_what_is_older_and_leaves_the_rest(pack: Pack) -> None:
    records, _, names = aged(pack, (40, 31, 29, 0))
    before = {case: list(records.store.events(case)) for case in names}
    gone = purge(records, 30)
    assert (gone.cases, gone.events) == (2, len(before[names[0]]) + len(before[names[1]]))
    assert [row.case for row in records.store.rows()] == sorted(names[2:])
    assert all(list(records.store.events(case)) == before[case] for case in names[2:])
    assert list(verify(records.store)) == []


def test_the_last_event_decides_how_old_a_case_is(pack: Pack) -> None:
    records, _, (case,) = aged(pack, (40,))
    look(records, case, "viewed", "today")
    assert purge(records, 30).cases == 0


def test_a_purge_is_kept_with_the_names_and_nothing_of_it_is_said(pack: Pack) -> None:
    records, _, names = aged(pack, (40, 50))
    purge(records, 30)
    (did,) = dids(records.store, STORE)
    assert isinstance(did, Kept)
    assert (did.kind, did.cases, set(did.names), did.words) == ("purged", 2, set(names), "")


def test_the_stores_own_chain_is_never_purged(pack: Pack) -> None:
    records, clock, _ = aged(pack, (40,))
    records.log(Kept(kind="code_refused"))
    clock.now += timedelta(days=400)
    purge(records, 1)
    assert [did.kind for did in dids(records.store, STORE)] == ["code_refused", "purged"]


def test_a_dry_run_changes_nothing(pack: Pack) -> None:
    records, _, _ = aged(pack, (40, 0))
    before = list(records.store.chains())
    assert purge(records, 30, dry_run=True).cases == 1
    assert list(records.store.chains()) == before


def test_a_case_that_is_open_stays(pack: Pack) -> None:
    records, _, names = aged(pack, (40, 40))
    assert isinstance(records.store, MemoryStore)
    held(records.store, names[0])
    gone = purge(records, 30)
    assert (gone.cases, gone.held) == (1, 1)
    assert [row.case for row in records.store.rows()] == [names[0]]
    with pytest.raises(HeldError):
        records.store.hold(names[0], "me")


def test_many_cases_go_in_turns(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "_AT_ONCE", 3)
    records, clock, _ = aged(pack, ())
    for number in range(8):
        stopped(records, pack, number % 3)
    clock.now += timedelta(days=2)
    assert purge(records, 1).cases == 8
    assert [did.cases for did in dids(records.store, STORE) if isinstance(did, Kept)] == [3, 3, 2]


@pytest.mark.parametrize("is_looked_at", [False, True], ids=["nobody looked", "somebody looked at it since"])
def test_a_case_that_another_goes_on_from_stays_until_that_one_goes(pack: Pack, is_looked_at: bool) -> None:
    """Without it, the answers that wait to be confirmed could not be worked out."""
    clock = Clock()
    records = records_in(MemoryStore(), clock)
    old = talk(records, pack, 4)
    other = replace(pack, digest="0" * 64)
    records.store.keep_pack(pack.digest, b"damaged")
    broken = records.store
    assert isinstance(broken, MemoryStore)
    broken._packs[pack.digest] = b"damaged"
    clock.now += timedelta(days=20)
    new = records.resume(old.code, lambda _: other)
    assert new.carried
    assert new.journal is not None
    new.journal.close()
    if is_looked_at:
        look(records, old.row.case, "viewed", "that day")
    clock.now += timedelta(days=20)
    look(records, new.journal.row.case, "viewed", "today")
    clock.now += timedelta(days=25)
    gone = purge(records, 30)
    assert (gone.cases, gone.needed) == (0, 1)
    clock.now += timedelta(days=10)
    assert purge(records, 30).cases == 2


def test_one_persons_case_goes_with_all_that_went_on_from_it_and_nothing_else(pack: Pack) -> None:
    clock = Clock()
    records = records_in(MemoryStore(), clock)
    old, other = talk(records, pack, 4), talk(records, pack, 5)
    assert isinstance(records.store, MemoryStore)
    records.store._packs[pack.digest] = b"damaged"
    new = records.resume(old.code, lambda _: replace(pack, digest="0" * 64))
    assert new.carried
    assert new.journal is not None
    new.journal.close()
    for name in (old.row.case, new.journal.row.case):
        assert {row.case for row in _connected(records.store, named(records.store, name))} == {
            old.row.case,
            new.journal.row.case,
        }
    assert erase(records, named(records.store, new.journal.row.case[:20])).cases == 2
    assert [row.case for row in records.store.rows()] == [other.row.case]


# Backups.


def test_a_backup_is_kept_before_it_is_made_and_so_is_in_it(tmp_path: Path, pack: Pack) -> None:
    store = open_sqlite(tmp_path / "cases.sqlite")
    fill(store, pack, (1, 2))
    counts = back_up(records_in(store), tmp_path / "b.gz")
    assert counts.events == sum(len(store.events(row.case)) for row in store.rows()) + 1
    assert [did.kind for did in dids(store, STORE)] == ["backed_up"]
    store.close()


# Check codes.


def test_a_check_code_leads_to_its_event(pack: Pack) -> None:
    records = records_in(MemoryStore())
    stopped(records, pack, 1)
    journal = stopped(records, pack, 2)
    seq = journal.row.seq
    code = journal.check_code
    look(records, journal.row.case, "viewed", "later")
    found = inspect(records.store, code=normal_code(f" {code.lower().replace('-', ' ')} "))
    assert [(place.case, place.seq) for place in found.places] == [(journal.row.case, seq)]
    assert "was shown same_day" in found.places[0].did
    assert found.is_well


def test_a_check_code_that_nothing_has_is_said(pack: Pack) -> None:
    records = records_in(MemoryStore())
    stopped(records, pack)
    found = inspect(records.store, code=normal_code("0000-0000-0000"))
    assert not found.is_well
    assert "no event has the check code 0000-0000-0000" in found.lines()


@pytest.mark.parametrize("typed", ["0", "0000-0000-000", "0000-0000-00000", "GGGG-0000-0000", "x"])
def test_what_can_be_no_check_code_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="twelve"):
        normal_code(typed)


def test_the_check_code_of_other_events_tells_no_words(pack: Pack) -> None:
    records = records_in(MemoryStore())
    journal = talk(records, pack, 1, "SECRET")
    code = check_code(records.store.events(journal.row.case)[0].hash)
    (place,) = inspect(records.store, code=code).places
    assert (place.seq, place.did) == (1, "started")


# Working out again.


def test_every_recommendation_comes_out_as_it_was(pack: Pack) -> None:
    store = MemoryStore()
    fill(store, pack, range(30))
    again = Recomputation(Folding(store, installed))
    assert list(again.differences()) == []
    assert again.issued >= 15


def test_a_recommendation_that_was_another_is_named_by_case_event_and_key(pack: Pack) -> None:
    records = records_in(MemoryStore())
    stopped(records, pack, 1)
    row = stopped(records, pack, 2).row
    events = [read_event(event.body) for event in records.store.events(row.case)]
    at, last = len(events), events[-1]
    assert isinstance(last.did, Issued)
    forged = last.did.model_copy(update={"result": {**last.did.result, "level": 0, "disposition": "self_care"}})
    bodies = [body_of(event) for event in events[:-1]] + [body_of(last.model_copy(update={"did": forged}))]
    records.store.purge([row.case])
    records.store.begin(projected(row.case, bodies), bodies)
    found = inspect(records.store, lambda _: pack)
    assert found.findings == []
    assert found.differences is not None
    assert {(d.case, d.seq, d.key) for d in found.differences} == {
        (row.case, at, "level"),
        (row.case, at, "disposition"),
    }
    assert not found.is_well
    lines = list(found.lines())
    assert any('disposition was "self_care" when it was issued, and is "same_day" now' in line for line in lines)


def test_each_case_is_worked_out_under_its_own_content(pack: Pack) -> None:
    """What is installed meanwhile does not matter: the content it was asked with was kept."""
    store = MemoryStore()
    fill(store, pack, range(6))
    other = replace(pack, digest="0" * 64)
    assert list(Recomputation(Folding(store, lambda _: other)).differences()) == []


def test_a_case_whose_content_is_gone_is_a_difference(pack: Pack) -> None:
    store = MemoryStore()
    (case,) = [stopped(records_in(store), pack).row.case]
    store._packs.clear()
    (found,) = Recomputation(Folding(store, lambda _: replace(pack, digest="0" * 64))).differences()
    assert (found.case, found.key) == (case, "record")
    assert "is not here" in found.line()


def test_a_case_that_leads_elsewhere_now_is_a_difference(pack: Pack) -> None:
    store = MemoryStore()
    row = stopped(records_in(store), pack).row
    events = [read_event(event.body) for event in store.events(row.case)]
    start = events[0].did.model_copy(update={"then": "trauma"})
    second = events[1].did.model_copy(update={"then": "complete"})
    bodies = [body_of(e.model_copy(update={"did": d})) for e, d in zip(events[:2], (start, second), strict=True)]
    bodies += [body_of(event) for event in events[2:]]
    store.purge([row.case])
    store.begin(projected(row.case, bodies), bodies)
    found = list(Recomputation(Folding(store, lambda _: pack)).differences())
    assert [(d.case, d.key) for d in found] == [(row.case, "record")]
    assert "leads to" in str(found[0].recomputed)


def test_a_case_is_read_whole_or_not_at_all(pack: Pack) -> None:
    store = MemoryStore()
    row = stopped(records_in(store), pack).row
    assert len(whole(store, row)) == row.seq
    store._chains[row.case].pop()
    with pytest.raises(Exception, match="does not end where it ended"):
        whole(store, row)
