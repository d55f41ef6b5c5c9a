"""A small day made by hand, of which every figure of a report is known."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from chatbot.case import Mode
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.recommendation.rulebook import EMERGENCY, LEVELS
from chatbot.service import decisions
from chatbot.service.cases import kept_case, row_in
from chatbot.service.desk import Desk
from chatbot.service.folding import Folding
from chatbot.service.journal import Journal
from chatbot.service.records import Records
from chatbot.service.reporting.case_histories import Course, course_of, gather
from chatbot.service.reporting.overrides import Overrides
from chatbot.service.reporting.quality import Quality
from chatbot.service.reporting.reports import Name, Report, report
from chatbot.storage.events import Level, Override
from chatbot.storage.roles import Role
from chatbot.storage.row import Row
from tests.support.driving import walked
from tests.support.filled import installed
from tests.support.memory_store import MemoryStore
from tests.support.someone import Someone

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PACK = Path(__file__).parents[2] / "dialogs" / "low_back_pain"
NUMB, FEVER, LEG = {"saddle_sensation": "numb"}, {"fever_chills": "yes"}, {"leg_symptom_side": "left"}
REPORTS: tuple[Name, ...] = ("overrides", "quality")


class RoleStore(MemoryStore):
    """A store that knows what its login is."""

    role: Role | None = "nurse"


@dataclass
class Day:
    """A team at work, with a clock that stands where it is put."""

    pack: Pack
    store: MemoryStore = field(default_factory=MemoryStore)
    now: datetime = BEGAN
    numbers: Iterator[int] = field(default_factory=itertools.count)
    load: Callable[[str], Pack] = installed

    def records(self, login: str = "") -> Records:
        """The records as somebody opens them."""
        return Records(self.store, lambda: self.now, lambda: f"case-{next(self.numbers):04}", login=login)

    def desk(self, login: str) -> Desk:
        """Somebody's desk."""
        return Desk(self.records(login), self.load)

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def told(
        self, says: Mapping[str, str] | None = None, who: Mode = "patient", login: str = "", reference: str = ""
    ) -> Row:
        """Somebody answers a question every ten seconds, to the end."""
        first, *rest = walked(self.pack, who, says)
        journal = self.records(login).begin(self.pack, first, reference)
        self.go(journal, rest)
        journal.close()
        return journal.row

    def go(self, journal: Journal, steps: list[Conversation]) -> None:
        """Take steps, one every ten seconds."""
        for at in steps:
            self.wait(seconds=10)
            journal.take(at)

    def claimed(self, row: Row, login: str, **time: float) -> Row:
        """Somebody takes the case on, so much later."""
        self.wait(**time)
        return self.desk(login).claim(row)

    def chose(self, row: Row, login: str, level: Level, reason: str = "", words: str = "as I said to them") -> Row:
        """Somebody chooses another level than that of the rules."""
        return self.desk(login).keep(row, [chosen(self.by_rules(row), level, reason, words)])

    def by_rules(self, row: Row) -> int:
        """The level of the rules."""
        return self.desk("x").folder(row.case).standing.by_rules

    def course(self, row: Row) -> Course:
        """What happened in a case."""
        return course_of(kept_case(Folding(self.store, self.load), row_in(self.store, row.case)))

    def report(self, name: Name, days: int | None = None, login: str = "lead") -> Report:
        """A report as somebody asks for it."""
        return report(self.records(login), name, self.load, days)

    def overrides(self) -> Overrides:
        """The figures on choices."""
        return Overrides(gather(self.records(), self.load, None))

    def quality(self) -> Quality:
        """The figures on the work."""
        return Quality(gather(self.records(), self.load, None))


def chosen(instead_of: int, level: Level, reason: str = "", words: str = "as I said to them") -> Override:
    """A choice, past what a desk asks for."""
    return Override(level=level, instead_of=cast("Level", LEVELS[instead_of]), reason=reason, words=words)


@pytest.fixture
def day(pack: Pack) -> Day:
    """Nothing has happened yet."""
    return Day(pack)


def fill(day: Day) -> Day:
    """Nine cases of one small day, all of it written out in the tests below."""
    h = day.told(FEVER)  # three days before, and nobody sees to it
    day.now = BEGAN + timedelta(days=3)
    a = day.told(NUMB)
    a = day.claimed(a, "anna", minutes=4)
    day.wait(minutes=1)
    day.desk("carla").grade(day.desk("anna").close(a, "sent_to_emergency"), EMERGENCY)
    b = day.told(FEVER)
    b = day.chose(day.claimed(b, "bert", minutes=12), "bert", "emergency_now")
    day.wait(minutes=1)
    day.desk("carla").grade(day.desk("bert").close(b, "sent_to_emergency"), h.level or 0)
    c = day.told(LEG)
    c = day.claimed(c, "bert", minutes=30)
    down = decisions.override(day.desk("bert").folder(c.case).standing, 1, "I have looked at the leg", "examined")
    c = day.desk("bert").keep(c, [down])
    day.wait(minutes=2)
    day.desk("carla").grade(day.desk("bert").close(c, "advised"), 3)
    d = day.told(NUMB)
    day.chose(day.claimed(d, "bert", minutes=20), "bert", "urgent_2_weeks", "known_before")
    e = day.told(LEG, "nurse", "anna")
    day.wait(minutes=3)
    day.desk("anna").close(e, "booked")
    day.told()
    day.records().begin(day.pack, Someone(day.pack, 2).at).close()
    day.told(NUMB)
    day.wait(minutes=5)
    return day


@pytest.fixture
def filled(day: Day) -> Day:
    """The small day."""
    return fill(day)
