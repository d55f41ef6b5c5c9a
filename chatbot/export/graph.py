"""The dialog as a chart: the order once, each question with its gate, and the endings the machine holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from chatbot.case import Fact
from chatbot.document.blocks import flat
from chatbot.errors import InputError
from chatbot.export.english import English
from chatbot.interview.machine import ENDINGS, DialogMachine
from chatbot.interview.question import Entry, Question
from chatbot.packs.node import did_you_mean, short
from chatbot.packs.pack import Pack

# What each kind of state is called, and when a trigger leads there. Which of these ways exist, the machine says.
_NAMES = {
    "question": "Any question",
    "check_answers": "Check your answers",
    "complete": "Complete: the summary",
    "emergency": "Emergency advice",
    "out_of_scope": "Out of scope",
    "stopped": "Stopped",
}
_WHEN = {
    ("answered", "question", "emergency"): "as soon as a rule at emergency level holds",
    ("answered", "question", "out_of_scope"): "after the emergency block, if {leaves} holds",
    ("answered", "question", "check_answers"): "when no answer can change the result or the advice any more",
    ("answered", "check_answers", "complete"): "when the answers are confirmed",
    ("stop", "question", "stopped"): "when the person stops",
    ("stop", "check_answers", "stopped"): "when the person stops",
    ("stop", "emergency", "stopped"): "when the person stops",
    ("continue_note", "emergency", "question"): "when a nurse goes on for the note",
    ("continue_note", "emergency", "check_answers"): "when a nurse goes on and nothing is left to ask",
    ("continue_note", "emergency", "out_of_scope"): "when a nurse goes on and {leaves} holds",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A place where a question may be asked: its number, what is asked, and when; `early` if it is not the ordinary."""

    number: int
    question: str
    ask: str
    gates: tuple[str, ...]
    early: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dialog."""

    id: str
    title: str
    block: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way between two kinds of states, with its trigger and when it is taken."""

    source: str
    target: str
    when: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn; `leaves_after` is the part after which people out of scope leave.

    `follows` is the title of the next part, where only one is drawn and it is not the last.
    """

    title: str
    sections: tuple[Section, ...]
    ways: tuple[Way, ...]
    leaves_after: str = ""
    follows: str = ""

    def only(self, part: str) -> Chart:
        """The chart of one part; InputError says which there are."""
        names = [section.id for section in self.sections]
        if part not in names:
            near = did_you_mean(part, names) or f"; use one of {', '.join(names)}"
            raise InputError(f"the dialog has no part '{short(part)}'{near}")
        place = names.index(part)
        follows = next((section.title for section in self.sections[place + 1 :]), "")
        return replace(self, sections=(self.sections[place],), follows=follows)

    def into(self, target: str) -> str:
        """Says when a question leads to an ending; empty when the machine holds no such way."""
        return next((way.when for way in self.ways if (way.source, way.target) == ("question", target)), "")


def chart(pack: Pack, language: str = "en") -> Chart:
    """The chart of a pack's dialog."""
    wording = pack.wording(language)
    english = English(pack.rulebook.facts, wording)
    last = {entry.question.id: place for place, entry in enumerate(pack.dialog.entries)}
    sections, place = [], 0
    for part in pack.dialog.parts:
        steps = []
        for entry in part.entries:
            ask = wording.fill(wording.questions[entry.question.id]["clinician"].ask, "any")
            gates = tuple(asked_when(entry, pack.rulebook.facts, english))
            early = last[entry.question.id] != place
            place += 1
            steps.append(Step(place, entry.question.id, ask, gates, early))
        sections.append(Section(part.id, wording.parts[part.id]["clinician"], part.block, tuple(steps)))
    ways = tuple(_ways(pack.plan.machine, pack.dialog.leaves))
    block = [section.id for section in sections if section.block]
    return Chart(f"{pack.title} {pack.version}", tuple(sections), ways, block[-1] if block else "")


def asked_when(entry: Entry, facts: Mapping[str, Fact], english: English) -> Iterator[str]:
    """Yields why a question may be asked at a place, or left out; nothing where it stands without a condition."""
    yield from gates_of(entry.question, facts, english)
    if entry.early_if is not None:
        yield f"here already if {english.line(entry.early_if)}"
    if entry.again_if is not None:
        yield f"once more if {english.line(entry.again_if)}"


def gates_of(question: Question, facts: Mapping[str, Fact], english: English) -> Iterator[str]:
    """To whom a question applies; lines of a checklist that apply to fewer people are named."""
    gates: dict[tuple[str, ...], list[str]] = {}
    for name in question.facts:
        fact = facts[name]
        gate = ["nurses only"] if fact.nurse_only else []
        gate += [f"only if {english.line(fact.asked_if)}"] if fact.asked_if is not None else []
        gates.setdefault(tuple(gate), []).append(name)
    for texts, names in gates.items():
        of = f"{', '.join(map(english.fact, names))}: " if len(gates) > 1 else ""
        yield from (f"{of}{text}" for text in texts)


def _ways(machine: DialogMachine, leaves: str | None) -> Iterator[Way]:
    """Every kind of way the machine holds, but for those that can never be taken here."""
    kinds = dict.fromkeys((trigger, _kind(source), _kind(dest)) for trigger, source, dest in machine.edges)
    for trigger, source, dest in kinds:
        when = _WHEN.get((trigger, source, dest), "")
        if dest != "question" or source != "question":
            if "{leaves}" in when and leaves is None:
                continue
            yield Way(source, dest, when.replace("{leaves}", f"rule {leaves}"))


def _kind(state: str) -> str:
    return state if state in ENDINGS else "question"


def ending_name(state: str) -> str:
    """The name of a kind of state."""
    return _NAMES[state]


def mermaid(drawn: Chart) -> str:
    """The chart as Mermaid text; people's words stand in quotes, so that none of them can be syntax."""
    lines = ["flowchart TD", f"  accTitle: {_words(drawn.title)}"]
    order: list[str] = []
    for number, section in enumerate(drawn.sections, start=1):
        block = " (always finished)" if section.block else ""
        lines.append(f'  subgraph p{number}["{_words(section.title + block)}"]')
        for step in section.steps:
            text = "<br/>".join(map(_words, (f"{step.number}. {step.ask}", *step.gates)))
            lines.append(f'    q{step.number}["{text}"]{":::early" if step.early else ""}')
            order.append(f"q{step.number}")
        lines.append("  end")
    if drawn.follows:
        lines.append(f'  next(["Then: {_words(drawn.follows)}"])')
        order.append("next")
    lines += [f"  {one} --> {other}" for one, other in pairwise(order)]
    states = dict.fromkeys(state for way in drawn.ways for state in (way.source, way.target))
    lines += [f'  at_{state}(["{_words(_NAMES[state])}"]):::ending' for state in states]
    lines += [f'  at_{way.source} -->|"{_words(way.when)}"| at_{way.target}' for way in drawn.ways]
    lines.append("  classDef early stroke-dasharray: 5 4")
    lines.append("  classDef ending stroke-width: 2px")
    return "\n".join(lines) + "\n"


def _words(text: str) -> str:
    """Words that mean nothing to Mermaid: what could be syntax is written as a numbered character."""
    return "".join(f"#{ord(char)};" if char in '"#;<>&`\\{}|' else char for char in flat(text))
