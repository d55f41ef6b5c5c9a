"""A question as it is put to someone: its words, its options, what else may be said."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.case import Fact
from chatbot.interview.choices import Choice
from chatbot.interview.interview import Interview
from chatbot.interview.question import Question
from chatbot.wording import Audience, Wording


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question in the words of an audience, language and country.

    `choices` carry option, band or line ids with their texts; in a list of lines each is answered on its own.
    """

    question: Question
    part: str
    ask: str
    why: str
    example: str
    again: bool
    choices: tuple[Choice, ...]
    fact: Fact | None
    skippable: bool
    prefer_not: str

    @property
    def may_prefer_not(self) -> bool:
        """Whether declining to say is offered."""
        return bool(self.prefer_not)

    @property
    def labels(self) -> tuple[str, ...]:
        """The texts shown, in order."""
        return tuple(choice.texts[0] for choice in self.choices)


def audience_of(interview: Interview) -> Audience:
    """Nurses read clinical wording; patients and carers read plain words."""
    return "clinician" if interview.case.mode == "nurse" else "patient"


def prompt(interview: Interview, wording: Wording) -> Prompt | None:
    """The question at hand as it is put; None when the interview has ended."""
    question = interview.question
    if question is None:
        return None
    audience = audience_of(interview)
    text = wording.questions[question.id][audience]
    plain = wording.questions[question.id]["patient"]

    def fill(words: str) -> str:
        return wording.fill(words, interview.case.country)

    ask = (text.again or plain.again or text.ask) if interview.again else text.ask
    return Prompt(
        question=question,
        part=fill(wording.parts[question.part][audience]),
        ask=fill(ask),
        why=fill(text.why),
        example=fill(text.example),
        again=interview.again,
        choices=tuple(
            Choice(option, (fill(text.options[option]), *wording.typed.get(question.id, {}).get(option, ())))
            for option in _offered(interview, question)
            if option in text.options
        ),
        fact=interview.plan.rulebook.facts[question.fact] if question.fact else None,
        skippable=interview.by_advice_alone,
        prefer_not=fill(text.options.get("prefer_not", "")),
    )


def _offered(interview: Interview, question: Question) -> tuple[str, ...]:
    if question.items:
        return tuple(item.id for item in interview.items())
    if question.kind == "number":
        return tuple(str(n + 1) for n in range(len(question.bands))) if interview.again else _scale(question, interview)
    return tuple(option for option, value in question.options if value != "prefer_not")


def _scale(question: Question, interview: Interview) -> tuple[str, ...]:
    """The numbers of a short scale, which are shown as choices."""
    fact = interview.plan.rulebook.facts[question.id]
    return tuple(str(n) for n in range(int(fact.low), int(fact.high) + 1)) if fact.high - fact.low <= 10 else ()
