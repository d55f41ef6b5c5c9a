"""Writing behind what others wrote: what is passed over, what is said, and that nothing is kept twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from chatbot.case import Answer
from chatbot.errors import StaleWriteError, UnreachableError
from chatbot.interview.steps import Answered, Changed, Jumped, WentBack
from chatbot.service.append import ChangedError, Written, look, write, written
from chatbot.service.folding import events_in
from chatbot.storage.chain import Head
from chatbot.storage.events import (
    CARRIED,
    By,
    CallBackPlanned,
    Called,
    Claimed,
    Closed,
    EventBody,
    Graded,
    Issued,
    Looked,
    Note,
    Opened,
    Override,
    Released,
    Resumed,
    Signed,
    Started,
    Stepped,
    Ticked,
)
from chatbot.storage.projection import projected
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore
from chatbot.storage.verify import verify
from tests.support.filled import Clock
from tests.support.memory_store import MemoryStore
from tests.support.team import row_of

PERSON, ANN, BOB = By(who="patient"), By(who="nurse", login="ann"), By(who="nurse", login="bob")
DUE = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
BEGINNING = Started(name="p", version="1", mode="patient", country="gb", language="en", then="trend")
LOOK, NOTE, SIGNATURE = Looked(kind="viewed", how="on the list"), Note(text="a note"), Signed(override=3)
ANSWER = Stepped(step=Answered(answer=Answer(question="trend", values={})), then="trauma")
BACK = Stepped(step=WentBack(), then="trend")
ON_THE_LIST: tuple[EventBody, ...] = (
    NOTE,
    SIGNATURE,
    Override(level="same_day", instead_of="self_care", words="fever"),
    Opened(caller="self"),
    Ticked(kind="taught_back"),
    Graded(level="same_day"),
    Claimed(until=DUE),
    Released(),
    CallBackPlanned(due=DUE),
    Closed(outcome="advised"),
)
IN_THE_INTERVIEW: tuple[EventBody, ...] = (
    ANSWER,
    Resumed(then="trend"),
    BACK,
    Stepped(step=Changed(question="trend"), then="trend"),
    Stepped(step=Jumped(question="trend"), then="trend"),
    Issued(kind="completed", result={"level": 4}, then="complete"),
    Called(then="right_now"),
)


def kinds(store: CaseStore) -> list[str]:
    """What happened in the case."""
    return [event.did.kind for event in events_in(store.events("c1"))]


def begun(store: CaseStore) -> Row:
    """A case with its first event."""
    row, bodies = written(Row("c1"), [BEGINNING], PERSON, Clock()(), "d1")
    return row.grown(store.begin(row, bodies))


def one_more(store: CaseStore, did: EventBody, by: By) -> None:
    """Somebody does something to the case as it is."""
    row, bodies = written(row_of(store, "c1"), [did], by, Clock()(), "d1")
    store.append(row, bodies)


def is_right(store: CaseStore, found: Written) -> bool:
    """Whether the row that a writer has is that of the store, and follows from the events."""
    bodies = [each.body for each in store.events("c1")]
    row = projected("c1", bodies).grown(found.row.at)
    return found.row == row_of(store, "c1") == row and not list(verify(store))


def test_what_is_done_stands_behind_what_was_done_before() -> None:
    store = MemoryStore()
    found = write(store, begun(store), [NOTE, LOOK], ANN, Clock())
    assert kinds(store) == ["started", "note", "viewed"]
    assert list(found.bodies) == [each.body for each in store.events("c1")[1:]]
    last = events_in(store.events("c1"))[-1]
    assert (last.by, last.pack, last.seq) == (ANN, "d1", 3)
    assert is_right(store, found)


@pytest.mark.parametrize("by", [PERSON, By(who="carer"), ANN], ids=lambda by: by.who)
@pytest.mark.parametrize("passed", [[LOOK], [NOTE], [SIGNATURE], [LOOK, NOTE, NOTE, LOOK]])
def test_what_is_done_stands_behind_the_looks_and_notes_of_others(by: By, passed: Sequence[EventBody]) -> None:
    store = MemoryStore()
    row = begun(store)
    for did in passed:
        one_more(store, did, BOB)
    found = write(store, row, [ANSWER], by, Clock())
    assert kinds(store) == ["started", *(did.kind for did in passed), "answered"]
    assert list(found.bodies) == [each.body for each in store.events("c1")[1:]]
    assert is_right(store, found)


@pytest.mark.parametrize("did", ON_THE_LIST, ids=lambda did: did.kind)
def test_a_person_who_answers_is_not_stopped_by_work_on_the_list(did: EventBody) -> None:
    store = MemoryStore()
    row = begun(store)
    one_more(store, did, BOB)
    found = write(store, row, [ANSWER], PERSON, Clock())
    assert kinds(store) == ["started", did.kind, "answered"]
    assert is_right(store, found)


@pytest.mark.parametrize("did", [*IN_THE_INTERVIEW, Closed(outcome=CARRIED, words="c2")], ids=lambda did: did.kind)
@pytest.mark.parametrize("by", [By(who="carer"), BOB], ids=lambda by: by.who)
def test_a_person_who_answers_is_told_when_the_interview_went_on_elsewhere(did: EventBody, by: By) -> None:
    """Behind a case that went on in another, what is said would be lost."""
    store = MemoryStore()
    row = begun(store)
    one_more(store, did, by)
    with pytest.raises(ChangedError):
        write(store, row, [ANSWER], PERSON, Clock())
    assert kinds(store) == ["started", did.kind]


CONCERN = [did for did in (*ON_THE_LIST, *IN_THE_INTERVIEW) if did not in (NOTE, SIGNATURE)]


@pytest.mark.parametrize("did", CONCERN, ids=lambda did: did.kind)
def test_a_clinician_is_told_what_changed_and_nothing_is_kept(did: EventBody) -> None:
    store = MemoryStore()
    row = begun(store)
    one_more(store, LOOK, BOB)
    one_more(store, did, BOB)
    with pytest.raises(ChangedError, match="has changed since you saw it") as told:
        write(store, row, [Closed(outcome="advised")], ANN, Clock())
    (line,) = told.value.lines
    assert "nurse (bob) " in line
    assert line in str(told.value)
    assert kinds(store) == ["started", "viewed", did.kind]


@pytest.mark.parametrize("did", CONCERN, ids=lambda did: did.kind)
def test_taking_a_case_on_rests_on_nothing_that_the_person_says_and_on_all_that_colleagues_do(did: EventBody) -> None:
    """Who goes on answering would keep the case from everybody."""
    store = MemoryStore()
    row = begun(store)
    one_more(store, did, PERSON)
    found = write(store, row, [Claimed(until=DUE)], ANN, Clock())
    assert kinds(store) == ["started", did.kind, "claimed"]
    one_more(store, did, BOB)
    with pytest.raises(ChangedError):
        write(store, found.row, [Claimed(until=DUE)], ANN, Clock())


def test_a_case_whose_answers_go_on_in_another_is_not_taken_on() -> None:
    store = MemoryStore()
    row = begun(store)
    one_more(store, Closed(outcome=CARRIED, words="c2"), PERSON)
    with pytest.raises(ChangedError):
        write(store, row, [Claimed(until=DUE)], ANN, Clock())


def test_an_own_claim_that_was_kept_though_nobody_heard_of_it_does_not_stand_in_the_way() -> None:
    store = MemoryStore()
    row = begun(store)
    one_more(store, Claimed(until=DUE), ANN)
    found = write(store, row, [Claimed(until=DUE + timedelta(minutes=1))], ANN, Clock())
    assert found.row.owner == "ann"
    with pytest.raises(ChangedError):
        write(store, row, [Claimed(until=DUE)], BOB, Clock())


@pytest.mark.parametrize("did", [did for did in CONCERN if did.kind in ("claimed", "opened", "override", "ticked")])
def test_what_a_clinician_did_to_a_case_that_is_theirs_does_not_stand_in_their_way(did: EventBody) -> None:
    store = MemoryStore()
    row = begun(store)
    one_more(store, did, ANN)
    found = write(store, row, [ANSWER], ANN, Clock())
    assert kinds(store) == ["started", did.kind, "answered"]
    assert is_right(store, found)


@pytest.mark.parametrize("did", [did for did in CONCERN if did.kind in ("released", "closed", "call_back_planned")])
def test_who_gave_a_case_away_themselves_is_told_so_where_they_did_not_see_it(did: EventBody) -> None:
    """At another desk under the same login, or in another window."""
    store = MemoryStore()
    row = begun(store)
    one_more(store, did, ANN)
    with pytest.raises(ChangedError):
        write(store, row, [ANSWER], ANN, Clock())
    assert kinds(store) == ["started", did.kind]


def test_every_change_has_a_line_of_its_own_in_the_order_it_was_made() -> None:
    store = MemoryStore()
    row = begun(store)
    for did, by in ((Claimed(until=DUE), BOB), (LOOK, BOB), (ANSWER, PERSON), (Released(why="lunch"), BOB)):
        one_more(store, did, by)
    with pytest.raises(ChangedError) as told:
        write(store, row, [Opened(caller="self")], ANN, Clock())
    parts = [line.split(" ", 1)[1] for line in told.value.lines]
    assert parts == [
        "nurse (bob) took the case on, until 2026-03-02T14:00Z",
        "patient answered trend: no value; then trauma",
        'nurse (bob) gave the case back "lunch"',
    ]


# Kept, though nobody heard of it.


class Silent(MemoryStore):
    """Keeps what it is given and does not say so; then somebody else writes, if they want to."""

    is_silent = False
    before: Sequence[tuple[EventBody, By]] = ()
    behind: Sequence[tuple[EventBody, By]] = ()

    def append(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Keep it, and be lost."""
        found = super().append(row, bodies)
        if not self.is_silent:
            return found
        self.is_silent = False
        for did, by in self.behind:
            one_more(self, did, by)
        raise UnreachableError(f"the answer is lost at {found.seq}")


