"""hearing/<language>.yaml: the words of a complaint, and what they state of its facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from chatbot.case import NOT_SURE, Fact
from chatbot.interview.hearing.compositions import MEASURES, Rule, RuleError, read_rule
from chatbot.interview.hearing.english_words import BINDING, CLASSES
from chatbot.interview.hearing.lexicon import Block, PackWords, ValueRules, class_of
from chatbot.interview.hearing.tagging import read_phrase
from chatbot.interview.question import Dialog
from chatbot.packs.node import Node, did_you_mean, short

_VALUE = ("any", "here", "not")
_BLOCK = ("words", "values", "raises", "implied", "lasting", "others", "old", "together")
_GENERAL = (*BINDING, *CLASSES)


def read_hearing(node: Node, dialog: Dialog, facts: Mapping[str, Fact]) -> PackWords:
    """The words of one language, every fault of them reported at its line."""
    keys = node.mapping(required=("language", "findings"), optional=("parts", "classes"))
    reader = _Reader(dialog, facts)
    if "language" in keys:
        keys["language"].text()
    parts = reader.classes(keys.get("parts"), reader.shared)
    classes = reader.classes(keys.get("classes"), reader.shared)
    blocks = reader.blocks(keys["findings"]) if "findings" in keys else {}
    reader.unused()
    return PackWords(parts, classes, blocks)


class _Reader:
    """Reads the parts of a file; what is used is kept, to say of each class what is wrong with it."""

    def __init__(self, dialog: Dialog, facts: Mapping[str, Fact]) -> None:
        self.dialog, self.facts = dialog, facts
        self.shared: dict[str, Node] = {}
        self.used: set[str] = set()

    def classes(self, node: Node | None, known: dict[str, Node]) -> dict[str, tuple[str, ...]]:
        """Classes by name, each with its words; where they stand goes to `known`."""
        found: dict[str, tuple[str, ...]] = {}
        for name, child in node.mapping().items() if node is not None else ():
            if name in known or name in self.shared:
                child.problem("R001", f"there are two classes called '{short(name)}'; put their words together")
            if name in _GENERAL:
                child.problem("R002", f"'{short(name)}' is a class of the program; use it as it is, or rename yours")
            found[name] = child.texts()
            known[name] = child
            for place, entry in enumerate(found[name]):
                if not read_phrase(entry).words:
                    child.child(place).problem("R003", f"'{short(entry)}' has no word in it")
        return found

    def blocks(self, node: Node) -> dict[str, Block]:
        """What is heard of each fact or list."""
        known = [*self.facts, *(q.id for q in self.dialog.questions.values() if q.items)]
        blocks: dict[str, Block] = {}
        for name, child in node.mapping(optional=known).items():
            keys = child.mapping(required=("values",), optional=_BLOCK)
            own: dict[str, Node] = {}
            words = self.classes(keys.get("words"), own)
            values = self._values_of(name)
            said = keys["values"].mapping(optional=values) if "values" in keys else {}
            blocks[name] = Block(
                values={value: self._said(rules, own) for value, rules in said.items()},
                raises=self._some(keys.get("raises"), values),
                implied=self._some(keys.get("implied"), values),
                lasting=keys["lasting"].flag() if "lasting" in keys else False,
                others=keys["others"].flag() if "others" in keys else False,
                old=keys["old"].one_of(values, "value") if "old" in keys else "",
                together=keys["together"].one_of(values, "value") if "together" in keys else "",
                words=words,
            )
            self._unused(own)
        return blocks

    def _values_of(self, name: str) -> tuple[str, ...]:
        """The values that a block may have: those of its fact, or the lines of its list."""
        question = self.dialog.questions.get(name)
        if question is not None and question.items:
            return tuple(item.id for item in question.items)
        fact = self.facts[name]
        if fact.kind == "number":
            return tuple(f"{n}" for n in range(int(fact.low), min(int(fact.high), 1000) + 1))
        return (*fact.values, *(word for word in NOT_SURE if word not in fact.values))

    def _some(self, node: Node | None, known: Iterable[str]) -> tuple[str, ...]:
        names = list(known)
        return tuple(word for item in (node.items() if node else ()) if (word := item.one_of(names, "value of it")))

    def _said(self, node: Node, own: Mapping[str, Node]) -> ValueRules:
        keys = node.mapping(optional=_VALUE)
        return ValueRules(*(tuple(self._read(keys[key], own)) if key in keys else () for key in _VALUE))

    def _read(self, node: Node, own: Mapping[str, Node]) -> Iterator[str]:
        for item in node.items():
            text = item.text()
            if not text:
                continue
            try:
                rule = read_rule(text)
            except RuleError as error:
                item.problem("R004", str(error))
                continue
            self._uses(item, rule, own)
            yield text

    def _uses(self, node: Node, rule: Rule, own: Mapping[str, Node]) -> None:
        """Every class in a rule exists."""
        known = {*own, *self.shared, *_GENERAL}
        for name in (name for item in rule.items for name in item.names):
            if name[0] == "'" or name in MEASURES or class_of(name) != name:
                continue
            self.used.add(name)
            if name not in known:
                mend = did_you_mean(name, known) or "; add it to classes, or put the word in 'quotes'"
                node.problem("R005", f"there is no class '{short(name)}'{mend}")

    def unused(self) -> None:
        """Every shared class is in a rule."""
        self._unused(self.shared)

    def _unused(self, named: Mapping[str, Node]) -> None:
        for name, node in named.items():
            if name not in self.used and not is_hiding(node):
                node.problem("R006", f"no rule uses the class '{short(name)}'; use it, or remove it")


def is_hiding(node: Node) -> bool:
    """True for a class all of whose entries only take their words, so that these mean nothing else."""
    return isinstance(node.value, list) and all(str(entry).startswith("=") for entry in node.value)


def denying_words() -> Collection[str]:
    """The single words that deny, which no class of a pack may hold by themselves."""
    from chatbot.interview.hearing.english_scopes import SCOPES

    return frozenset(entry for entry in SCOPES["deny"] if " " not in entry)
