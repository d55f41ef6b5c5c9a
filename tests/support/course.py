"""A case that goes on event by event, and the row that follows from it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from chatbot.case import Mode
from chatbot.recommendation.rulebook import LEVELS
from chatbot.storage.events import (
    By,
    Event,
    EventBody,
    Issued,
    Level,
    Override,
    Started,
    Who,
    body_of,
)
from chatbot.storage.projection import after, stamp
from chatbot.storage.row import Row
from chatbot.storage.worklist_query import Section, WorklistQuery
from tests.support.listing import section_of

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = BEGAN + timedelta(hours=3)
NOT_SURE, SELF_CARE, PRIMARY, ROUTINE, URGENT, SAME_DAY, EMERGENCY = None, 0, 1, 2, 3, 4, 5


def began(mode: Mode = "patient", **told: str) -> Started:
    """The beginning of a case."""
    given = {"version": "0.1", "country": "gb", "language": "en", "then": "right_now"} | told
    return Started.model_validate({"name": "low_back_pain", "mode": mode, **given})


def issued(level: int | None, then: str = "complete") -> Issued:
    """A level shown."""
    kind = "interrupted" if then == "emergency" else "completed"
    return Issued.model_validate({"kind": kind, "result": {} if level is None else {"level": level}, "then": then})


def chose(level: int, instead_of: int) -> Override:
    """A clinician's choice."""
    return Override(level=cast("Level", LEVELS[level]), instead_of=cast("Level", LEVELS[instead_of]), words="because")


@dataclass
class Course:
    """What happens in a case, an event a minute; the row is taken along from event to event."""

    bodies: list[bytes] = field(default_factory=list)
    row: Row = field(default_factory=lambda: Row("c1"))
    rows: list[Row] = field(default_factory=list)
    now: datetime = BEGAN

    def did(self, did: EventBody, login: str = "", who: Who | None = None) -> Row:
        """The row after one more thing."""
        by = By(who=who or ("nurse" if login else "patient"), login=login)
        event = Event(case="c1", seq=len(self.bodies) + 1, at=self.now, by=by, pack="d1", did=did)
        self.row = after(self.row, event)
        self.rows.append(self.row)
        self.bodies.append(body_of(event))
        self.now += timedelta(minutes=1)
        return self.row

    @property
    def last(self) -> str:
        """When the last event was."""
        return stamp(self.now - timedelta(minutes=1))

    def section(self, login: str = "ann") -> Section | None:
        """Where the case stands on the list."""
        return section_of(self.row, WorklistQuery("waiting", login, stamp(self.now)))


def told(level: int, mode: Mode = "patient") -> Course:
    """A case whose person was told a level."""
    course = Course()
    course.did(began(mode), "ann" if mode == "nurse" else "")
    course.did(issued(level, "emergency" if level == EMERGENCY else "complete"))
    return course
