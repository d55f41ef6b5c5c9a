"""Questions as data: what is asked, in which order, and what the replies say of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from chatbot.case import Answer, Fact, PlainValue, Reply, Value, plain
from chatbot.condition import Condition

QuestionKind = Literal["one", "many", "number", "lines", "ticks"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist: the values it gives to facts, or the fact whose own question follows."""

    id: str
    gives: tuple[tuple[str, str], ...] = ()
    asks: str | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the line speaks of."""
        return (self.asks,) if self.asks else tuple(fact for fact, _ in self.gives)


@dataclass(frozen=True)
class Question:
    """A question: asked to learn one fact, whose id it has, or a checklist of facts.

    `options` are (option id, value) of a choice or list in the order shown; `bands` what is offered when a number is
    not known. `block` marks the emergency block, whose questions are always asked.
    """

    id: str
    kind: QuestionKind
    part: str
    block: bool
    fact: str | None = None
    items: tuple[Item, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    bands: tuple[Value, ...] = ()
    picture: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts the question asks about, each once, in the order of its lines."""
        if self.fact:
            return (self.fact,)
        return tuple(dict.fromkeys(fact for item in self.items for fact in item.facts))

    def items_of(self, fact: str) -> tuple[str, ...]:
        """The values of a fact that the checklist can say."""
        return tuple(value for item in self.items for name, value in item.gives if name == fact)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place where a question may be asked. The last place of a question is its ordinary one."""

    question: Question
    early_if: Condition | None = None
    again_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of the interview."""

    id: str
    block: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, eq=False)
class Dialog:
    """All questions in asking order; `leaves` is the rule that ends the interview after the emergency block."""

    parts: tuple[Part, ...]
    leaves: str | None = None

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every place in asking order."""
        return tuple(entry for part in self.parts for entry in part.entries)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the order of its ordinary place."""
        last = {entry.question.id: entry.question for entry in reversed(self.entries)}
        return dict(reversed(last.items()))


def plain_answer(question: Question, value: Value | str) -> Answer:
    """The answer that gives one value to the question's fact."""
    if question.fact is None:
        raise ValueError(f"'{question.id}' is a checklist")
    return Answer(question=question.id, values={question.fact: plain(value)})


def lines_answer(
    question: Question, facts: Mapping[str, Fact], lines: Mapping[str, Reply], asked: Callable[[str], bool]
) -> Answer:
    """The answer to a checklist from a reply to each of its lines.

    Lines without a reply say nothing; `asked` tells which facts apply. In a tick list a line not known leaves the
    fact to its own question, unless another line already gave it a value.
    """
    values: dict[str, PlainValue] = {}
    put: dict[str, tuple[str, ...]] = {}
    for name in filter(asked, question.facts):
        replies = list(_replies(question, name, lines))
        if facts[name].kind == "many":
            if any(reply for _, reply in replies):
                values[name] = _listed(facts[name], replies)
                put[name] = tuple(value for value, reply in replies if reply and value)
        else:
            value = _chosen(facts[name], replies, ask_later=question.kind == "ticks")
            if value is not None:
                values[name] = value
    return Answer(question=question.id, values=values, put=put, lines=dict(lines))


def _replies(question: Question, fact: str, lines: Mapping[str, Reply]) -> Iterator[tuple[str | None, Reply | None]]:
    for item in question.items:
        if item.asks == fact:
            yield None, lines.get(item.id)
        yield from ((value, lines.get(item.id)) for name, value in item.gives if name == fact)


def _listed(fact: Fact, replies: list[tuple[str | None, Reply | None]]) -> list[str]:
    chosen = {value for value, reply in replies if reply == "yes" and value}
    if "unknown" in fact.items and any(reply == "unknown" for _, reply in replies):
        chosen.add("unknown")
    return sorted(chosen)


def _chosen(fact: Fact, replies: list[tuple[str | None, Reply | None]], ask_later: bool) -> str | None:
    said = [value for value, reply in replies if reply == "yes" and value]
    unsure = any(reply == "unknown" for _, reply in replies)
    opened = any(value is None and reply == "yes" for value, reply in replies)
    if ask_later and not said and (unsure or opened):
        return None
    if unsure and not ask_later:
        said.append("unknown")
    if said:
        return max(said, key=fact.rank)
    if opened or any(reply is None for _, reply in replies):
        return None
    return str(fact.least)
