"""The closed condition tree: what it holds, its three-valued truth, what an open one still needs.

Leaves compare by identity, which makes looking one up cheap; the loader makes one object for each distinct leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal

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
    """The result's level or imaging is at least this number."""

    what: Literal["level", "imaging"]
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


def truth(condition: Condition, look: Look) -> Truth:
    """The truth of a condition by the strong Kleene tables, given that of its leaves."""
    match condition:
        case All(of):
            return min((truth(part, look) for part in of), default=TRUE)
        case Any(of):
            return max((truth(part, look) for part in of), default=FALSE)
        case Count(at_least, of):
            return _count(at_least, [truth(part, look) for part in of])
        case Not(of):
            return TRUE - truth(of, look)
        case Term(_, of):
            return truth(of, look)
        case leaf:
            return look(leaf)


def _count(at_least: int, parts: list[Truth]) -> Truth:
    if parts.count(TRUE) >= at_least:
        return TRUE
    return OPEN if len(parts) - parts.count(FALSE) >= at_least else FALSE


Row = list[Truth]
Compiled = Callable[[Row], Truth]


def compiled(condition: Condition, places: Mapping[Leaf | Term, int]) -> Compiled:
    """The same reading as a function of a row that holds the truth of leaves, and of terms that have a place."""
    match condition:
        case All(of):
            return _all([compiled(part, places) for part in of])
        case Any(of):
            return _any([compiled(part, places) for part in of])
        case Count(at_least, of):
            parts = [compiled(part, places) for part in of]
            return lambda row: _count(at_least, [part(row) for part in parts])
        case Not(of):
            inner = compiled(of, places)
            return lambda row: TRUE - inner(row)
        case Term(_, of) if condition not in places:
            return compiled(of, places)
        case leaf_or_term:
            return itemgetter(places[leaf_or_term])


def _all(parts: list[Compiled]) -> Compiled:
    def reading(row: Row) -> Truth:
        least = TRUE
        for part in parts:
            found = part(row)
            if not found:
                return FALSE
            if found == OPEN:
                least = OPEN
        return least

    return reading


def _any(parts: list[Compiled]) -> Compiled:
    def reading(row: Row) -> Truth:
        most = FALSE
        for part in parts:
            found = part(row)
            if found == TRUE:
                return TRUE
            if found:
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


def needs(condition: Condition, look: Look) -> frozenset[str]:
    """The facts whose answer can still decide an open condition; none when it is decided."""
    if truth(condition, look) != OPEN:
        return frozenset()
    if isinstance(condition, Leaf):
        return frozenset() if isinstance(condition, Reached) else frozenset([condition.fact])
    return frozenset().union(*(needs(part, look) for part in parts_of(condition)))


def because(condition: Condition, look: Look) -> frozenset[str]:
    """The facts whose answers make a true condition true."""
    if truth(condition, look) != TRUE:
        return frozenset()
    if isinstance(condition, Leaf):
        return frozenset() if isinstance(condition, Reached) else frozenset([condition.fact])
    if isinstance(condition, Not):
        return facts_of(condition)
    return frozenset().union(*(because(part, look) for part in parts_of(condition)))
