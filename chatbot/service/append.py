"""Writing behind what others wrote: what does not concern this writer is passed over, what does is said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chatbot.errors import StaleWriteError
from chatbot.service.event_text import at_work
from chatbot.storage.events import (
    CARRIED,
    By,
    Claimed,
    Closed,
    Event,
    EventBody,
    Looked,
    Note,
    Opened,
    Override,
    Signed,
    Ticked,
    Work,
    body_of,
    read_event,
)
from chatbot.storage.projection import after
from chatbot.storage.row import Row
from chatbot.storage.store import CaseStore

# So often somebody may be quicker.
_TIMES = 20
# So much of what others did is told in one sentence: a whole call can lie behind it.
_TOLD = 3


class ChangedError(StaleWriteError):
    """Somebody else did something to the case that whoever writes has to know of first; `lines` say what."""

    def __init__(self, case: str, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        told = [*self.lines[:_TOLD], *([f"and {len(lines) - _TOLD} more"] if len(lines) > _TOLD else [])]
        super().__init__(f"case {case} has changed since you saw it: {'; '.join(told)}")


@dataclass(frozen=True, slots=True)
class Written:
    """A case after something was written: its row, and the bytes of all that came after the row it was written to."""

    row: Row
    bodies: tuple[bytes, ...]


def written(row: Row, done: Sequence[EventBody], by: By, now: datetime, digest: str) -> tuple[Row, list[bytes]]:
    """Writes what is done next in a case as bytes, and the row after it; the chain in the row is left as it was."""
    bodies = []
    for seq, did in enumerate(done, start=row.seq + 1):
        event = Event(case=row.case, seq=seq, at=now, by=by, pack=digest, did=did)
        row = after(row, event)
        bodies.append(body_of(event))
    return row, bodies


def write(
    store: CaseStore, row: Row, done: Sequence[EventBody], by: By, clock: Callable[[], datetime], digest: str = ""
) -> Written:
    """Keep what was done, also behind what others did meanwhile that changes nothing for this writer.

    ChangedError says what does. What was kept already, though nobody heard of it, is not kept twice.
    """
    missed: list[bytes] = []
    for _ in range(_TIMES):
        wanted, bodies = written(row, done, by, clock(), digest or row.digest)
        try:
            return Written(wanted.grown(store.append(wanted, bodies)), (*missed, *bodies))
        except StaleWriteError:
            row, new = _since(store, row)
            events = [read_event(body) for body in new]
            missed += new
            others = _but(events, done, by)
            concern = [event for event in others if not _passes(event, by, done)]
            if concern:
                raise ChangedError(row.case, list(map(at_work, concern))) from None
            if len(others) < len(events):
                return Written(row, tuple(missed))
    raise StaleWriteError(f"many programs are writing to case {row.case}; try again")


def look(store: CaseStore, case: str, did: Looked, by: By, clock: Callable[[], datetime]) -> Row:
    """Keep that somebody looks at a case as it is now, whatever others do to it meanwhile; its row with that."""
    for _ in range(_TIMES):
        row = store.row(case)
        if row is None:
            break
        try:
            return write(store, row, [did], by, clock).row
        except ChangedError:
            continue
    raise StaleWriteError(f"case {case} is gone, or many programs are writing to it; try again")


def _but(events: list[Event], done: Sequence[EventBody], by: By) -> list[Event]:
    """The events of others; without what this writer wrote and never heard of that it was kept."""
    told, ours = [(event.by, event.did) for event in events], [(by, did) for did in done]
    for at in range(len(told) - len(ours) + 1):
        if told[at : at + len(ours)] == ours:
            return events[:at] + events[at + len(ours) :]
    return events


def _since(store: CaseStore, row: Row) -> tuple[Row, list[bytes]]:
    """The row as it is now, and what came after the one that is known."""
    now = store.row(row.case)
    if now is None:
        raise StaleWriteError(f"case {row.case} is gone")
    stored = store.events(row.case)
    new = [each.body for each in stored if row.seq < each.seq <= now.seq]
    if any(each.seq == row.seq and each.hash != row.head for each in stored) or not new:
        raise StaleWriteError(f"case {row.case} was changed by another program")
    return now, new


def _passes(event: Event, by: By, done: Sequence[EventBody]) -> bool:
    """True when what somebody did changes nothing for who writes: work on the list stops no person answering.

    A clinician has to know what any other did, but for looks and notes.
    """
    did = event.did
    if isinstance(did, Closed) and did.outcome == CARRIED:
        return False  # the answers go on in another case; in this one more of them would be lost
    if by.who != "nurse":
        return isinstance(did, Work | Looked)
    if all(isinstance(each, Claimed) for each in done):
        # Taking a case on rests on nothing that the person says: who goes on answering would keep it from everybody.
        # One's own claim may have been kept, and nobody heard of it.
        return event.by.who != "nurse" or isinstance(did, Looked | Note | Signed) or _is_known_to(event, by)
    return isinstance(did, Looked | Note | Signed) or _is_known_to(event, by)


def _is_known_to(event: Event, by: By) -> bool:
    """True when a clinician did this themselves, and has the case all the same."""
    return event.by == by and isinstance(event.did, Claimed | Opened | Override | Ticked)
