"""Cases read while somebody else writes to them."""

from collections.abc import Sequence

from chatbot.service.append import look, write, written
from chatbot.service.folding import events_in, gone_on_in, whole
from chatbot.storage.chain import Stored
from chatbot.storage.events import (
    CARRIED,
    By,
    Closed,
    EventBody,
    Looked,
    Note,
    Signed,
    Started,
)
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore
from tests.support.filled import Clock
from tests.support.memory_store import MemoryStore
from tests.support.team import row_of

PERSON, ANN, BOB = By(who="patient"), By(who="nurse", login="ann"), By(who="nurse", login="bob")
BEGINNING = Started(name="p", version="1", mode="patient", country="gb", language="en", then="trend")
LOOK, NOTE, SIGNATURE = Looked(kind="viewed", how="on the list"), Note(text="a note"), Signed(override=3)


def begun(store: CaseStore) -> Row:
    """A case with its first event."""
    row, bodies = written(Row("c1"), [BEGINNING], PERSON, Clock()(), "d1")
    return row.grown(store.begin(row, bodies))


def one_more(store: CaseStore, did: EventBody, by: By) -> None:
    """Somebody does something to the case as it is."""
    row, bodies = written(row_of(store, "c1"), [did], by, Clock()(), "d1")
    store.append(row, bodies)


# Reading a case while others write to it.


class Busy(MemoryStore):
    """Somebody writes to a case between its row and its events."""

    theirs: Sequence[EventBody] = ()

    def events(self, case: str) -> Sequence[Stored]:
        """The events, one more of them first."""
        theirs, self.theirs = self.theirs, ()
        for did in theirs:
            one_more(self, did, BOB)
        return super().events(case)


def test_what_somebody_writes_while_a_case_is_read_is_no_damage_and_is_left_out() -> None:
    store = Busy()
    row = begun(store)
    store.theirs = (LOOK, NOTE)
    assert [event.did.kind for event in events_in(whole(store, row))] == ["started"]
    assert [event.did.kind for event in events_in(whole(store, row_of(store, "c1")))] == ["started", "viewed", "note"]
    assert write(store, row, [NOTE], ANN, Clock()).row.seq == 4


def test_where_a_case_went_on_is_known_though_somebody_looked_at_it_since() -> None:
    store = MemoryStore()
    row = write(store, begun(store), [Closed(outcome=CARRIED, words="c2")], PERSON, Clock()).row
    look(store, row.case, LOOK, ANN, Clock())
    assert gone_on_in(events_in(store.events("c1"))) == "c2"
