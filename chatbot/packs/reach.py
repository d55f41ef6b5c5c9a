"""Which questions ask about a fact, and what of it they cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.case import NOT_SURE, Fact
from chatbot.interview.question import Dialog, Question


def asked_by(dialog: Dialog) -> dict[str, list[Question]]:
    """The questions that ask about each fact."""
    asked: dict[str, list[Question]] = {}
    for question in dialog.questions.values():
        for name in question.facts:
            asked.setdefault(name, []).append(question)
    return asked


def unsayable(fact: Fact, questions: list[Question]) -> Iterator[str]:
    """The values of a fact that no option and no line of its questions gives."""
    if fact.kind == "number":
        return
    said: set[str] = set(fact.steps[0][:1]) if fact.steps and any(q.items for q in questions) else set()
    for question in questions:
        said |= set(question.items_of(fact.id)) | {value for _, value in question.options}
    yield from (value for value in fact.values if value not in NOT_SURE and value not in said)


def without_own_question(fact: Fact, questions: list[Question]) -> Iterator[str]:
    """Why a fact that only checklists speak of needs a question of its own; nothing when it does not."""
    if any(question.fact for question in questions):
        return
    if any(item.asks == fact.id for question in questions for item in question.items):
        yield "is opened by a line with 'asks' and nothing asks it then"
    elif fact.kind == "one" and {question.kind for question in questions} == {"ticks"}:
        yield "stands in a tick list only, which leaves 'not sure' to it"
    elif fact.kind == "many" and "unknown" not in fact.items:
        yield "stands in checklists only and has no item 'unknown' for 'not sure'"
