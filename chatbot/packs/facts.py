"""facts.yaml and terms.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Literal, cast

from chatbot.case import NOT_SURE, UNANSWERED, Fact, Value
from chatbot.condition import Condition, facts_of
from chatbot.errors import InputError
from chatbot.interview.machine import ENDINGS
from chatbot.packs.conditions import Conditions
from chatbot.packs.node import Node, short

Kind = Literal["one", "many", "number"]
Worse = Literal["rising", "falling", "free"]
KINDS: tuple[Kind, ...] = ("one", "many", "number")
DIRECTIONS: tuple[Worse, ...] = ("rising", "falling", "free")
_SHARED = ("worse", "asked_if", "asked_of", "time_critical", "required", "fixed", "not_sure_counts_as")


def read_facts(node: Node) -> dict[str, Fact]:
    """The facts in asking order, their gates still to be read."""
    return {name: _fact(child) for name, child in node.mapping().items()}


def read_terms(node: Node, facts: dict[str, Fact], kinds: Collection[str] = ()) -> Conditions:
    """The named conditions; each may use those before it, so they cannot be circular."""
    conditions = Conditions(facts, kinds)
    for child in node.mapping().values():
        conditions.term(child)
    return conditions


def read_findings(node: Node, conditions: Conditions) -> dict[str, Condition]:
    """The findings that several facts share, each the term that somebody has it."""
    found: dict[str, Condition] = {}
    for item in node.child("findings").items() if isinstance(node.value, dict) and "findings" in node.value else ():
        name = item.one_of(conditions.terms, "term")
        if not name:
            continue
        term = conditions.terms[name]
        lists = sorted(fact for fact in facts_of(term) if conditions.facts[fact].kind == "many")
        if lists:
            item.problem("F020", f"'{lists[0]}' is a list, of which one item alone is not 'not sure'; leave it out")
        found[name] = term
    return found


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
        kind=cast("Kind", keys["kind"].one_of(KINDS, "kind of fact") or "one") if "kind" in keys else "one",
        worse=cast("Worse", keys["worse"].one_of(DIRECTIONS, "direction") or "free") if "worse" in keys else "free",
        steps=_steps(keys["steps"]) if "steps" in keys else (),
        items=_distinct(keys["items"], keys["items"].texts()) if "items" in keys else (),
        unit=keys["unit"].text() if "unit" in keys else "",
        decimals=keys["decimals"].whole(0, 3) if "decimals" in keys else 0,
        rises_from=keys["rises_from"].number() if "rises_from" in keys else None,
        nurse_only="asked_of" in keys and keys["asked_of"].one_of(("nurse",), "kind of person") == "nurse",
        required="required" in keys and keys["required"].flag(),
        fixed="fixed" in keys and keys["fixed"].flag(),
        time_critical="time_critical" in keys and keys["time_critical"].flag(),
    )
    if "range" in keys:
        fact = _ranged(fact, keys["range"])
    _check_kind(node, keys, fact)
    return replace(fact, not_sure=_not_sure(node, keys.get("not_sure_counts_as"), fact))


def _ranged(fact: Fact, node: Node) -> Fact:
    ends = [end.number() for end in node.items()]
    if len(ends) != 2 or ends[0] >= ends[1]:
        node.problem("F001", f"the range of '{fact.id}' is two numbers, the lower first")
        return replace(fact, low=-1e15, high=1e15)  # so that nothing else is out of range
    return replace(fact, low=ends[0], high=ends[1])


def _check_kind(node: Node, keys: Mapping[str, Node], fact: Fact) -> None:
    """Checks what a fact of this kind needs, and the names no fact may have."""
    if fact.id in ENDINGS:
        node.problem("F007", f"'{fact.id}' is how an interview can end; give the fact another name")
    if fact.kind != "number" and fact.worse == "falling":
        keys["worse"].problem("F008", "only a number can fall; write rising, with the least worrying value first")
    if fact.kind == "one" and "steps" in keys and not fact.steps:
        keys["steps"].problem("F009", f"'{fact.id}' has no values; list them, the least worrying first")
    if fact.kind == "one" and fact.steps and fact.steps[0][0] in NOT_SURE:
        keys["steps"].problem("F010", f"'{fact.id}' starts with not knowing; put the least worrying value first")
    if fact.kind == "many" and "items" in keys and not fact.items:
        keys["items"].problem("F009", f"'{fact.id}' has no items; list them")
    for reserved in sorted({"none", "prefer_not"} & set(fact.items)):
        keys["items"].problem("F011", f"'{reserved}' cannot be an item of '{fact.id}'; an empty list says it")
    if fact.rises_from is not None and not fact.low <= fact.rises_from <= fact.high:
        keys["rises_from"].problem("F012", f"rises_from of '{fact.id}' lies outside its range")


def _steps(node: Node) -> tuple[tuple[str, ...], ...]:
    steps = [
        item.texts() if isinstance(item.value, list) else tuple(filter(None, [item.text()])) for item in node.items()
    ]
    _distinct(node, tuple(value for step in steps for value in step))
    return tuple(step for step in steps if step)


def _distinct(node: Node, values: tuple[str, ...]) -> tuple[str, ...]:
    for value, times in Counter(values).items():
        if times > 1:
            node.problem("F002", f"'{short(value)}' stands {times} times in {node.called}; keep one")
    return values


def _not_sure(node: Node, given: Node | None, fact: Fact) -> Value | None:
    """Reads what unknown and prefer_not count as; a fact that has a place for unknown needs nothing."""
    has_place = "unknown" in fact.values
    if fact.kind == "one" and any(len(set(NOT_SURE) & set(step)) == 1 for step in fact.steps):
        node.problem("F003", f"'{fact.id}' ranks unknown and prefer_not apart; put both in one bracket")
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
