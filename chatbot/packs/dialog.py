"""dialog.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatbot.case import NOT_SURE, Fact, Value
from chatbot.errors import InputError
from chatbot.interview.machine import ENDINGS
from chatbot.interview.question import Dialog, Entry, Item, Part, Question, QuestionKind
from chatbot.packs.conditions import Conditions
from chatbot.packs.node import Node, did_you_mean


def read_dialog(node: Node, facts: Mapping[str, Fact], conditions: Conditions, rules: tuple[str, ...]) -> Dialog:
    """The parts and questions in asking order."""
    keys = node.mapping(required=("parts",), optional=("leaves",))
    reader = _Reader(facts, conditions, _settings(keys["parts"]) if "parts" in keys else {})
    parts = tuple(reader.part(child) for child in keys["parts"].mapping().values()) if "parts" in keys else ()
    leaves = keys["leaves"].one_of(rules, "rule") or None if "leaves" in keys else None
    return Dialog(parts=parts, leaves=leaves)


def _settings(parts: Node) -> dict[str, Node]:
    """For each fact that is asked at several places, the place that carries its options or bands."""
    found: dict[str, Node] = {}
    for node in parts.walk():
        value = node.value
        if isinstance(value, dict) and isinstance(value.get("fact"), str) and {"options", "bands"} & set(value):
            found[value["fact"]] = node
    return found


@dataclass(slots=True)
class _Reader:
    facts: Mapping[str, Fact]
    conditions: Conditions
    settings: dict[str, Node]
    made: dict[str, Question] | None = None

    def part(self, node: Node) -> Part:
        keys = node.mapping(required=("entries",), optional=("block",))
        block = "block" in keys and keys["block"].flag()
        entries = [self.entry(child, node.key, block) for child in keys["entries"].items()] if "entries" in keys else []
        return Part(node.key, block, tuple(entry for entry in entries if entry))

    def entry(self, node: Node, part: str, block: bool) -> Entry | None:
        is_checklist = isinstance(node.value, dict) and "checklist" in node.value
        if is_checklist:
            keys = node.mapping(required=("checklist", "answer", "items"), optional=("early_if",))
        else:
            keys = node.mapping(required=("fact",), optional=("early_if", "again_if", "options", "bands"))
        question = self.checklist(keys, part, block) if is_checklist else self.single(keys, part, block)
        if question is None:
            return None
        self.made = self.made or {}
        if is_checklist and question.id in self.made:
            node.problem("D001", f"the checklist '{question.id}' stands twice")
        question = self.made.setdefault(question.id, question)
        early, again = (self.conditions.read(keys[k]) if k in keys else None for k in ("early_if", "again_if"))
        return Entry(question, early, again)

    def single(self, keys: dict[str, Node], part: str, block: bool) -> Question | None:
        name = keys["fact"].one_of(self.facts, "fact") if "fact" in keys else ""
        if not name:
            return None
        fact = self.facts[name]
        setting = self.settings.get(name)
        given = setting.value if setting and isinstance(setting.value, dict) else {}
        options: tuple[tuple[str, str], ...] = tuple((v, v) for v in fact.values if v != "unknown")
        if setting and "options" in given:
            options = tuple(
                (option, child.one_of(fact.values, f"value of '{name}'"))
                for option, child in setting.child("options").mapping().items()
            )
        bands = self.bands(setting.child("bands"), fact) if setting and "bands" in given else ()
        kind: QuestionKind = fact.kind
        return Question(name, kind, part, block, fact=name, options=() if kind == "number" else options, bands=bands)

    def bands(self, node: Node, fact: Fact) -> tuple[Value, ...]:
        bands: list[Value] = []
        for item in node.items():
            try:
                bands.append(fact.read(item.value))
            except InputError as error:
                item.problem("D002", str(error))
        return tuple(bands)

    def checklist(self, keys: dict[str, Node], part: str, block: bool) -> Question | None:
        name = keys["checklist"].text() if "checklist" in keys else ""
        if name in self.facts or name in ENDINGS:
            keys["checklist"].problem("D003", f"'{name}' is taken; give the checklist a name of its own")
        answer = keys["answer"].one_of(("lines", "ticks"), "way to answer") if "answer" in keys else ""
        items = keys["items"].mapping() if "items" in keys else {}
        if not name or not answer:
            return None
        read = tuple(self.item(child) for child in items.values())
        return Question(name, "lines" if answer == "lines" else "ticks", part, block, items=read)

    def item(self, node: Node) -> Item:
        if isinstance(node.value, dict) and "asks" in node.value:
            keys = node.mapping(required=("asks",))
            return Item(node.key, asks=keys["asks"].one_of(self.facts, "fact"))
        gives: list[tuple[str, str]] = []
        for name, child in node.mapping().items():
            if name not in self.facts:
                child.problem("D004", f"there is no fact '{name}'{did_you_mean(name, self.facts)}")
                continue
            value = child.one_of([v for v in self.facts[name].values if v not in NOT_SURE], f"value of '{name}'")
            if value:
                gives.append((name, value))
        return Item(node.key, gives=tuple(gives))