@pytest.mark.parametrize("by", [PERSON, ANN], ids=lambda by: by.who)
@pytest.mark.parametrize("done", [[ANSWER], [ANSWER, BACK, ANSWER]], ids=len)
@pytest.mark.parametrize("behind", [[], [(LOOK, BOB)], [(NOTE, BOB), (LOOK, BOB)]], ids=len)
def test_what_was_kept_though_nobody_heard_of_it_is_not_kept_twice(
    by: By, done: Sequence[EventBody], behind: Sequence[tuple[EventBody, By]]
) -> None:
    """Tried again, it has another time, so it is known by who did what."""
    store, clock = Silent(), Clock()
    row = begun(store)
    store.is_silent, store.behind = True, behind
    with pytest.raises(UnreachableError):
        write(store, row, done, by, clock)
    clock.now += timedelta(minutes=1)
    found = write(store, row, done, by, clock)
    assert kinds(store) == ["started", *(did.kind for did in done), *(did.kind for did, _ in behind)]
    assert list(found.bodies) == [each.body for each in store.events("c1")[1:]]
    assert is_right(store, found)


def test_what_was_kept_behind_a_look_though_nobody_heard_of_it_is_not_kept_twice() -> None:
    store, clock = Silent(), Clock()
    row = begun(store)
    one_more(store, LOOK, BOB)
    store.is_silent, store.behind = True, [(NOTE, BOB)]
    with pytest.raises(UnreachableError):
        write(store, row, [ANSWER], PERSON, clock)
    found = write(store, row, [ANSWER], PERSON, clock)
    assert kinds(store) == ["started", "viewed", "answered", "note"]
    assert list(found.bodies) == [each.body for each in store.events("c1")[1:]]
    assert is_right(store, found)


