"""Condition trees from plain data: every leaf on a choice becomes the set of values it accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chatbot.case import NOT_SURE, Fact
from chatbot.condition import (
    Accepts,
    All,
    Any,
    Condition,
    Count,
    Includes,
    Leaf,
    Not,
    Reached,
    Term,
    Unanswered,
    Within,
)
from chatbot.packs.node import Node, did_you_mean
from chatbot.recommendation.rulebook import IMAGING, LEVELS

NEVER = Any(())

KEYS = (
    "all",
    "any",
    "not",
    "count",
    "term",
    "is",
    "one_of",
    "at_least",
    "at_most",
    "includes",
    "unanswered",
    "result",
)


class Conditions:
    """Reads conditions against the facts and terms known so far."""

    def __init__(self, facts: Mapping[str, Fact], terms: Mapping[str, Term] | None = None) -> None:
        self.facts = facts
        self.terms = dict(terms or {})
        self._leaves: dict[tuple[object, ...], Leaf] = {}

    def read(self, node: Node) -> Condition:
        """The condition at a node; what cannot be read is a Problem and never holds."""
        if not isinstance(node.value, dict) or len(node.value) != 1:
            node.problem("C001", f"a condition is a mapping with one of the keys {', '.join(KEYS)}")
            return NEVER
        key = next(iter(node.value))
        if key not in KEYS:
            node.problem("C002", f"there is no condition '{key}'{did_you_mean(key, KEYS)}")
            return NEVER
        reader: Callable[[Node], Condition] = getattr(self, f"_{key}")
        found = reader(node.child(key))
        if not isinstance(found, Leaf):
            return found
        fields = tuple(getattr(found, name) for name in found.__slots__)
        return self._leaves.setdefault((type(found), *fields), found)

    def _all(self, node: Node) -> Condition:
        return All(tuple(self.read(part) for part in node.items()))

    def _any(self, node: Node) -> Condition:
        return Any(tuple(self.read(part) for part in node.items()))

    def _not(self, node: Node) -> Condition:
        return Not(self.read(node))

    def _count(self, node: Node) -> Condition:
        keys = node.mapping(required=("at_least", "of"))
        of = tuple(self.read(part) for part in keys["of"].items()) if "of" in keys else ()
        at_least = int(keys["at_least"].number()) if "at_least" in keys else 1
        if not 1 <= at_least <= len(of):
            node.problem("C003", f"count asks for {at_least} of {len(of)} parts")
        return Count(at_least, of)

    def _term(self, node: Node) -> Condition:
        name = node.text()
        if name not in self.terms:
            node.problem("C004", f"there is no term '{name}' before this line{did_you_mean(name, self.terms)}")
            return NEVER
        return self.terms[name]

    def _is(self, node: Node) -> Condition:
        fact, value = self._pair(node, "one")
        return Accepts(fact.id, _exactly(fact, [value]), ("is", (value.text(),))) if fact else NEVER

    def _one_of(self, node: Node) -> Condition:
        fact, value = self._pair(node, "one")
        if not fact:
            return NEVER
        return Accepts(fact.id, _exactly(fact, value.items()), ("one_of", value.texts()))

    def _at_least(self, node: Node) -> Condition:
        return self._bound(node, "at_least")

    def _at_most(self, node: Node) -> Condition:
        return self._bound(node, "at_most")

    def _bound(self, node: Node, key: str) -> Condition:
        fact, value = self._pair(node, "one", "number")
        if not fact:
            return NEVER
        if fact.kind == "number":
            number = value.number()
            if not fact.low <= number <= fact.high:
                value.problem(
                    "C005", f"{number:g} lies outside the range of '{fact.id}', {fact.low:g} to {fact.high:g}"
                )
            return Within(fact.id, number, None) if key == "at_least" else Within(fact.id, None, number)
        word = value.one_of(fact.values, f"value of '{fact.id}'")
        if not word:
            return NEVER
        if fact.worse == "free":
            node.problem("C006", f"the values of '{fact.id}' have no order; use 'is' or 'one_of'")
        rank = fact.rank(word)
        steps = fact.steps[rank:] if key == "at_least" else fact.steps[: rank + 1]
        return Accepts(fact.id, frozenset(v for step in steps for v in step), (key, (word,)))

    def _includes(self, node: Node) -> Condition:
        fact, value = self._pair(node, "many")
        if not fact:
            return NEVER
        items = [item.one_of(fact.items, f"item of '{fact.id}'") for item in value.items()]
        if not items:
            value.problem("C007", f"'includes' names no item of '{fact.id}'")
        return Includes(fact.id, tuple(filter(None, items)))

    def _unanswered(self, node: Node) -> Condition:
        fact = self._fact(node, node.text())
        return Unanswered(fact.id) if fact else NEVER

    def _result(self, node: Node) -> Condition:
        for what, child in node.mapping(optional=("level", "imaging")).items():
            bound = child.mapping(required=("at_least",))
            names = LEVELS if what == "level" else IMAGING
            name = bound["at_least"].one_of(names, what) if "at_least" in bound else ""
            if name:
                return Reached("level" if what == "level" else "imaging", names.index(name))
        return NEVER

    def _pair(self, node: Node, *kinds: str) -> tuple[Fact | None, Node]:
        if not isinstance(node.value, dict) or len(node.value) != 1:
            node.problem("C008", f"'{node.key}' takes one fact and what it is compared with")
            return None, node
        name = next(iter(node.value))
        child = node.child(name)
        fact = self._fact(child, name)
        if fact and fact.kind not in kinds:
            child.problem("C009", f"'{node.key}' does not fit '{name}', which is {_KIND_WORDS[fact.kind]}")
            return None, child
        return fact, child

    def _fact(self, node: Node, name: str) -> Fact | None:
        if name in self.facts:
            return self.facts[name]
        node.problem("C010", f"there is no fact '{name}'{did_you_mean(name, self.facts)}")
        return None


_KIND_WORDS = {"one": "a choice", "many": "a list", "number": "a number"}


def _exactly(fact: Fact, nodes: list[Node]) -> frozenset[str]:
    """Exactly these values; unknown and prefer_not always stand together."""
    accepted: set[str] = set()
    for node in nodes:
        word = node.one_of(fact.values, f"value of '{fact.id}'")
        accepted.update(NOT_SURE if word in NOT_SURE else filter(None, [word]))
    return frozenset(accepted)
