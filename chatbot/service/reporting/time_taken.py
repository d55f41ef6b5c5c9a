"""How long questions and interviews took, from the times of their steps; time away is no part of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from chatbot.interview.machine import ENDINGS
from chatbot.service.reporting.level_changes import Moment
from chatbot.storage.events import Called, Resumed, Started

Asker = Literal["alone", "nurse"]
ASKERS: dict[Asker, str] = {"alone": "answered alone", "nurse": "asked by a nurse"}
# While one of these is on the screen nothing is asked, and it can stand there for long.
_AWAY = ("complete", "emergency", "out_of_scope", "stopped")
_WHOLE = ("complete", "emergency", "out_of_scope")
# Fewer than so many say little.
FEW = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in seconds, shortest first."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float | None:
        """The median of the times; None where there are none."""
        return median(self.seconds) if self.seconds else None

    @property
    def most(self) -> float | None:
        """The shortest time in which at least 90 of 100 were done."""
        return self.seconds[-(-9 * len(self.seconds) // 10) - 1] if self.seconds else None

    @property
    def is_few(self) -> bool:
        """True when they are too few to rest anything on."""
        return len(self.seconds) < FEW

    def data(self) -> dict[str, object]:
        """Gives the same as data for JSON."""
        return {"n": len(self.seconds), "median_seconds": self.median, "p90_seconds": self.most, "few": self.is_few}


def spread(times: list[timedelta]) -> Spread:
    """Times, in an order that does not depend on that of the cases."""
    return Spread(tuple(sorted(time.total_seconds() for time in times)))


@dataclass(slots=True)
class Pace:
    """Follows one case; what a person answered alone and what a nurse asks are an interview each."""

    questions: dict[Asker, list[timedelta]] = field(default_factory=lambda: {"alone": [], "nurse": []})
    interviews: dict[Asker, list[timedelta]] = field(default_factory=lambda: {"alone": [], "nurse": []})
    _asker: Asker = "alone"
    _state: str = ""
    _since: datetime | None = None
    _question: timedelta = timedelta()
    _total: timedelta = timedelta()
    _whole: timedelta | None = None

    def take(self, moment: Moment) -> None:
        """Go on by one event."""
        did, now = moment.event.did, moment.event.at
        then = getattr(did, "then", None)
        if then is None:
            return
        if isinstance(did, Started | Called):
            self.end()
            self._asker = "nurse" if isinstance(did, Called) or did.mode == "nurse" else "alone"
            self._question, self._total, self._whole = timedelta(), timedelta(), None
        elif not isinstance(did, Resumed):
            self._pass(now, then)
        self._state, self._since = then, now

    def _pass(self, moment: datetime, then: str) -> None:
        # A clock that was set back says nothing.
        gap = max(moment - self._since, timedelta()) if self._since else timedelta()
        if self._state not in _AWAY:
            self._question += gap
            self._total += gap
        if then != self._state:
            # What was kept in one piece, such as a part that a nurse marked as not known, took no time of its own.
            if self._state not in ENDINGS and self._question:
                self.questions[self._asker].append(self._question)
            self._question = timedelta()
        if then in _WHOLE and self._total:
            self._whole = self._total

    def end(self) -> None:
        """The interview is over, for now at least."""
        if self._whole is not None:
            self.interviews[self._asker].append(self._whole)
        self._whole = None
