"""The questions of a pack for review: both wordings side by side, why and when each is asked."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.case import WHOM, Fact
from chatbot.condition import Condition
from chatbot.document.blocks import Block, Heading, Item, Items, Paragraph, Table
from chatbot.export.english import Clause, English, term_name, terms_in
from chatbot.export.graph import gates_of
from chatbot.interview.question import Question
from chatbot.packs.pack import Pack
from chatbot.packs.read_wording import option_ids
from chatbot.wording import QuestionText, Wording

_HOW = {
    "one": "one answer",
    "many": "all that are true",
    "number": "a number",
    "lines": "a list, each line answered yes, no or not sure",
    "ticks": "a list, all that are true are ticked",
}


def questions(pack: Pack, wording: Wording, english: English) -> Iterator[Block]:
    """Every question under its part, then the words that put one, then the named conditions."""
    yield Heading(2, "Questions", "questions")
    yield Paragraph(
        "\u201cI'm not sure\u201d can always be chosen. What is left out as not known is said in the summary."
    )
    yield from _forms(wording)
    for number, part in enumerate(pack.dialog.parts, start=1):
        yield Heading(3, f"Part {number}: {wording.parts[part.id]['clinician']}", f"part-{part.id}")
        asked = [question for question in pack.dialog.questions.values() if question.part == part.id]
        for question in asked:
            yield Heading(4, question.id.replace("_", " ").capitalize(), f"question-{question.id}")
            yield Items(tuple(_about(pack, question, english)))
            yield _wordings(question, wording)
    yield from _phrases(wording)
    yield from _terms(pack, english)


def _forms(wording: Wording) -> Iterator[Block]:
    """The words in braces in what a carer reads, which is about her, him or them."""
    if wording.carer.forms:
        yield Paragraph("In what a carer reads, a word in braces is said in one of three forms.")
        rows = tuple((f"{{{name}}}", *(of[whom] for whom in WHOM)) for name, of in wording.carer.forms.items())
        yield Table("Forms in what a carer reads", ("", *(f"of {whom}" for whom in WHOM)), rows)


def _about(pack: Pack, question: Question, english: English) -> Iterator[Item]:
    yield Item(f"{question.id}, answered with {_HOW[question.kind]}", "Id")
    facts = pack.rulebook.facts
    entries = [entry for entry in pack.dialog.entries if entry.question.id == question.id]
    gates = [Item(gate) for gate in gates_of(question, facts, english)]
    if question.block:
        always = "in the emergency checks, always" if not gates else "in the emergency checks, to those it applies to"
        yield Item(always, "Asked", tuple(gates))
    else:
        yield Item("while the answer can still change the result or the advice", "Asked", tuple(gates))
    for entry in entries:
        if entry.early_if is not None:
            yield as_item(english.clause(entry.early_if), "Asked at an earlier place if")
        if entry.again_if is not None:
            yield as_item(english.clause(entry.again_if), "Asked once more if")
    for name in question.facts:
        yield Item(_ranked(facts[name], english), f"Counts for {english.fact(name)}")


def _ranked(fact: Fact, english: English) -> str:
    """Says how the answers of a fact are ranked, and what not knowing counts as."""
    if fact.kind == "number":
        how = {"rising": "higher is more worrying", "falling": "lower is more worrying", "free": "no order"}[fact.worse]
        text = f"{fact.low:g} to {fact.high:g} {fact.unit}; {how}"
    elif fact.kind == "many":
        text = f"each adds to the worry: {'; '.join(english.value(fact.id, item) for item in fact.items)}"
    else:
        steps = (" = ".join(dict.fromkeys(english.value(fact.id, value) for value in step)) for step in fact.steps)
        text = f"{' < ' if fact.worse != 'free' else ', '}".join(steps)
        text += "" if fact.worse != "free" else " (no order)"
    if fact.not_sure == "unanswered":
        return f"{text}; not known counts as no answer"
    if isinstance(fact.not_sure, str):
        return f"{text}; not known counts as {english.value(fact.id, fact.not_sure)}"
    return text


def _wordings(question: Question, wording: Wording) -> Table:
    texts = wording.questions[question.id]
    readers = tuple(texts[who] for who in ("patient", "carer", "clinician") if who in texts)

    def row(name: str, of: str) -> tuple[str, ...]:
        return name, *(wording.fill(getattr(text, of), "any") for text in readers)

    rows = [row("Question", "ask"), row("Why we ask", "why"), row("Second asking", "again"), row("Example", "example")]
    rows = [cells for cells in rows if any(cells[1:])]
    for number, option in enumerate(_options(question, texts["patient"]), start=1):
        rows.append((f"Option {number}", *(wording.fill(text.options.get(option, ""), "any") for text in readers)))
    plain = ("Patient", "Carer, where it differs") if "carer" in texts else ("Patient or carer",)
    return Table("Wording", ("", *plain, "Clinician"), tuple(rows))


def _options(question: Question, text: QuestionText) -> Iterator[str]:
    """The options in the order shown; numbers show their words only where they have any."""
    wanted, extra = option_ids(question)
    yield from dict.fromkeys([*wanted, *(option for option in extra if option in text.options)])


def _phrases(wording: Wording) -> Iterator[Block]:
    if wording.phrases:
        yield Heading(3, "Words that put a question", "phrases")
        yield Paragraph("Said at any time, these put the question. They can add an answer and never clear one.")
        rows = tuple((phrase.asks.replace("_", " "), "; ".join(phrase.words)) for phrase in wording.phrases)
        yield Table("Words that put a question", ("Question", "Words"), rows)


def _terms(pack: Pack, english: English) -> Iterator[Block]:
    found = terms_in(_conditions(pack))
    if found:
        yield Heading(2, "Named conditions", "terms")
        yield Items(tuple(as_item(english.clause(of), f"{term_name(name)} holds if") for name, of in found.items()))


def _conditions(pack: Pack) -> Iterator[Condition]:
    """Every condition of a pack."""
    book = pack.rulebook
    yield from (fact.asked_if for fact in book.facts.values() if fact.asked_if is not None)
    for entry in pack.dialog.entries:
        yield from (part for part in (entry.early_if, entry.again_if) if part is not None)
    for rule in book.rules:
        yield from (part for part in (rule.when, rule.named_if) if part is not None)
    for item in book.advice:
        yield from (item.offer_if, *item.blocked_if, *item.caution_if)


def as_item(clause: Clause, label: str = "") -> Item:
    """A condition as a line of a list, its parts under it."""
    return Item(clause.text, label, tuple(map(as_item, clause.under)))
