"""A pack's words made ready for hearing: classes, rules, what puts a question, what a bare yes implies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from chatbot.case import Fact
from chatbot.interview.hearing.compositions import MEASURES, Item, Rule, read_rule
from chatbot.interview.hearing.english_asides import ASIDE_CLASSES, ASIDES
from chatbot.interview.hearing.english_scopes import REPLIES, SCOPES
from chatbot.interview.hearing.english_words import BINDING, CLASSES
from chatbot.interview.hearing.tagging import Tagger, read_phrase
from chatbot.interview.hearing.typed_words import Speller, stem
from chatbot.interview.question import Dialog, Question

# The scopes, replies and asides stand in the same trie, told apart by what stands before their names.
SCOPE, REPLY, ASIDE = "scope.", "reply.", "aside."
GENERAL = frozenset((*BINDING, *CLASSES))


@dataclass(frozen=True, slots=True)
class ValueRules:
    """The rules of one value: those that hold anywhere, those only at its own question, and those that say no to it."""

    any: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """What a pack hears of one fact, or of one list line by line.

    `raises` are the values that put the question when heard elsewhere, `implied` those that a bare yes or a bare time
    means; a `lasting` finding, such as an illness, is one however long ago it was. `old` is the value of what has been
    so for years and is no different, `together` that of two values said in one answer. `words` are its own classes.
    What is said of relatives counts where it is of `others`.
    """

    values: Mapping[str, ValueRules]
    raises: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    lasting: bool = False
    old: str = ""
    together: str = ""
    others: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackWords:
    """The words of a pack in one language as they are written: body parts, other classes, and what they find."""

    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a rule finds: a value of a fact or a line of a list, and the values that this gives to facts.

    One that `denies` says no to it.
    """

    key: str
    value: str
    rule: Rule
    is_here: bool
    gives: tuple[tuple[str, str], ...]
    asks: str | None = None
    denies: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it speaks of."""
        return (self.asks,) if self.asks else tuple(name for name, _ in self.gives)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A pack's words and its questions, ready for hearing."""

    words: PackWords
    dialog: Dialog
    facts: Mapping[str, Fact]
    ordinary: frozenset[str] = frozenset()

    @cached_property
    def tagger(self) -> Tagger:
        """The classes of the pack, the general ones, and those around a finding."""
        return Tagger(dict(self._classes()))

    def _classes(self) -> Iterator[tuple[str, Iterable[str]]]:
        yield from BINDING.items()
        yield from CLASSES.items()
        yield from ((SCOPE + name, entries) for name, entries in SCOPES.items())
        yield from ((REPLY + name, entries) for name, entries in REPLIES.items())
        yield from ((ASIDE + name, entries) for name, entries in ASIDE_CLASSES.items())
        for classes in (self.words.parts, self.words.classes):
            yield from classes.items()
        for key, block in self.words.blocks.items():
            yield from ((own_class(key, name), entries) for name, entries in block.words.items())
        literals = {name for rule in self._rules() for item in rule.items for name in item.names if name[0] == "'"}
        yield from ((name, (name.strip("'"),)) for name in sorted(literals))

    def _rules(self) -> Iterator[Rule]:
        yield from (finding.rule for finding in self.meanings)
        yield from (rule for rules in self.aside_rules.values() for rule in rules)

    @cached_property
    def aside_rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules by which an aside is heard, in the order in which one comes before another."""
        return {reply: tuple(map(read_rule, rules)) for reply, rules in ASIDES.items()}

    @cached_property
    def speller(self) -> Speller:
        """What slips of the finger may have meant."""
        denying = {
            word
            for entries in (
                *(SCOPES[name] for name in ("deny", "no_denial")),
                *REPLIES.values(),
                *BINDING.values(),
                CLASSES["well"],
            )
            for entry in entries
            for word in read_phrase(entry).words
        }
        known = {word for word in self.tagger.words if not word.isdecimal()}
        return Speller.of(known, self.ordinary | {stem(word) for word in self.ordinary}, denying)

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """Every rule with what it finds."""
        return tuple(self._read())

    def _read(self) -> Iterator[Meaning]:
        for key, block in self.words.blocks.items():
            for value, said in block.values.items():
                gives, asks = self._given(key, value)
                several = ((False, False, said.any), (True, False, said.here), (True, True, said.no))
                for is_here, denies, rules in several:
                    for text in rules:
                        rule = _resolved(read_rule(text), key, block.words)
                        yield Meaning(key, value, rule, is_here, gives, asks, denies)

    def _given(self, key: str, value: str) -> tuple[tuple[tuple[str, str], ...], str | None]:
        question = self.dialog.questions.get(key)
        if question is not None and question.items:
            item = next(item for item in question.items if item.id == value)
            return item.gives, item.asks
        return ((key, value),), None

    @cached_property
    def by_class(self) -> Mapping[str, tuple[Meaning, ...]]:
        """The findings by each class of the telling part of their rule; measures stand under their names."""
        return by_first_class(self.meanings)

    @cached_property
    def classes_about(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The classes in which the rules of each value of a fact, each line of a list, and each fact ("") speak."""
        found: dict[tuple[str, str], set[str]] = {}
        for meaning in self.meanings:
            names = {name for item in meaning.rule.wanted for name in item.names if name not in GENERAL}
            for pair in {(meaning.key, meaning.value), *meaning.gives, *((fact, "") for fact in meaning.facts)}:
                found.setdefault(pair, set()).update(names)
        return {pair: frozenset(names) for pair, names in found.items()}

    @cached_property
    def question_of(self) -> Mapping[str, str]:
        """The question that is put for a fact: its own, else the first list that has it."""
        lists = {name: q.id for q in reversed(list(self.dialog.questions.values())) for name in q.facts}
        return {**lists, **{name: name for name in self.facts if name in self.dialog.questions}}

    @cached_property
    def parts(self) -> frozenset[str]:
        """The classes that are body parts or functions."""
        return frozenset(self.words.parts)

    @cached_property
    def bounds(self) -> tuple[tuple[str, str, float, float], ...]:
        """The measures that rules ask for: name, kind, and the bounds within which one must lie."""
        names = {name for rule in self._rules() for item in rule.items for name in item.names if class_of(name) != name}
        found = []
        for name in sorted(names):
            kind, _, ends = name.partition(":")
            low, _, high = ends.partition("-")
            found.append((name, kind, float(low), float(high)))
        return tuple(found)

    def block(self, fact: str) -> Block | None:
        """What is heard of a fact, where it has words of its own."""
        return self.words.blocks.get(fact)

    def lines_of(self, question: Question, finding: Meaning) -> tuple[str, ...]:
        """The lines of a list that a finding speaks of."""
        if finding.key == question.id:
            return (finding.value,)
        if finding.asks is not None:
            return tuple(item.id for item in question.items if item.asks == finding.asks)
        own = set(finding.gives)
        told = tuple(item.id for item in question.items if own & set(item.gives))
        if told:
            # Where a list has words of its own, a fact that several of its lines give names none of them.
            return told if len(told) == 1 or question.id not in self.words.blocks else ()
        return tuple(item.id for item in question.items if item.asks and self._is_more_than_least(item.asks, finding))

    def _is_more_than_least(self, fact: str, finding: Meaning) -> bool:
        return any(name == fact and value != self.facts[fact].least for name, value in finding.gives)


