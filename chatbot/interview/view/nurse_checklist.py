"""A part of the interview as a nurse's checklist: what was said, what was told alone, what is left to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chatbot.interview.answered_questions import answers_given, name_of
from chatbot.interview.conversation import Conversation

Mark = Literal["done", "now", "theirs", "ask"]


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a part: a short name, what was said to it, and where it stands.

    `theirs` was said by the person alone and waits to be confirmed.
    """

    question: str
    name: str
    said: str
    mark: Mark


def is_theirs(conversation: Conversation, question: str) -> bool:
    """True when the person said something to a question alone that a nurse has not confirmed."""
    answer = conversation.previous_answers.get(question)
    return conversation.interview.case.mode == "nurse" and answer is not None and answer.by != "nurse"


def checklist(conversation: Conversation) -> tuple[Item, ...]:
    """The questions of the part at hand in acuity order; those that nothing waits for any more are left out."""
    interview, here = conversation.interview, conversation.interview.question
    if here is None:
        return ()
    said = {row.question: row.answer for row in answers_given(interview, conversation.words)}
    wanted = interview.plan.wanted.waiting(interview.case, interview.rule_state)
    items = []
    for question in interview.plan.dialog.questions.values():
        is_here = question.id == here.id
        if question.part != here.part or not (is_here or question.id in said or question.id in wanted):
            continue
        theirs = conversation.previous_words.get(question.id, "") if is_theirs(conversation, question.id) else ""
        mark: Mark = "now" if is_here else "done" if question.id in said else "theirs" if theirs else "ask"
        ask = conversation.words.fill(
            conversation.words.questions[question.id][interview.case.audience].ask, interview.case.country
        )
        name = name_of(question, ask, interview, conversation.words)
        items.append(Item(question.id, name, said.get(question.id, "") or theirs, mark))
    return tuple(items)
