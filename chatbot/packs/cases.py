"""cases.yaml: named examples, and for every rule a pair that differs in one answer and in whether it fires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chatbot.case import Case, PlainValue
from chatbot.errors import InputError, Problem
from chatbot.packs.node import Node
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Rulebook

EXPECTS = ("level", "imaging", "decided_by", "fires", "silent", "settled")
Facts = Mapping[str, PlainValue]


@dataclass(frozen=True, slots=True)
class PackCase:
    """A named example: the facts given and what must come of them."""

    name: str
    given: Facts
    expect: Mapping[str, object]
    node: Node = field(repr=False, compare=False)

    @property
    def case(self) -> Case:
        """The case that states these facts."""
        return Case.of_facts(self.given)


def read_cases(node: Node) -> tuple[PackCase, ...]:
    """Every example of a pack; a pair gives two."""
    keys = node.mapping(required=("cases", "pairs"), optional=("bases",))
    bases = {name: _facts(child) for name, child in keys["bases"].mapping().items()} if "bases" in keys else {}
    found = [case for item in keys["cases"].items() for case in _case(item, bases)] if "cases" in keys else []
    found += [case for item in keys["pairs"].items() for case in _pair(item, bases)] if "pairs" in keys else []
    return tuple(found)


def _facts(node: Node) -> dict[str, PlainValue]:
    return {name: child.value for name, child in node.mapping().items()}  # type: ignore[misc] # read against facts when run


def _given(keys: Mapping[str, Node], bases: Mapping[str, Facts]) -> dict[str, PlainValue]:
    base = bases.get(keys["base"].one_of(bases, "base"), {}) if "base" in keys else {}
    return {**base, **_facts(keys["given"])}


def _case(node: Node, bases: Mapping[str, Facts]) -> Iterator[PackCase]:
    keys = node.mapping(required=("name", "given", "expect"), optional=("base", "why"))
    if {"name", "given", "expect"} <= keys.keys():
        expect = {name: child.value for name, child in keys["expect"].mapping(optional=EXPECTS).items()}
        yield PackCase(keys["name"].text(), _given(keys, bases), expect, node)


def _pair(node: Node, bases: Mapping[str, Facts]) -> Iterator[PackCase]:
    keys = node.mapping(required=("rule", "given", "instead"), optional=("base", "why"))
    if not {"rule", "given", "instead"} <= keys.keys():
        return
    rule, given, instead = keys["rule"].text(), _given(keys, bases), _facts(keys["instead"])
    if len(instead) != 1:
        keys["instead"].problem("E001", f"the pair of '{rule}' differs in {len(instead)} answers; it must be one")
    without = {name: value for name, value in {**given, **instead}.items() if value is not None}
    yield PackCase(f"{rule} fires", given, {"fires": [rule]}, node)
    yield PackCase(f"{rule} stays silent", without, {"silent": [rule]}, node)


def check_cases(cases: tuple[PackCase, ...], rulebook: Rulebook) -> tuple[Problem, ...]:
    """Every example that does not come out as expected, and every rule that has no pair."""
    found: list[Problem] = []
    for case in cases:
        try:
            faults = list(differences(case, rulebook))
        except InputError as error:
            faults = [str(error)]
        line = case.node.document.line(*case.node.path)
        found += [Problem(case.node.document.file, line, "E002", f"case '{case.name}': {fault}") for fault in faults]
    paired = {case.name.removesuffix(" fires") for case in cases}
    for rule in rulebook.rules:
        if rule.id not in paired and cases:
            file = cases[0].node.document.file
            found.append(Problem(file, 1, "E003", f"rule '{rule.id}' has no pair of cases; add one under pairs"))
    return tuple(found)


def differences(case: PackCase, rulebook: Rulebook) -> Iterator[str]:
    """How a case differs from what it expects."""
    result = recommend(rulebook, case.case)
    fired = {rule.id for rule in result.rules}
    got = {
        "level": LEVELS[result.level],
        "imaging": IMAGING[result.imaging],
        "decided_by": [rule.id for rule in result.decided_by],
        "settled": result.settled,
    }
    for key, expected in case.expect.items():
        names = expected if isinstance(expected, list) else []
        if key == "fires":
            yield from (f"rule '{rule}' should fire and does not" for rule in names if rule not in fired)
        elif key == "silent":
            yield from (f"rule '{rule}' should stay silent and fires" for rule in names if rule in fired)
        elif key == "decided_by" and sorted(names) != sorted(got[key]):  # type: ignore[call-overload] # a list of ids
            yield f"decided by {', '.join(got[key]) or 'no rule'}, expected {', '.join(names) or 'no rule'}"  # type: ignore[arg-type] # as above
        elif key in got and key != "decided_by" and got[key] != expected:
            yield f"{key} is {got[key]}, expected {expected}"
