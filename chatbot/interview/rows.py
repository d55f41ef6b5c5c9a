"""The answers so far as rows a person can check: what was asked, what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.case import Answer
from chatbot.interview.interview import Interview
from chatbot.interview.prompt import audience_of
from chatbot.interview.question import Question
from chatbot.recommendation.said import in_words
from chatbot.wording import Audience, Wording


@dataclass(frozen=True, slots=True)
class Row:
    """One answered question, with its part, in the words of its audience."""

    question: str
    part: str
    ask: str
    said: tuple[str, ...]


def rows(interview: Interview, wording: Wording) -> Iterator[Row]:
    """The answers that count, in asking order."""
    audience = audience_of(interview)
    country = interview.case.country
    for answer in interview.kept:
        question = interview.plan.dialog.questions[answer.question]
        ask = wording.fill(wording.questions[question.id][audience].ask, country)
        said = tuple(wording.fill(text, country) for text in _said(answer, question, interview, wording, audience))
        yield Row(question.id, question.part, ask, said or (wording.say("no_answer"),))


def _said(
    answer: Answer, question: Question, interview: Interview, wording: Wording, audience: Audience
) -> Iterator[str]:
    texts = wording.questions[question.id][audience].options
    if question.items and answer.lines:
        yes = [texts[item] for item, reply in answer.lines.items() if reply == "yes"]
        unsure = [texts[item] for item, reply in answer.lines.items() if reply == "unknown"]
        yield from yes
        yield from (wording.say("not_sure_of", text=text) for text in unsure)
        if not yes and not unsure:
            yield wording.say("none_true")
        return
    for name, given in answer.values.items():
        fact = interview.plan.rulebook.facts[name]
        value = fact.read(given)
        if value == fact.least and question.items:
            continue
        yield from in_words(wording, fact, value, audience) or (wording.say("none_true"),)
    if (
        question.items
        and answer.values
        and all(
            interview.plan.rulebook.facts[name].read(given) == interview.plan.rulebook.facts[name].least
            for name, given in answer.values.items()
        )
    ):
        yield wording.say("none_true")
