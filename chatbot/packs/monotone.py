"""Whether a condition can stop holding as answers get worse, and which facts wait for the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chatbot.case import Fact
from chatbot.condition import Accepts, Condition, Not, Reached, Within, facts_of, leaves_of, parts_of


def closes(condition: Condition, facts: Mapping[str, Fact], is_rule: bool = False) -> Iterator[str]:
    """Why a condition is not monotone: a `not`, or a leaf that a worse value leaves; nothing when it is."""
    if isinstance(condition, Not):
        if is_rule or any(facts[name].worse != "free" for name in facts_of(condition)):
            yield "it uses 'not'; say which answers it needs instead"
        return
    if isinstance(condition, Accepts):
        yield from _gap(condition, facts[condition.fact])
    if isinstance(condition, Within):
        yield from _wrong_way(condition, facts[condition.fact])
    for part in parts_of(condition):
        yield from closes(part, facts, is_rule)


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
