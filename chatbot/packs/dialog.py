"""dialog.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from chatbot.case import NOT_SURE, Fact, Span, Value
from chatbot.condition import Condition, Reached, leaves_of
from chatbot.errors import InputError
from chatbot.interview.body_areas import AREAS
from chatbot.interview.machine import ENDINGS
from chatbot.interview.question import Dialog, Entry, Item, Part, Question
from chatbot.packs.conditions import Conditions
from chatbot.packs.node import Node, did_you_mean, short
from chatbot.recommendation.rulebook import Rulebook

_SETTINGS = ("options", "bands", "picture")


def read_dialog(node: Node, facts: Mapping[str, Fact], conditions: Conditions, rules: tuple[str, ...]) -> Dialog:
    """The parts and questions in asking order."""
    keys = node.mapping(required=("parts",), optional=("leaves", "whole_when_left"))
    reader = _Reader(facts, conditions, _settings(keys["parts"]) if "parts" in keys else {})
    parts = tuple(reader.part(child) for child in keys["parts"].mapping().values()) if "parts" in keys else ()
    leaves = keys["leaves"].one_of(rules, "rule") or None if "leaves" in keys else None
    if "parts" in keys and not any(part.entries for part in parts):
        keys["parts"].problem("D005", "nothing is asked; give a part an entry")
    for place in reader.ordinary.values():
        if isinstance(place.value, dict) and "early_if" in place.value:
            place.child("early_if").problem(
                "D006", "the last place of a question is its ordinary one; add a later place, or remove early_if"
            )
    return Dialog(parts=parts, leaves=leaves)


def done_on_leaving(node: Node, dialog: Dialog, rulebook: Rulebook, conditions: Conditions) -> Rulebook:
    """The rulebook in which whoever meets `whole_when_left` is asked nothing outside the emergency block."""
    if not isinstance(node.value, dict) or "whole_when_left" not in node.value:
        return rulebook
    done = conditions.read(node.child("whole_when_left"))
    asked = {True: set[str](), False: set[str]()}
    for question in dialog.questions.values():
        asked[question.block].update(question.facts)
    later = asked[False] - asked[True]
    facts = {name: replace(fact, done_if=done) if name in later else fact for name, fact in rulebook.facts.items()}
    return replace(rulebook, facts=facts)


def _settings(parts: Node) -> dict[str, Node]:
    """For each fact that is asked at several places, the place that carries its options, bands or picture."""
    settings: dict[str, Node] = {}
    for node in parts.walk():
        value = node.value
        if isinstance(value, dict) and isinstance(value.get("fact"), str) and set(_SETTINGS) & set(value):
            if value["fact"] in settings:
                node.problem(
                    "D011", f"options, bands or picture of '{short(value['fact'])}' stand at two places; use one"
                )
            settings[value["fact"]] = node
    return settings


class _Reader:
    def __init__(self, facts: Mapping[str, Fact], conditions: Conditions, settings: Mapping[str, Node]) -> None:
        self.facts = facts
        self.conditions = conditions
        self.settings = settings
        self.made: dict[str, Question] = {}
        self.ordinary: dict[str, Node] = {}

    def part(self, node: Node) -> Part:
        keys = node.mapping(required=("entries",), optional=("block",))
        block = "block" in keys and keys["block"].flag()
        entries = [self.entry(child, node.key, block) for child in keys["entries"].items()] if "entries" in keys else []
        return Part(node.key, block, tuple(entry for entry in entries if entry))

    def entry(self, node: Node, part: str, block: bool) -> Entry | None:
        is_checklist = isinstance(node.value, dict) and "checklist" in node.value
        if is_checklist:
            keys = node.mapping(required=("checklist", "answer", "items"))
        else:
            keys = node.mapping(required=("fact",), optional=("early_if", "again_if", *_SETTINGS))
        question = self.checklist(keys, part, block) if is_checklist else self.single(keys, part, block)
        if question is None:
            return None
        if is_checklist and question.id in self.made:
            node.problem("D001", f"the checklist '{question.id}' stands twice; keep one")
        question = self.made.setdefault(question.id, question)
        self.ordinary[question.id] = node
        early, again = (self.condition(keys[k]) if k in keys else None for k in ("early_if", "again_if"))
        return Entry(question, early, again)

    def condition(self, node: Node) -> Condition:
        found = self.conditions.read(node)
        if any(isinstance(leaf, Reached) for leaf in leaves_of(found)):
            node.problem("D007", f"{node.key} tests the result, which is not known yet; only advice and asked_if may")
        return found

    def single(self, keys: dict[str, Node], part: str, block: bool) -> Question | None:
        name = keys["fact"].one_of(self.facts, "fact") if "fact" in keys else ""
        if not name:
            return None
        fact, kind = self.facts[name], self.facts[name].kind
        setting = self.settings.get(name)
        given = setting.value if setting and isinstance(setting.value, dict) else {}
        for key in {"options"} & set(keys) if kind == "number" else {"bands"} & set(keys):
            keys[key].problem("D008", f"'{key}' does not fit '{name}', which is a {kind} fact; remove it")
        if "picture" in keys and kind != "many":
            keys["picture"].problem("D012", f"'{name}' is not of kind many, so a picture does not fit it; remove it")
        options: tuple[tuple[str, str], ...] = tuple((v, v) for v in fact.values if v != "unknown")
        if setting and "options" in given:
            options = tuple(
                (option, child.one_of(fact.values, f"value of '{name}'"))
                for option, child in setting.child("options").mapping().items()
            )
        bands = self.bands(setting.child("bands"), fact) if setting and "bands" in given and kind == "number" else ()
        picture = self.picture(setting.child("picture"), fact) if setting and "picture" in given else ()
        shown = () if kind == "number" else options
        return Question(name, kind, part, block, fact=name, options=shown, bands=bands, picture=picture)

    def picture(self, node: Node, fact: Fact) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The areas of the body outline for each value of a list; those of not being sure have none."""
        if fact.kind != "many":
            return ()
        values = tuple(value for value in fact.values if value not in NOT_SURE)
        keys = node.mapping(optional=values)
        for value in values if isinstance(node.value, dict) else ():
            if value not in keys or keys[value].value == []:
                keys.get(value, node).problem(
                    "D014", f"the picture of '{fact.id}' leaves out '{value}'; give it at least one area"
                )
        return tuple((value, tuple(dict.fromkeys(self.areas(keys[value])))) for value in values if value in keys)

    def areas(self, node: Node) -> Iterator[str]:
        """The known areas of a list; the others are problems."""
        for item in node.items():
            area = item.text()
            if area in AREAS:
                yield area
            elif area:
                near = did_you_mean(area, AREAS) or "; `triage schema pack` lists them"
                item.problem("D013", f"'{short(area)}' is no area of the body outline{near}")

    def bands(self, node: Node, fact: Fact) -> tuple[Value, ...]:
        """The bands offered when a number is not known, from low to high without an overlap."""
        bands: list[Span] = []
        for item in node.items():
            try:
                band = fact.read(item.value)
            except InputError as error:
                item.problem("D002", str(error))
                continue
            if isinstance(band, Span):
                bands.append(band)
            else:
                item.problem("D002", f"a band of '{fact.id}' is a number or {{from, to}}")
        for lower, higher in pairwise(bands):
            if lower.high >= higher.low:
                node.problem("D009", f"the bands of '{fact.id}' overlap at {higher.low:g}; list them from low to high")
        return tuple(bands)

    def checklist(self, keys: dict[str, Node], part: str, block: bool) -> Question | None:
        name = keys["checklist"].text() if "checklist" in keys else ""
        if name in self.facts or name in ENDINGS:
            taken = "the name of a fact" if name in self.facts else "how an interview can end"
            keys["checklist"].problem("D003", f"'{name}' is {taken}; give the checklist a name of its own")
        answer = keys["answer"].one_of(("lines", "ticks"), "way to answer") if "answer" in keys else ""
        items = keys["items"].mapping() if "items" in keys else {}
        if not name or not answer:
            return None
        if "items" in keys and not items:
            keys["items"].problem("D010", f"the checklist '{name}' has no lines; add one")
        read = tuple(self.item(child) for child in items.values())
        return Question(name, "lines" if answer == "lines" else "ticks", part, block, items=read)

    def item(self, node: Node) -> Item:
        if isinstance(node.value, dict) and "asks" in node.value:
            keys = node.mapping(required=("asks",))
            return Item(node.key, asks=keys["asks"].one_of(self.facts, "fact"))
        gives: list[tuple[str, str]] = []
        for name, child in node.mapping().items():
            if name not in self.facts:
                near = did_you_mean(name, self.facts) or "; check its spelling, or add it to facts.yaml"
                child.problem("D004", f"there is no fact '{short(name)}'{near}")
                continue
            value = child.one_of([v for v in self.facts[name].values if v not in NOT_SURE], f"value of '{name}'")
            if value:
                gives.append((name, value))
        if not node.value:
            node.problem("D010", f"the line {node.called} says nothing; give it a fact and a value")
        return Item(node.key, gives=tuple(gives))
