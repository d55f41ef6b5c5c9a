"""The closed condition tree, one fold over it, and its three-valued truth.

Leaves compare by identity, which makes looking one up cheap; the loader makes one object for each distinct leaf.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from operator import itemgetter
from typing import Generic, TypeVar

FALSE, OPEN, TRUE = 0, 1, 2
Truth = int


@dataclass(frozen=True, slots=True, eq=False)
class Accepts:
    """The fact has one of these values; `said` keeps the author's words for the English."""

    fact: str
    values: frozenset[str]
    said: tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Includes:
    """The list fact holds at least one of these items."""

    fact: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """Some number in the fact's interval lies between the bounds, both included."""

    fact: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Unanswered:
    """The fact applies and has no answer."""

    fact: str


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The result's level, imaging, or the level whose promise a kind of imaging keeps, is at least this number."""

    what: str
    low: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """At least so many parts hold."""

    at_least: int
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    of: Condition


@dataclass(frozen=True, slots=True)
class Term:
    """A named condition."""

    name: str
    of: Condition


Leaf = Accepts | Includes | Within | Unanswered | Reached
Condition = Leaf | All | Any | Count | Not | Term
Look = Callable[[Leaf], Truth]


T = TypeVar("T")
Parts = Iterator[T]


class Algebra(ABC, Generic[T]):
    """One reading of the tree: what it makes of each kind of condition.

    Parts come read already, one at a time, so that a reading may stop early; a `not` and a term come as they stand,
    since a reading may look at all that is in them or stop at their name.
    """

    @abstractmethod
    def leaf(self, leaf: Leaf) -> T:
        """The reading of a comparison."""

    @abstractmethod
    def all_of(self, parts: Parts[T]) -> T:
        """The reading when every part must hold."""

    @abstractmethod
    def any_of(self, parts: Parts[T]) -> T:
        """The reading when one part is enough."""

    @abstractmethod
    def count_of(self, at_least: int, parts: Parts[T]) -> T:
        """The reading when so many parts must hold."""

    @abstractmethod
    def negated(self, condition: Not) -> T:
        """The reading of a `not`."""

    def term(self, term: Term) -> T:
        """The reading of a named condition: that of what it stands for."""
        return fold(term.of, self)


def fold(condition: Condition, algebra: Algebra[T]) -> T:
    """Read a condition from its leaves upwards."""
    match condition:
        case All(of):
            return algebra.all_of(map(fold, of, repeat(algebra)))
        case Any(of):
            return algebra.any_of(map(fold, of, repeat(algebra)))
        case Term():
            return algebra.term(condition)
        case Count(at_least, of):
            return algebra.count_of(at_least, map(fold, of, repeat(algebra)))
        case Not():
            return algebra.negated(condition)
        case leaf:
            return algebra.leaf(leaf)


class _Kleene(Algebra[Truth]):
    """Three-valued truth by the strong Kleene tables."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def leaf(self, leaf: Leaf) -> Truth:
        return self._look(leaf)

    def all_of(self, parts: Parts[Truth]) -> Truth:
        least = TRUE
        for part in parts:
            if not part:
                return FALSE
            least = min(least, part)
        return least

    def any_of(self, parts: Parts[Truth]) -> Truth:
        most = FALSE
        for part in parts:
            if part == TRUE:
                return TRUE
            most = max(most, part)
        return most

    def count_of(self, at_least: int, parts: Parts[Truth]) -> Truth:
        return count(at_least, list(parts))

    def negated(self, condition: Not) -> Truth:
        return TRUE - fold(condition.of, self)


def truth(condition: Condition, look: Look) -> Truth:
    """The truth of a condition, given that of its leaves."""
    return fold(condition, _Kleene(look))


def count(at_least: int, parts: list[Truth]) -> Truth:
    """The truth of at least so many parts."""
    if parts.count(TRUE) >= at_least:
        return TRUE
    return OPEN if len(parts) - parts.count(FALSE) >= at_least else FALSE


Row = list[Truth]
Compiled = Callable[[Row], Truth]


class _Compiler(Algebra[Compiled]):
    """The truth as a function of a row of truths."""

    def __init__(self, places: Mapping[Leaf | Term, int]) -> None:
        self._places = places

    def leaf(self, leaf: Leaf) -> Compiled:
        return itemgetter(self._places[leaf])

    def all_of(self, parts: Parts[Compiled]) -> Compiled:
        return _all(list(parts))

    def any_of(self, parts: Parts[Compiled]) -> Compiled:
        return _any(list(parts))

    def count_of(self, at_least: int, parts: Parts[Compiled]) -> Compiled:
        found = list(parts)
        return lambda row: count(at_least, [part(row) for part in found])

    def negated(self, condition: Not) -> Compiled:
        inner = fold(condition.of, self)
        return lambda row: TRUE - inner(row)

    def term(self, term: Term) -> Compiled:
        place = self._places.get(term)
        return fold(term.of, self) if place is None else itemgetter(place)


def compiled(condition: Condition, places: Mapping[Leaf | Term, int]) -> Compiled:
    """The same reading as a function of a row that holds the truth of leaves, and of terms that have a place."""
    return fold(condition, _Compiler(places))


def _all(parts: list[Compiled]) -> Compiled:
    def reading(row: Row) -> Truth:
        least = TRUE
        for part in parts:
            value = part(row)
            if not value:
                return FALSE
            if value == OPEN:
                least = OPEN
        return least

    return reading


def _any(parts: list[Compiled]) -> Compiled:
    def reading(row: Row) -> Truth:
        most = FALSE
        for part in parts:
            value = part(row)
            if value == TRUE:
                return TRUE
            if value:
                most = OPEN
        return most

    return reading


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The direct parts of a condition; none for a leaf."""
    match condition:
        case All(of) | Any(of) | Count(_, of):
            return of
        case Not(of) | Term(_, of):
            return (of,)
        case _:
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything inside it, parts after their whole."""
    yield condition
    for part in parts_of(condition):
        yield from walk(part)


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    """The leaves of a condition, in reading order."""
    for part in walk(condition):
        if isinstance(part, Leaf):
            yield part


def facts_of(condition: Condition) -> frozenset[str]:
    """The facts a condition looks at."""
    return frozenset(leaf.fact for leaf in leaves_of(condition) if not isinstance(leaf, Reached))
