"""For each worrying answer that cannot wait: that somebody is told to go sooner because of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial

import z3

from chatbot.case import UNANSWERED, Fact
from chatbot.condition import facts_of
from chatbot.interview.question import Dialog
from chatbot.packs.reachability import critical, worrying
from chatbot.proof.obligations import EXEMPT_AS, Example
from chatbot.proof.rule_terms import Reading
from chatbot.proof.symbols import Bool, Said, Symbols
from chatbot.recommendation.rulebook import Rulebook


class Raises:
    """The claims about worrying answers, looked at in people who answer all that they are asked.

    A value raises the level when a rule of a level is true with it, and none of that level or above is with the least
    value of its fact and all else the same. So a rule reads nothing that can never fire, or fires only beside others
    that give as much; nor does a gate, which leads to more questions and not to a result.

    A fact without an order has no least value: two of its values must lead to two levels. Here a gate counts, and what
    it opens is stated where it is open.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._symbols = reading.symbols

    @cached_property
    def _domain(self) -> tuple[Bool, ...]:
        return (*self._symbols.domain, *self._reading.whole())

    @cached_property
    def _levels(self) -> list[Bool]:
        return _levels(self._reading)

    @cached_property
    def _calm(self) -> tuple[Bool, ...]:
        return tuple(
            z3.Not(self._reading.issued("level", number)) for number in range(self._reading.tops["level"], 0, -1)
        )

    def makers(self, dialog: Dialog, exempt: frozenset[str]) -> Iterator[Callable[[], Example]]:
        """Yields the maker of each claim; those that are exempt are left out."""
        for fact in critical(self._symbols.rulebook.facts.values(), dialog):
            for name, value in worrying(fact).items():
                if EXEMPT_AS["read"] + name not in exempt:
                    yield partial(self._value, name, fact, value) if value else partial(self._any, name, fact)

    def _value(self, name: str, fact: Fact, value: str) -> Example:
        said = self._symbols.facts[fact.id]
        calmer = list(_calmer(said, value))
        lower = [z3.substitute(level, *calmer) for level in self._levels]
        given = said.unsure if value == UNANSWERED else said.values[value]
        return Example("read", name, self._above(lower), given, self._calm, self._domain, self._symbols)

    def _any(self, name: str, fact: Fact) -> Example:
        may_differ = frozenset([fact.id]) if fact.worse != "free" else _below(self._symbols.rulebook, fact.id)
        other = Symbols(self._symbols.rulebook, "changed ", self._symbols, may_differ)
        reading = Reading(other)
        domain = [*self._domain, *other.domain, _figure(other.facts[fact.id])]
        if fact.worse == "free":
            domain += reading.whole()
        for same in sorted(may_differ - {fact.id}):
            one, two = self._symbols.facts[same], other.facts[same]
            equal = (a == b for a, b in zip(one.variables, two.variables, strict=True))
            domain.append(z3.Implies(z3.And(one.at_all, two.at_all), z3.And(*equal)))
        given = _figure(self._symbols.facts[fact.id])
        return Example("read", name, self._above(_levels(reading)), given, self._calm, tuple(domain), self._symbols)

    def _above(self, lower: list[Bool]) -> Bool:
        """That a level is reached here and not there."""
        return z3.Or(*(z3.And(level, z3.Not(other)) for level, other in zip(self._levels, lower, strict=True)))


def _levels(reading: Reading) -> list[Bool]:
    """That rules which are true, whatever is still open, give each level above the lowest."""
    return [reading.at_least("level", number) for number in range(1, reading.tops["level"] + 1)]


def _figure(said: Said) -> Bool:
    return z3.And(said.at_all, z3.Not(said.unsure))


def _calmer(said: Said, value: str) -> Iterator[tuple[Bool, Bool]]:
    """Yields what takes the place of what was said of a fact: a list without the item, else the least value."""
    no, yes = z3.BoolVal(False), z3.BoolVal(True)
    if value == UNANSWERED:
        yield said.unsure, no
    if said.fact.kind == "many":
        yield (said.full, yes) if value == UNANSWERED else (said.values[value], no)
    else:
        yield from ((variable, yes if each == said.fact.least else no) for each, variable in said.values.items())


def _below(rulebook: Rulebook, fact: str) -> frozenset[str]:
    """A fact, and all whose gates look at it or at one of these; gates look at earlier facts only."""
    found = {fact}
    for name, other in rulebook.facts.items():
        if other.asked_if is not None and found & facts_of(other.asked_if):
            found.add(name)
    return frozenset(found)
