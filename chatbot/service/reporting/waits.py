"""How long cases waited for somebody, and whether what a level promises was kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from chatbot.recommendation.rulebook import EMERGENCY
from chatbot.service.reporting.level_changes import Moment
from chatbot.service.response_targets import promised
from chatbot.storage.events import Called, Claimed, Issued, Started
from chatbot.storage.projection import stamp
from chatbot.storage.worklist_query import is_held

Kept = Literal["kept", "late", "open", "changed", "no_time"]


@dataclass(frozen=True, slots=True)
class Wait:
    """From when somebody was told a level first until the case was closed.

    `alone` says that nobody had taken it on by then; `taken` is when somebody did.
    """

    shown: datetime
    alone: bool
    taken: datetime | None = None
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """A level that stood from one moment on, what was done about it when, and when another one took its place."""

    level: int
    since: datetime
    taken: datetime | None = None
    closed: datetime | None = None
    until: datetime | None = None

    def kept(self, now: datetime) -> Kept:
        """Judges whether what the level promises was kept.

        An emergency is kept by taking it on in time, all others by closing them in time; one that another level took
        the place of in time was neither kept nor broken.
        """
        due = promised(self.level, self.since)
        if due is None:
            return "no_time"
        done = self.taken if self.level == EMERGENCY else self.closed
        if done is not None:
            return "kept" if done <= due else "late"
        if self.until is not None and self.until <= due:
            return "changed"
        return "late" if now > due else "open"


@dataclass(slots=True)
class Waits:
    """Follows one case; each time it is told anew after it was closed it waits once more."""

    waited: list[Wait] = field(default_factory=list)
    stood: list[Stood] = field(default_factory=list)

    def take(self, moment: Moment) -> None:
        """Go on by one event."""
        self._wait(moment)
        self._stand(moment)

    def _wait(self, moment: Moment) -> None:
        moment_at, before = moment.event.at, moment.before
        if isinstance(moment.event.did, Issued) and (before.closed or not self.waited):
            self.waited.append(Wait(moment_at, alone=not _is_with_somebody(moment)))
        elif self.waited and _is_taking(moment) and self.waited[-1].taken is None:
            self.waited[-1] = replace(self.waited[-1], taken=moment_at)
        elif self.waited and moment.row.closed and not before.closed:
            self.waited[-1] = replace(self.waited[-1], closed=moment_at)

    def _stand(self, moment: Moment) -> None:
        at, before, row = moment.event.at, moment.before, moment.row
        is_new = row.stands != before.stands or (before.closed and not row.closed)
        if is_new and row.stands is not None:
            self._end(at)
            self.stood.append(Stood(row.stands, at, taken=at if _is_with_somebody(moment) else None))
        elif self.stood and _is_taking(moment) and self.stood[-1].taken is None:
            self.stood[-1] = replace(self.stood[-1], taken=at)
        elif self.stood and row.closed and not before.closed:
            self.stood[-1] = replace(self.stood[-1], closed=at)

    def _end(self, moment: datetime) -> None:
        if self.stood:
            self.stood[-1] = replace(self.stood[-1], until=moment)


def _is_taking(moment: Moment) -> bool:
    did = moment.event.did
    return isinstance(did, Claimed | Called) or (isinstance(did, Started) and did.mode == "nurse")


def _is_with_somebody(moment: Moment) -> bool:
    """True when a clinician has the case already: by their lease, or since it is them who go through the questions."""
    event = moment.event
    return event.by.who == "nurse" or is_held(moment.before, stamp(event.at))