def test_where_somebody_else_changed_the_case_behind_it_only_that_is_told() -> None:
    store, clock = Silent(), Clock()
    row = begun(store)
    store.is_silent, store.behind = True, [(Claimed(until=DUE), BOB)]
    with pytest.raises(UnreachableError):
        write(store, row, [Opened(caller="self")], ANN, clock)
    with pytest.raises(ChangedError) as told:
        write(store, row, [Opened(caller="self")], ANN, clock)
    assert len(told.value.lines) == 1
    assert "bob" in told.value.lines[0]
    assert kinds(store) == ["started", "opened", "claimed"]


def test_the_same_thing_done_by_somebody_else_is_no_own_one() -> None:
    store = MemoryStore()
    row = begun(store)
    one_more(store, NOTE, BOB)
    write(store, row, [NOTE], ANN, Clock())
    assert kinds(store) == ["started", "note", "note"]


# Others who are quicker.


class Crowded(MemoryStore):
    """Somebody else writes something just before each write, so many times."""

    times, tried = 0, 0
    theirs: EventBody = LOOK

    def append(self, row: Row, bodies: Sequence[bytes]) -> Head:
        """Let them write first."""
        if self.times:
            self.times -= 1
            self.tried += 1
            now, more = written(row_of(self, "c1"), [self.theirs], BOB, Clock()(), "d1")
            super().append(now, more)
        return super().append(row, bodies)


