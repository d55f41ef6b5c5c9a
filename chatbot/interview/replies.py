"""What was said to the lines of a list so far, and the answer that it makes."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.case import Answer, Reply
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import Prompt

# To each line the reply, and the words.
Said = Mapping[str, tuple[Reply, str]]


def answer_said(interview: Interview, said: Said) -> Answer:
    """The answer to the list at hand from what was said to its lines.

    Of a list that was broken off only what is worrying counts: a "no" before the rest was read denies nothing, and the
    check stays incomplete.
    """
    answer = interview.listed(replies_of(said), "; ".join(words for _, words in said.values()))
    items = interview.question.items if interview.question else ()
    missing = {fact for item in items if item.id not in answer.lines for fact in item.facts if interview.applies(fact)}
    if not missing:
        return answer
    facts = interview.plan.rulebook.facts
    worrying = {name: given for name, given in answer.values.items() if facts[name].read(given) != facts[name].least}
    return answer.model_copy(update={"values": worrying})


def in_order(asked: Prompt | None, replies: Mapping[str, Reply]) -> dict[str, Reply]:
    """The replies in the order in which the lines of the list at hand stand."""
    lines = [choice.id for choice in asked.choices] if asked else []
    return {line: replies[line] for line in lines if line in replies}


def replies_of(said: Said) -> dict[str, Reply]:
    """The replies without their words."""
    return {line: reply for line, (reply, _) in said.items()}
