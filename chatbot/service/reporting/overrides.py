"""Where clinicians chose another level than the rules: by rule, reason, direction and login."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from chatbot.recommendation.rulebook import LEVELS
from chatbot.replay.wilson import Share
from chatbot.service.decisions import REASONS, UNABLE
from chatbot.service.reporting.case_histories import Course, Gathered
from chatbot.service.reporting.level_choices import DIRECTIONS, FATES, NO_REASON, OTHER_REASON, Choice, Direction, Fate


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one rule or one login: how many there are, and in how many of them a level was chosen."""

    name: str
    pack: str
    total: int
    up: int
    down: int
    not_signed: int

    @property
    def overridden(self) -> Share:
        """The cases in which a choice stands."""
        return Share(self.up + self.down, self.total)

    def data(self, what: str) -> dict[str, object]:
        """As plain data; `what` says what it is a group of."""
        data: dict[str, object] = {what: self.name, **({"pack": self.pack} if self.pack else {})}
        return data | {
            "cases": self.total,
            "overridden": self.overridden.data(),
            "up": self.up,
            "down": self.down,
            "not_signed": self.not_signed,
        }


@dataclass(frozen=True)
class Overrides:
    """The figures; of the choices in a case at most one stands, and only that is counted in the tables."""

    gathered: Gathered

    @cached_property
    def levelled(self) -> tuple[Course, ...]:
        """The cases that have a level."""
        return tuple(course for course in self.gathered.courses if course.stands is not None)

    @cached_property
    def standing(self) -> tuple[Choice, ...]:
        """The choices that stand."""
        return tuple(course.choice for course in self.levelled if course.choice is not None)

    @property
    def overall(self) -> dict[str, Share]:
        """The share of choices that stand, of the cases with a level and of those that are closed."""
        closed = [course for course in self.levelled if course.closed]
        return {
            "with_level": Share(len(self.standing), len(self.levelled)),
            "closed": Share(sum(course.choice is not None for course in closed), len(closed)),
        }

    @property
    def fates(self) -> dict[Fate, int]:
        """The number of choices for each thing that became of them."""
        counted = Counter(choice.fate for course in self.gathered.courses for choice in course.choices)
        return {fate: counted[fate] for fate in FATES}

    @property
    def directions(self) -> dict[str, Share]:
        """Cases with a choice up, with one down, and with one down that nobody else signed yet."""
        counted = Counter[str](choice.direction for choice in self.standing)
        counted["not_signed"] = sum(_is_waiting(course) for course in self.levelled)
        return {name: Share(counted[name], len(self.levelled)) for name in (*DIRECTIONS, "not_signed")}

    @property
    def reasons(self) -> dict[str, Share]:
        """The coded reasons of the choices that stand."""
        counted = Counter(choice.reason for choice in self.standing)
        order = (*REASONS, UNABLE, NO_REASON, OTHER_REASON)
        return {reason: Share(counted[reason], len(self.standing)) for reason in order if counted[reason]}

    @property
    def moves(self) -> tuple[tuple[int, int, int], ...]:
        """From which level to which, the lower first, and how often."""
        counted = Counter((choice.instead_of, choice.level) for choice in self.standing)
        return tuple((*pair, counted[pair]) for pair in sorted(counted))

    @cached_property
    def by_rule(self) -> tuple[Group, ...]:
        """The rules that had decided what was overridden, of the cases in which they decided; the most often first."""
        return tuple(_groups(self.levelled, _decided, lambda choice, name: name[1] in choice.rules))

    @cached_property
    def by_nurse(self) -> tuple[Group, ...]:
        """The logins that chose, of the cases that they took on."""
        return tuple(_groups(self.levelled, _had, lambda choice, name: name[1] == choice.login))

    def data(self, with_nurses: bool) -> dict[str, object]:
        """The figures as plain data."""
        return {
            "with_level": len(self.levelled),
            "closed": sum(course.closed for course in self.gathered.courses),
            "overridden": {name: share.data() for name, share in self.overall.items()},
            "made": self.fates,
            "directions": {name: share.data() for name, share in self.directions.items()},
            "moves": [{"rules": LEVELS[old], "chosen": LEVELS[new], "count": count} for old, new, count in self.moves],
            "reasons": {name: share.data() for name, share in self.reasons.items()},
            "by_rule": [group.data("rule") for group in self.by_rule],
            "by_nurse": [group.data("login") for group in self.by_nurse] if with_nurses else None,
        }


Name = tuple[str, str]


def _decided(course: Course) -> Iterable[Name]:
    return ((course.pack, rule) for rule in course.decided)


def _had(course: Course) -> Iterable[Name]:
    return (("", login) for login in course.had)


def _is_waiting(course: Course) -> bool:
    return any(choice.fate == "not_signed" for choice in course.choices)


def _groups(
    courses: Iterable[Course], names: Callable[[Course], Iterable[Name]], is_of: Callable[[Choice, Name], bool]
) -> Iterator[Group]:
    """The groups in which anything was chosen; one case can be in several."""
    total = Counter[Name]()
    counted: dict[Direction | Fate, Counter[Name]] = {"up": Counter(), "down": Counter(), "not_signed": Counter()}
    for course in courses:
        for name in names(course):
            total[name] += 1
            for choice in course.choices:
                key = choice.direction if choice.fate == "stands" else choice.fate
                if key in counted and is_of(choice, name):
                    counted[key][name] += 1
    groups = (Group(name[1], name[0], total[name], *(each[name] for each in counted.values())) for name in total)
    chosen = [group for group in groups if group.up or group.down or group.not_signed]
    yield from sorted(chosen, key=lambda group: (-group.up - group.down, -group.not_signed, group.pack, group.name))
