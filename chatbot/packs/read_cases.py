"""cases.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chatbot.case import PlainValue
from chatbot.errors import InputError
from chatbot.packs.check_cases import FIRES, Facts, PackCase
from chatbot.packs.node import Node, did_you_mean, short
from chatbot.recommendation.rulebook import IMAGING, LEVELS, Rulebook

EXPECTS = ("level", "imaging", "decided_by", "fires", "silent", "settled")


def read_cases(node: Node, rulebook: Rulebook) -> tuple[PackCase, ...]:
    """Every example of a pack, its facts and expectations checked; a pair gives two."""
    return tuple(_Reader(rulebook).all(node))


class _Reader:
    def __init__(self, rulebook: Rulebook) -> None:
        self.facts_known = rulebook.facts
        self.rules = tuple(rule.id for rule in rulebook.rules)
        self.bases: dict[str, Facts] = {}

    def all(self, node: Node) -> Iterator[PackCase]:
        keys = node.mapping(required=("cases", "pairs"), optional=("bases",))
        if "bases" in keys:
            self.bases = {name: self.facts(child) for name, child in keys["bases"].mapping().items()}
        for item in keys["cases"].items() if "cases" in keys else ():
            yield from self.case(item)
        for item in keys["pairs"].items() if "pairs" in keys else ():
            yield from self.pair(item)

    def facts(self, node: Node, may_be_null: bool = False) -> dict[str, PlainValue]:
        facts: dict[str, PlainValue] = {}
        for name, child in node.mapping().items():
            if name not in self.facts_known:
                near = did_you_mean(name, self.facts_known) or "; check its spelling, or add it to facts.yaml"
                child.problem("E004", f"there is no fact '{short(name)}'{near}")
                continue
            try:
                if not (may_be_null and child.value is None):
                    self.facts_known[name].read(child.value)
                facts[name] = child.value  # type: ignore[assignment] # read above, so it is a value of the fact
            except InputError as error:
                child.problem("E004", str(error))
        return facts

    def given(self, keys: Mapping[str, Node]) -> dict[str, PlainValue]:
        base = self.bases.get(keys["base"].one_of(self.bases, "base"), {}) if "base" in keys else {}
        return {**base, **self.facts(keys["given"])}

    def case(self, node: Node) -> Iterator[PackCase]:
        keys = node.mapping(required=("name", "given", "expect"), optional=("base", "why"))
        if {"name", "given", "expect"} <= keys.keys():
            expect = keys["expect"].mapping(required=(), optional=EXPECTS)
            if not expect:
                keys["expect"].problem("E005", f"the case expects nothing; name one of {', '.join(EXPECTS)}")
            expected = {name: self.expected(name, child) for name, child in expect.items()}
            yield PackCase(keys["name"].text(), self.given(keys), expected, *node.place)

    def expected(self, name: str, node: Node) -> object:
        if name == "level":
            return node.one_of(LEVELS, "level")
        if name == "imaging":
            return node.one_of(IMAGING, "imaging")
        return node.flag() if name == "settled" else [item.one_of(self.rules, "rule") for item in node.items()]

    def pair(self, node: Node) -> Iterator[PackCase]:
        keys = node.mapping(required=("rule", "given", "instead"), optional=("base", "why"))
        if not {"rule", "given", "instead"} <= keys.keys():
            return
        rule, given = keys["rule"].one_of(self.rules, "rule"), self.given(keys)
        instead = self.facts(keys["instead"], may_be_null=True)
        if isinstance(keys["instead"].value, dict) and len(keys["instead"].value) != 1:
            many = len(keys["instead"].value)
            keys["instead"].problem("E001", f"the pair of '{rule}' differs in {many} answers; change exactly one")
        without = {name: value for name, value in {**given, **instead}.items() if value is not None}
        if rule:
            yield PackCase(f"{rule}{FIRES}", given, {"fires": [rule]}, *node.place)
            yield PackCase(f"{rule} stays silent", without, {"silent": [rule]}, *node.place)
