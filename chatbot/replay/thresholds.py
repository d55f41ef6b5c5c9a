"""Every number at which a pack tests a fact, in rules, gates, advice and the order of questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from chatbot.case import Fact, Span
from chatbot.condition import Condition, Within, leaves_of
from chatbot.packs.pack import Pack


@dataclass(frozen=True, slots=True, order=True)
class Bound:
    """One number that a fact must reach (`at_least`) or must not pass (`at_most`)."""

    fact: str
    side: str
    number: float

    def __str__(self) -> str:
        return f"{self.fact} {self.side} {self.number:g}"

    def is_met(self, span: Span) -> bool:
        """True when a number, or any number of an interval, keeps to it."""
        return span.high >= self.number if self.side == "at_least" else span.low <= self.number

    def never(self, fact: Fact, met: bool) -> str:
        """The reason why no number of the fact's range is on this side of the bound; empty when one is."""
        is_low = self.side == "at_least"
        if met:
            possible = fact.high >= self.number if is_low else fact.low <= self.number
        else:
            possible = fact.low < self.number if is_low else fact.high > self.number
        return "" if possible else f"{fact.id} lies from {fact.low:g} to {fact.high:g}"


def bounds_of(pack: Pack) -> tuple[Bound, ...]:
    """The bounds of a pack, each once, by fact and number."""
    entries = pack.dialog.entries
    ordered = [part for entry in entries for part in (entry.early_if, entry.again_if) if part is not None]
    return _bounds(chain(pack.rulebook.conditions(), ordered))


def _bounds(conditions: Iterator[Condition]) -> tuple[Bound, ...]:
    found: set[Bound] = set()
    for leaf in chain.from_iterable(map(leaves_of, conditions)):
        if isinstance(leaf, Within):
            found |= {Bound(leaf.fact, "at_least", leaf.low)} if leaf.low is not None else set()
            found |= {Bound(leaf.fact, "at_most", leaf.high)} if leaf.high is not None else set()
    return tuple(sorted(found))