def own_class(key: str, name: str) -> str:
    """The name of a class that only one block has."""
    return f"{key}/{name}"


def _resolved(rule: Rule, key: str, own: Collection[str]) -> Rule:
    """A rule in which the classes of its block are named as in the tagger."""
    return Rule(
        rule.text,
        tuple(
            Item(tuple(own_class(key, n) if n in own else n for n in item.names), item.absent) for item in rule.items
        ),
    )


def by_first_class(findings: Iterable[Meaning]) -> Mapping[str, tuple[Meaning, ...]]:
    """Findings by each class of the telling part of their rule."""
    found: dict[str, list[Meaning]] = {}
    for finding in findings:
        for name in _telling(finding.rule).names:
            found.setdefault(class_of(name), []).append(finding)
    return {name: tuple(several) for name, several in found.items()}


def _telling(rule: Rule) -> Item:
    """The part of a rule that is met least often: no general word if there is another."""
    return min(rule.wanted, key=lambda item: (any(name in GENERAL for name in item.names), len(item.names)))


@lru_cache(maxsize=20_000)
def class_of(name: str) -> str:
    """The class by which a part of a rule is looked up: that of a measure is its name alone."""
    measure = re.match(rf"({'|'.join(MEASURES)}):", name)
    return measure[1] if measure else name
