"""Facts told as a conversation: what a person with these facts would answer to each question they are asked."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.case import Answer, Case, Fact, PlainValue, Reply, Span, Stated, Value, plain, stated
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.question import Item, Question
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.simulate import answer_from
from chatbot.interview.to_transcript import transcript_of
from chatbot.interview.transcript import Transcript
from chatbot.packs.pack import Pack


def told(pack: Pack, facts: Mapping[str, PlainValue], about: str) -> Transcript | None:
    """The transcript in which these facts are told; None when there is nothing to tell.

    Questions they leave open are answered calmly; those of the emergency block are taken back at the end, and the
    person stops there.
    """
    case = Case.of_facts(facts)
    given = stated(pack.rulebook.facts, case.answers)
    calm = Stated({**{fact.id: _calm(fact) for fact in pack.rulebook.facts.values()}, **given.values})
    conversation, left_open = begin(pack.plan, pack.wording(), case.mode, "any", None), list[str]()
    for _ in range(2 * len(pack.dialog.questions)):
        question = conversation.interview.question
        if question is None:
            break
        if question.block and not any(fact in given.values for fact in question.facts):
            left_open.append(question.id)
        conversation = conversation.answer(ParsedAnswer(_answer(conversation, question, calm)))
    for name in left_open:
        conversation = conversation.change(name) or conversation
    if left_open:
        conversation = conversation.stop()
    elif conversation.state == "check_answers":
        conversation = conversation.confirm()
    transcript = transcript_of(conversation, pack.id)
    return None if transcript is None else transcript.model_copy(update={"about": about})


def _calm(fact: Fact) -> Value:
    return fact.least if fact.rises_from is None else Span(fact.rises_from, fact.rises_from)


def _answer(conversation: Conversation, question: Question, given: Stated) -> Answer:
    """The answer of the facts to a question."""
    interview = conversation.interview
    if question.items:
        return interview.listed({item.id: _reply(item, given) for item in interview.items()}, "")
    answer, _ = answer_from(question, given, interview)
    value = next(iter(answer.values.values()))
    chosen = {option: "yes" for option, means in question.options if means == value or _among(means, value)}
    fact = None if question.fact is None else interview.plan.rulebook.facts[question.fact]
    said = _in_figures(value, fact.unit if fact is not None and fact.unit in ("days", "weeks") else "")
    return answer.model_copy(update={"said": said, "lines": chosen if question.kind in ("one", "many") else {}})


def _in_figures(value: PlainValue, unit: str) -> str:
    if isinstance(value, dict):
        return f"{value['from']:g} to {value['to']:g} {unit}".rstrip()
    return f"{value:g} {unit}".rstrip() if isinstance(value, (int, float)) else ""


def _among(option: str, value: PlainValue) -> bool:
    return isinstance(value, list) and option in value


def _reply(item: Item, given: Stated) -> Reply:
    """The reply to a line: yes when all it gives is so."""
    if item.asks:
        value = given.values.get(item.asks)
        return "no" if value is None or plain(value) in ("none", "no", []) else "yes"
    given_and_wanted = [(given.values.get(fact), wanted) for fact, wanted in item.gives]
    if all(value == wanted or (isinstance(value, frozenset) and wanted in value) for value, wanted in given_and_wanted):
        return "yes"
    unsure = any(
        value == "unknown" or (isinstance(value, frozenset) and "unknown" in value) for value, _ in given_and_wanted
    )
    return "unknown" if unsure else "no"
