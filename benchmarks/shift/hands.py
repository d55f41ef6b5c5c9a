"""In whose hands a case is, from its events alone: never in two, and nothing is done to it by anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatbot.storage.events import (
    CallBackPlanned,
    Called,
    Claimed,
    Closed,
    Event,
    Graded,
    Issued,
    Looked,
    Note,
    Released,
    Signed,
    Started,
)
from chatbot.storage.projection import LEASE

# Times of events are kept in thousandths of a second.
_GRAIN = timedelta(milliseconds=1)


@dataclass
class Hands:
    """Follows one case; `taken_over` counts leases that ran out before somebody else took the case on."""

    holder: str = ""
    until: datetime | None = None
    closed: bool = False
    taken_over: int = 0

    def take(self, event: Event) -> Iterator[str]:
        """Go on by one event; what is wrong with it."""
        did, login = event.did, event.by.login
        if isinstance(did, Issued) and event.by.who != "nurse":
            self.closed = False  # a person who is told anew is on the list again
        if event.by.who != "nurse" or isinstance(did, Looked | Note | Signed | Graded):
            return
        if self.closed:
            yield f"{login} did '{did.kind}' to a case that is closed"
        if isinstance(did, Claimed | Called | Started):
            yield from self._taken(event, login)
        elif login != self.holder:
            yield f"{login} did '{did.kind}' to a case that {self.holder or 'nobody'} has"
        if isinstance(did, Released | CallBackPlanned | Closed):
            self.holder, self.until = "", None
        self.closed = self.closed or isinstance(did, Closed)

    def _taken(self, event: Event, login: str) -> Iterator[str]:
        if self.holder not in ("", login) and self.until is not None:
            if event.at + _GRAIN < self.until:
                yield f"{login} took on a case that {self.holder} has until {self.until}"
            else:
                self.taken_over += 1
        until = event.did.until if isinstance(event.did, Claimed) else None
        self.holder, self.until = login, until or event.at + LEASE
