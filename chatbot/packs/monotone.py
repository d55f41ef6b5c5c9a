"""Whether a condition can stop holding as answers get worse, and which facts wait for the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from chatbot.case import Fact
from chatbot.condition import (
    Accepts,
    Algebra,
    Condition,
    Leaf,
    Not,
    Parts,
    Reached,
    Within,
    facts_of,
    fold,
    leaves_of,
)

Reasons = tuple[str, ...]


class _Closing(Algebra[Reasons]):
    """The reasons why a condition can stop holding as answers get worse."""

    def __init__(self, facts: Mapping[str, Fact], is_rule: bool) -> None:
        self._facts = facts
        self._is_rule = is_rule

    def leaf(self, leaf: Leaf) -> Reasons:
        if isinstance(leaf, Accepts):
            return tuple(_gap(leaf, self._facts[leaf.fact]))
        return tuple(_wrong_way(leaf, self._facts[leaf.fact])) if isinstance(leaf, Within) else ()

    def all_of(self, parts: Parts[Reasons]) -> Reasons:
        return tuple(chain.from_iterable(parts))

    def any_of(self, parts: Parts[Reasons]) -> Reasons:
        return self.all_of(parts)

    def count_of(self, at_least: int, parts: Parts[Reasons]) -> Reasons:  # noqa: ARG002 # a fold gives it
        return self.all_of(parts)

    def negated(self, condition: Not) -> Reasons:
        if self._is_rule or any(self._facts[name].worse != "free" for name in facts_of(condition)):
            return ("it uses 'not'; say which answers it needs instead",)
        return ()


def closes(condition: Condition, facts: Mapping[str, Fact], is_rule: bool = False) -> Reasons:
    """The reasons why a condition is not monotone: a `not`, or a leaf that a worse value leaves; none when it is."""
    return fold(condition, _Closing(facts, is_rule))


def _gap(leaf: Accepts, fact: Fact) -> Iterator[str]:
    if fact.worse == "free" or not leaf.values:
        return
    lowest = min(fact.rank(value) for value in leaf.values)
    above = [v for step in fact.steps[lowest + 1 :] for v in step if v not in leaf.values]
    if above:
        yield f"'{leaf.fact}' no longer fits when it becomes '{above[-1]}'; use at_least"


def _wrong_way(leaf: Within, fact: Fact) -> Iterator[str]:
    if fact.worse == "rising" and leaf.high is not None:
        yield f"'{leaf.fact}' rises, so test it with at_least"
    if fact.worse == "falling" and leaf.low is not None:
        yield f"'{leaf.fact}' falls, so test it with at_most"


def waiting_for_the_result(facts: Mapping[str, Fact]) -> frozenset[str]:
    """The facts whose gate looks at the result, and those whose gate looks at such a fact."""
    late: set[str] = set()
    for name, fact in facts.items():
        leaves = list(leaves_of(fact.asked_if)) if fact.asked_if else []
        if any(isinstance(leaf, Reached) or leaf.fact in late for leaf in leaves):
            late.add(name)
    return frozenset(late)
