"""How the work goes: what was issued, how long it took, what people were not sure of, what was promised and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.matrix import Matrix
from chatbot.replay.wilson import Share
from chatbot.service.reporting.case_histories import Course, Gathered
from chatbot.service.reporting.time_taken import ASKERS, Asker, Spread, spread
from chatbot.service.reporting.waits import Kept

KEPT: tuple[Kept, ...] = ("kept", "late", "open", "changed", "no_time")
GRADES = {"exact": "the same level", "under_triage": "less urgent than graded", "over_triage": "more urgent"}
# By level: what was promised, each time one was given.
Promises = dict[int, Counter[Kept]]


@dataclass(frozen=True, slots=True)
class Unsure:
    """One question: how often it was answered, and how often "not sure" or "rather not say" stands there."""

    pack: str
    question: str
    shares: dict[Asker, Share]

    @property
    def all(self) -> Share:
        """Whoever was asked by whom."""
        return Share(sum(each.count for each in self.shares.values()), sum(each.total for each in self.shares.values()))

    def data(self) -> dict[str, object]:
        """Gives the same as data for JSON."""
        return {
            "pack": self.pack,
            "question": self.question,
            "unsure": self.all.data(),
            **{asker: share.data() for asker, share in self.shares.items()},
        }


@dataclass(frozen=True, slots=True)
class Fired:
    """The rules of one pack: in how many of its cases each was among those of a recommendation.

    `never` are rules of the installed pack, `gone` those that fired and are not in it any more; a pack that is not
    installed has no `version`.
    """

    pack: str
    version: str
    cases: int
    rules: dict[str, int]
    never: tuple[str, ...]
    installed: int
    gone: tuple[str, ...]

    def data(self) -> dict[str, object]:
        """Gives the same as data for JSON."""
        return {
            "pack": self.pack,
            "installed_version": self.version or None,
            "cases": self.cases,
            "fired": self.rules,
            "never": list(self.never),
            "installed_rules": self.installed,
            "not_installed": list(self.gone),
        }


@dataclass(frozen=True)
class Quality:
    """The figures of how the work goes."""

    gathered: Gathered

    @cached_property
    def told(self) -> tuple[Course, ...]:
        """The cases in which a recommendation was shown."""
        return tuple(course for course in self.gathered.courses if course.issued is not None)

    @property
    def levels(self) -> dict[str, Share]:
        """The levels that were shown last, the most urgent first."""
        counted = Counter(course.issued for course in self.told)
        falling = reversed(range(len(LEVELS)))
        return {LEVELS[level]: Share(counted[level], len(self.told)) for level in falling}

    @cached_property
    def times(self) -> dict[str, Spread]:
        """Times of questions, of interviews, and until somebody took a case on and closed it."""
        courses = self.gathered.courses
        times: dict[str, Spread] = {}
        for asker in ASKERS:
            times[f"question_{asker}"] = spread([time for each in courses for time in each.pace.questions[asker]])
            times[f"interview_{asker}"] = spread([time for each in courses for time in each.pace.interviews[asker]])
        waits = [wait for course in courses for wait in course.waited]
        alone = [wait for wait in waits if wait.alone]
        times["shown_to_taken"] = spread([_passed(wait.taken - wait.shown) for wait in alone if wait.taken])
        times["shown_to_closed_alone"] = spread([_passed(wait.closed - wait.shown) for wait in alone if wait.closed])
        by_nurse = (wait for wait in waits if not wait.alone and wait.closed)
        times["shown_to_closed_nurse"] = spread([_passed(wait.closed - wait.shown) for wait in by_nurse if wait.closed])
        return times

    @cached_property
    def unsure(self) -> tuple[Unsure, ...]:
        """Every question that was answered, those first to which "not sure" stands most often."""
        asked = Counter[tuple[str, str, Asker]]()
        unsure = Counter[tuple[str, str, Asker]]()
        for course in self.gathered.courses:
            for said in course.said:
                asked[course.pack, said.question, said.asker] += 1
                unsure[course.pack, said.question, said.asker] += said.unsure
        names = {key[:2] for key in asked}
        shares = [
            Unsure(pack, name, {asker: Share(unsure[pack, name, asker], asked[pack, name, asker]) for asker in ASKERS})
            for pack, name in names
        ]
        return tuple(sorted(shares, key=lambda each: (-each.all.count, each.all.total, each.pack, each.question)))

    @cached_property
    def fired(self) -> tuple[Fired, ...]:
        """The rules of every pack that was asked."""
        return tuple(self._fired())

    def _fired(self) -> Iterator[Fired]:
        for name, pack in self.gathered.packs.items():
            courses = [course for course in self.told if course.pack == name]
            counted = Counter(rule for course in courses for rule in course.fired)
            order = [rule.id for rule in pack.rulebook.rules] if pack else []
            place = {rule: number for number, rule in enumerate(order)}
            often = sorted(counted, key=lambda rule: (-counted[rule], place.get(rule, len(place)), rule))
            yield Fired(
                pack=name,
                version=pack.version if pack else "",
                cases=len(courses),
                rules={rule: counted[rule] for rule in often},
                never=tuple(rule for rule in order if rule not in counted),
                installed=len(order),
                gone=tuple(sorted(counted.keys() - place.keys())) if pack else (),
            )

    @cached_property
    def promises(self) -> Promises:
        """The promises of the levels, the most urgent first, and what became of them."""
        promises: Promises = {level: Counter() for level in reversed(range(len(LEVELS)))}
        for course in self.gathered.courses:
            for stood in course.stood:
                promises[stood.level][stood.kept(self.gathered.until)] += 1
        return promises

    @property
    def differs(self) -> Share:
        """Cases in which this program gives another level than one that was shown."""
        return Share(sum(course.differs for course in self.told), len(self.told))

    @cached_property
    def graded(self) -> tuple[tuple[int, int], ...]:
        """The grade and the final level of the closed cases that have both."""
        closed = (course for course in self.gathered.courses if course.closed)
        return tuple((one.grade, one.stands) for one in closed if one.grade is not None and one.stands is not None)

    @property
    def grades(self) -> dict[str, Share]:
        """The agreement of the final level with the grade."""
        pairs, total = self.graded, len(self.graded)
        return {
            "exact": Share(sum(grade == final for grade, final in pairs), total),
            "under_triage": Share(sum(final < grade for grade, final in pairs), total),
            "over_triage": Share(sum(final > grade for grade, final in pairs), total),
        }

    @property
    def matrix(self) -> Matrix:
        """Grades and final levels."""
        return Matrix.of(self.graded)

    def data(self) -> dict[str, object]:
        """The figures as plain data."""
        closed = sum(course.closed for course in self.gathered.courses)
        return {
            "recommended": len(self.told),
            "closed": closed,
            "dispositions": {name: share.data() for name, share in self.levels.items()},
            "times": {name: spread.data() for name, spread in self.times.items()},
            "not_sure": [each.data() for each in self.unsure],
            "rules": [each.data() for each in self.fired],
            "promises": {
                LEVELS[level]: {"given": counted.total(), **{kept: counted[kept] for kept in KEPT}}
                for level, counted in self.promises.items()
            },
            "recomputed_otherwise": self.differs.data(),
            "grades": {
                "graded": Share(len(self.graded), closed).data(),
                **{name: share.data() for name, share in self.grades.items()},
                "matrix": {"levels": list(LEVELS), "rows": [list(row) for row in self.matrix.rows]},
            },
        }


def _passed(time: timedelta) -> timedelta:
    """A time that passed; a clock that was set back makes none less than nothing."""
    return max(time, timedelta())
