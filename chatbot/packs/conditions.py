"""Condition trees from plain data: every leaf on a choice becomes the set of values it accepts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from chatbot.case import NOT_SURE, Fact
from chatbot.condition import (
    Accepts,
    Algebra,
    All,
    Any,
    Condition,
    Count,
    Includes,
    Leaf,
    Not,
    Parts,
    Reached,
    Term,
    Unanswered,
    Within,
    fold,
)
from chatbot.packs.node import Node, did_you_mean, short
from chatbot.recommendation.rulebook import IMAGING, LEVELS

NEVER = Any(())
MAX_PARTS, MAX_TOTAL, MAX_LEVELS = 5_000, 500_000, 60

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


Size = tuple[int, int]


class _Size(Algebra[Size]):
    """The size of a condition: how many parts it has, terms written out, and how deep they lie."""

    def __init__(self, terms: Mapping[str, Size]) -> None:
        self._terms = terms

    def leaf(self, leaf: Leaf) -> Size:  # noqa: ARG002 # each counts as one
        return 1, 1

    def all_of(self, parts: Parts[Size]) -> Size:
        below = list(parts)
        return 1 + sum(number for number, _ in below), 1 + max((levels for _, levels in below), default=0)

    def any_of(self, parts: Parts[Size]) -> Size:
        return self.all_of(parts)

    def count_of(self, at_least: int, parts: Parts[Size]) -> Size:  # noqa: ARG002 # a fold gives it
        return self.all_of(parts)

    def negated(self, condition: Not) -> Size:
        return self.all_of(iter([fold(condition.of, self)]))

    def term(self, term: Term) -> Size:
        number, levels = self._terms[term.name]
        return number + 1, levels + 1


class Conditions:
    """Reads conditions against the facts and terms known so far."""

    def __init__(self, facts: Mapping[str, Fact], kinds: Collection[str] = ()) -> None:
        self.facts = facts
        self._kinds = tuple(kinds)
        self.terms: dict[str, Term] = {}
        self._leaves: dict[tuple[object, ...], Leaf] = {}
        self._sizes: dict[str, Size] = {}
        self._total = 0

    def term(self, node: Node) -> None:
        """Read a named condition, which those after it may use."""
        condition = self.read(node)
        self._sizes[node.key] = fold(condition, _Size(self._sizes))
        self.terms[node.key] = Term(node.key, condition)

    def read(self, node: Node) -> Condition:
        """The condition at a node, terms and all; one that grows without measure is a Problem."""
        condition = self._read(node)
        parts, levels = fold(condition, _Size(self._sizes))
        self._total += parts
        if parts > MAX_PARTS or levels > MAX_LEVELS or self._total > MAX_TOTAL:
            node.problem("C011", "through its terms this condition grows too large or too deep; use fewer terms")
            self._total -= parts
            return NEVER
        return condition

    def _read(self, node: Node) -> Condition:
        """The condition at a node; what cannot be read is a Problem and never holds."""
        if not isinstance(node.value, dict) or len(node.value) != 1:
            node.problem("C001", f"a condition is a mapping with exactly one of the keys {', '.join(KEYS)}")
            return NEVER
        key = next(iter(node.value))
        if key not in KEYS:
            near = did_you_mean(key, KEYS) or f"; use one of {', '.join(KEYS)}"
            node.problem("C002", f"there is no condition '{short(key)}'{near}")
            return NEVER
        reader: Callable[[Node], Condition] = getattr(self, f"_{key}")
        condition = reader(node.child(key))
        if not isinstance(condition, Leaf):
            return condition
        fields = tuple(getattr(condition, name) for name in condition.__slots__)
        return self._leaves.setdefault((type(condition), *fields), condition)

    def _all(self, node: Node) -> Condition:
        return All(tuple(self._read(part) for part in node.items()))

    def _any(self, node: Node) -> Condition:
        return Any(tuple(self._read(part) for part in node.items()))

    def _not(self, node: Node) -> Condition:
        return Not(self._read(node))

    def _count(self, node: Node) -> Condition:
        keys = node.mapping(required=("at_least", "of"))
        of = tuple(self._read(part) for part in keys["of"].items()) if "of" in keys else ()
        if len(of) < 1:
            node.problem("C003", "count has nothing to count; list conditions under 'of'")
            return NEVER
        return Count(keys["at_least"].whole(1, len(of)) if "at_least" in keys else 1, of)

    def _term(self, node: Node) -> Condition:
        name = node.text()
        if not name:
            return NEVER
        if name not in self.terms:
            near = did_you_mean(name, self.terms) or "; define it, or move its definition up"
            node.problem("C004", f"there is no term '{short(name)}' before this line{near}")
            return NEVER
        return self.terms[name]

    def _is(self, node: Node) -> Condition:
        fact, value = self._pair(node, "one")
        return self._exactly(fact, [value], "is") if fact else NEVER

    def _one_of(self, node: Node) -> Condition:
        fact, value = self._pair(node, "one")
        if not fact:
            return NEVER
        items = value.items()
        if not items:
            value.problem("C007", f"'one_of' names no value of '{fact.id}'; name one, or remove the condition")
        return self._exactly(fact, items, "one_of")

    def _exactly(self, fact: Fact, nodes: list[Node], key: str) -> Condition:
        """Exactly these values; unknown and prefer_not always stand together."""
        words = [node.one_of(fact.values, f"value of '{fact.id}'") for node in nodes]
        accepted = {value for word in words for value in (NOT_SURE if word in NOT_SURE else [word]) if value}
        return Accepts(fact.id, frozenset(accepted), (key, tuple(filter(None, words))))

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
            value.problem("C007", f"'includes' names no item of '{fact.id}'; name one, or remove the condition")
        return Includes(fact.id, tuple(filter(None, items)))

    def _unanswered(self, node: Node) -> Condition:
        fact = self._fact(node, node.text())
        return Unanswered(fact.id) if fact else NEVER

    def _result(self, node: Node) -> Condition:
        known = ("level", "imaging", *self._kinds)
        keys = node.mapping(required=(), optional=known)
        if len(keys) != 1:
            listed = f"{', '.join(known[:-1])} or {known[-1]}"
            node.problem("C012", f"'result' takes one of {listed}, as {{level: {{at_least: same_day}}}}")
            return NEVER
        what, child = next(iter(keys.items()))
        bound = child.mapping(required=("at_least",))
        steps: tuple[str, ...] = IMAGING if what == "imaging" else LEVELS
        name = bound["at_least"].one_of(steps, what) if "at_least" in bound else ""
        return Reached(what, steps.index(name)) if name else NEVER

    def _pair(self, node: Node, *kinds: str) -> tuple[Fact | None, Node]:
        if not isinstance(node.value, dict) or len(node.value) != 1:
            node.problem("C008", f"'{node.key}' takes one fact and what it is compared with, as {{fact: value}}")
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
        if not name:
            return None
        near = did_you_mean(name, self.facts) or "; check its spelling, or add it to facts.yaml"
        node.problem("C010", f"there is no fact '{short(name)}'{near}")
        return None


_KIND_WORDS = {
    "one": "a choice; use is, one_of, at_least or at_most",
    "many": "a list; use includes",
    "number": "a number; use at_least or at_most",
}