def test_somebody_may_be_quicker_many_times() -> None:
    store = Crowded()
    row = begun(store)
    store.times = 19
    found = write(store, row, [ANSWER], PERSON, Clock())
    assert kinds(store) == ["started", *["viewed"] * 19, "answered"]
    assert len(found.bodies) == 20
    assert is_right(store, found)


def test_who_is_never_quick_enough_is_told_so_and_nothing_is_kept() -> None:
    store = Crowded()
    row = begun(store)
    store.times = 1_000
    with pytest.raises(StaleWriteError, match="try again"):
        write(store, row, [ANSWER], PERSON, Clock())
    assert store.tried == 20
    assert "answered" not in kinds(store)


def test_a_case_that_is_gone_or_was_set_back_takes_nothing_more() -> None:
    store = MemoryStore()
    row = begun(store)
    further = write(store, row, [NOTE], ANN, Clock()).row
    store._rows["c1"], store._chains["c1"] = row, store._chains["c1"][:1]
    with pytest.raises(StaleWriteError, match="changed by another program"):
        write(store, further, [NOTE], ANN, Clock())
    assert kinds(store) == ["started"]
    store.purge(["c1"])
    with pytest.raises(StaleWriteError, match="gone"):
        write(store, row, [NOTE], ANN, Clock())
    with pytest.raises(StaleWriteError, match="gone"):
        look(store, "c1", LOOK, ANN, Clock())


def test_a_case_that_is_another_one_by_now_takes_nothing_more() -> None:
    store = MemoryStore()
    row = begun(store)
    further = write(store, row, [NOTE], ANN, Clock()).row
    store._rows["c1"], store._chains["c1"] = row, store._chains["c1"][:1]
    for _ in range(3):
        one_more(store, LOOK, BOB)
    with pytest.raises(StaleWriteError, match="changed by another program"):
        write(store, further, [NOTE], ANN, Clock())
    assert "note" not in kinds(store)


@pytest.mark.parametrize("did", [*ON_THE_LIST, *IN_THE_INTERVIEW], ids=lambda did: did.kind)
def test_a_look_at_a_case_is_never_refused(did: EventBody) -> None:
    store = Crowded()
    begun(store)
    store.times, store.theirs = 5, did
    row = look(store, "c1", LOOK, ANN, Clock())
    assert kinds(store) == ["started", *[did.kind] * 5, "viewed"]
    assert row == row_of(store, "c1")


@pytest.mark.parametrize("login", ["ann", "bob"])
def test_a_crowd_that_writes_notes_at_once_keeps_all_of_them(another: Callable[[], CaseStore], login: str) -> None:
    """Under one login or under several, and each behind the row that it saw first."""
    stores = [another() for _ in range(3)]
    row = begun(stores[0])
    ready = Barrier(len(stores))

    def noting(number: int) -> None:
        ready.wait()
        at, by = row, By(who="nurse", login="ann" if number else login)
        for note in range(8):
            at = write(stores[number], at, [Note(text=f"{number} {note}")], by, Clock()).row

    with ThreadPoolExecutor() as crowd:
        list(crowd.map(noting, range(len(stores))))
    said = [event.did.text for event in events_in(stores[0].events("c1")) if isinstance(event.did, Note)]
    assert len(said) == 24
    for number in range(3):
        assert [text for text in said if text.startswith(f"{number} ")] == [f"{number} {note}" for note in range(8)]
    assert list(verify(stores[0])) == []
