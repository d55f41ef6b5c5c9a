"""How long people waited, and whether what each level promises was kept, from the events alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.service.response_targets import promised
from chatbot.storage.events import Called, Claimed, Closed, Event
from chatbot.storage.row import Row

Kept = Literal["kept", "late", "open", "changed", "no time"]


@dataclass
class Stand:
    """A level that was told at a moment: when somebody had the case then or next, when it was closed or told anew."""

    case: str
    level: int
    since: datetime
    alone: bool
    taken: datetime | None = None
    closed: datetime | None = None
    until: datetime | None = None

    @property
    def waited(self) -> timedelta | None:
        """How long nobody had the case; None where nobody ever had, or a nurse was there when it was told."""
        return self.taken - self.since if self.alone and self.taken is not None else None

    def kept(self, end: datetime) -> Kept:
        """An emergency is kept by taking it on in time, all others by closing them in time."""
        due = promised(self.level, self.since)
        if due is None:
            return "no time"
        done = self.taken if self.level == EMERGENCY else self.closed
        if done is not None:
            return "kept" if done <= due else "late"
        if self.until is not None and self.until <= due:
            return "changed"
        return "late" if end > due else "open"


def stands_of(case: str, rows: Iterable[tuple[Event, Row]]) -> list[Stand]:
    """The levels that were told in a case, one after another; each event comes with the row after it."""
    found: list[Stand] = []
    before = Row(case)
    for event, row in rows:
        at, did = event.at, event.did
        is_new = row.stands != before.stands or bool(before.closed and not row.closed)
        is_with = event.by.who == "nurse" or (before.owner != "" and datetime.fromisoformat(before.until) > at)
        if is_new and row.stands is not None:
            if found:
                found[-1].until = at
            found.append(Stand(case, row.stands, at, not is_with, at if is_with else None))
        elif found and found[-1].taken is None and isinstance(did, Claimed | Called):
            found[-1].taken = at
        elif found and isinstance(did, Closed):
            found[-1].closed = at
        before = row
    return found
