"""Answers and questions as lines to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.interview.answered_questions import answers_given
from chatbot.interview.conversation import Conversation
from chatbot.interview.reading.sanitise import harmless
from chatbot.interview.view.line import Line
from chatbot.texts.say import Texts


def row_lines(conversation: Conversation, words: Texts) -> Iterator[Line]:
    """The answers that count, under the names of their parts, each with its change where it can be asked again."""
    texts, interview = conversation.words, conversation.interview
    part = ""
    for row in answers_given(interview, texts):
        if row.part != part:
            part = row.part
            yield Line(f"part {part}", harmless(texts.parts[part][interview.case.audience]), heading=True)
        text = words.say("row", question=row.name, answer=row.answer)
        # Only an emergency stands before a question; to try each change is slow.
        can_change = conversation.state != "emergency" or conversation.change(row.question) is not None
        yield Line(row.question, harmless(text), action=words.say("change") if can_change else "")


def question_lines(conversation: Conversation, words: Texts) -> Iterator[Line]:
    """Every question that applies, in the order it is asked, with its answer or that it has none."""
    texts, interview = conversation.words, conversation.interview
    answered = {row.question: row.answer for row in answers_given(interview, texts)}
    part = ""
    for question in interview.plan.dialog.questions.values():
        if not any(interview.applies(fact) for fact in question.facts):
            continue
        if question.part != part:
            part = question.part
            yield Line(f"part {part}", harmless(texts.parts[part][interview.case.audience]), heading=True)
        ask = texts.fill(texts.questions[question.id][interview.case.audience].ask, interview.case.country)
        said = answered.get(question.id, words.say("not_asked_yet"))
        yield Line(question.id, harmless(words.say("row", question=ask, answer=said)))
