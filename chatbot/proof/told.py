"""Facts told as a conversation: what a person with these facts would answer to each question they are asked."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.case import Answer, Case, PlainValue, Reply, Stated, plain, stated
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.hear import Heard
from chatbot.interview.question import Item, Question
from chatbot.interview.record import transcript_of
from chatbot.interview.simulate import answer_from
from chatbot.interview.transcript import Transcript
from chatbot.packs.pack import Pack


def told(pack: Pack, facts: Mapping[str, PlainValue], about: str) -> Transcript | None:
    """The transcript in which these facts are told, up to the first question they leave open; None when that is all."""
    case = Case.of_facts(facts)
    given = stated(pack.rulebook.facts, case.answers)
    at = begin(pack.plan, pack.wording(), case.mode, "any", None)
    for _ in range(2 * len(pack.dialog.questions)):
        question = at.interview.question
        if question is None:
            break
        answer = _answer(at, question, given)
        if answer is None:
            at = at.stop()
            break
        at = at.answer(Heard(answer))
    at = at.confirm() if at.state == "check_answers" else at
    found = transcript_of(at, pack.id)
    return None if found is None else found.model_copy(update={"about": about})


def _answer(at: Conversation, question: Question, given: Stated) -> Answer | None:
    """What the facts say to a question; None where they are silent."""
    interview = at.interview
    answer, missing = answer_from(question, given, interview)
    if question.items:
        lines = {item.id: _reply(item, given) for item in interview.items()}
        return None if missing and not answer.values else interview.listed(lines, "")
    if missing or not answer.values:
        return None
    value = next(iter(answer.values.values()))
    chosen = {option: "yes" for option, means in question.options if means == value or _among(means, value)}
    said = f"{value:g}" if isinstance(value, (int, float)) else ""
    return answer.model_copy(update={"said": said, "lines": chosen if question.kind in ("one", "many") else {}})


def _among(option: str, value: PlainValue) -> bool:
    return isinstance(value, list) and option in value


def _reply(item: Item, given: Stated) -> Reply:
    """What is replied to a line: yes when all it gives is so."""
    if item.asks:
        value = given.values.get(item.asks)
        return "no" if value is None or plain(value) in ("none", "no", []) else "yes"
    found = [(given.values.get(fact), wanted) for fact, wanted in item.gives]
    if all(value == wanted or (isinstance(value, frozenset) and wanted in value) for value, wanted in found):
        return "yes"
    unsure = any(value == "unknown" or (isinstance(value, frozenset) and "unknown" in value) for value, _ in found)
    return "unknown" if unsure else "no"
