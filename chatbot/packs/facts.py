"""facts.yaml and terms.yaml."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from chatbot.case import NOT_SURE, UNANSWERED, Fact, Value
from chatbot.condition import Term
from chatbot.errors import InputError
from chatbot.packs.conditions import Conditions
from chatbot.packs.node import Node

DIRECTIONS = ("rising", "falling", "free")
_SHARED = ("worse", "asked_if", "asked_of", "time_critical", "required", "not_sure_counts_as")


def read_facts(node: Node) -> dict[str, Fact]:
    """The facts in asking order, their gates still to be read."""
    return {name: _fact(child) for name, child in node.mapping().items()}


def read_terms(node: Node, facts: dict[str, Fact]) -> Conditions:
    """The named conditions; each may use those before it, so they cannot be circular."""
    conditions = Conditions(facts)
    for name, child in node.mapping().items():
        conditions.terms[name] = Term(name, conditions.read(child))
    return conditions


def with_gates(node: Node, facts: dict[str, Fact], conditions: Conditions) -> dict[str, Fact]:
    """The facts with the conditions under which they are asked."""
    gated = dict(facts)
    for name, child in node.mapping().items():
        if name in facts and isinstance(child.value, dict) and "asked_if" in child.value:
            gated[name] = replace(facts[name], asked_if=conditions.read(child.child("asked_if")))
    return gated


def _fact(node: Node) -> Fact:
    kind = node.value.get("kind", "one") if isinstance(node.value, dict) else "one"
    if kind == "number":
        keys = node.mapping(required=("kind", "range", "unit", "worse"), optional=("decimals", "rises_from", *_SHARED))
    elif kind == "many":
        keys = node.mapping(required=("kind", "items", "worse"), optional=_SHARED)
    else:
        keys = node.mapping(required=("steps", "worse"), optional=("kind", *_SHARED))
    fact = Fact(
        id=node.key,
        kind=cast("object", keys["kind"].one_of(("one", "many", "number"), "kind") or "one")
        if "kind" in keys
        else "one",  # type: ignore[arg-type] # checked by one_of
        worse=keys["worse"].one_of(DIRECTIONS, "direction") or "free" if "worse" in keys else "free",  # type: ignore[arg-type] # checked by one_of
        steps=_steps(keys["steps"]) if "steps" in keys else (),
        items=_distinct(keys["items"], keys["items"].texts()) if "items" in keys else (),
        unit=keys["unit"].text() if "unit" in keys else "",
        decimals=int(keys["decimals"].number()) if "decimals" in keys else 0,
        rises_from=keys["rises_from"].number() if "rises_from" in keys else None,
        nurse_only="asked_of" in keys and keys["asked_of"].one_of(("nurse",), "kind of person") == "nurse",
        required="required" in keys and keys["required"].flag(),
        time_critical="time_critical" in keys and keys["time_critical"].flag(),
    )
    if "range" in keys:
        ends = [end.number() for end in keys["range"].items()]
        if len(ends) != 2 or ends[0] >= ends[1]:
            keys["range"].problem("F001", f"the range of '{fact.id}' is two numbers, the lower first")
        else:
            fact = replace(fact, low=ends[0], high=ends[1])
    return replace(fact, not_sure=_not_sure(node, keys.get("not_sure_counts_as"), fact))


def _steps(node: Node) -> tuple[tuple[str, ...], ...]:
    steps = [
        item.texts() if isinstance(item.value, list) else tuple(filter(None, [item.text()])) for item in node.items()
    ]
    _distinct(node, tuple(value for step in steps for value in step))
    return tuple(step for step in steps if step)


def _distinct(node: Node, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in {value for value in values if values.count(value) > 1}:
        node.problem("F002", f"'{value}' stands twice in '{node.key}'")
    return values


def _not_sure(node: Node, given: Node | None, fact: Fact) -> Value | None:
    """What unknown and prefer_not count as; a fact that has a place for unknown needs nothing."""
    has_place = "unknown" in fact.values
    if fact.kind == "one" and has_place != ("prefer_not" in fact.values):
        node.problem("F003", f"'{fact.id}' ranks one of unknown and prefer_not; rank both, in one bracket")
    if given is None:
        if not has_place:
            node.problem("F004", f"'{fact.id}' has no place for unknown; name one with not_sure_counts_as")
        return None
    if has_place:
        given.problem("F005", f"'{fact.id}' already ranks unknown; remove not_sure_counts_as or the step")
    if given.value == UNANSWERED:
        return UNANSWERED
    try:
        value = fact.read(given.value)
    except InputError as error:
        given.problem("F006", str(error))
        return UNANSWERED
    if isinstance(value, str) and value in NOT_SURE:
        given.problem("F006", f"not_sure_counts_as of '{fact.id}' needs a value, a number, or unanswered")
        return UNANSWERED
    return value
