"""A question as it is put to someone: its words, its options, what else may be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from chatbot.case import Fact
from chatbot.interview.interview import Interview
from chatbot.interview.question import Question
from chatbot.interview.reading.choices import Choice
from chatbot.wording import Wording

# Told apart by their star from options, which may have the same names.
Always = Literal["*none", "*some", "*unknown", "*prefer_not"]
ALWAYS: tuple[Always, ...] = get_args(Always)
_TICKED = ("ticks", "many")
_LISTS = (*_TICKED, "lines")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question in the words of an audience, language and country.

    `choices` carry option, band or line ids with their texts; in a list of lines each is answered on its own. `always`
    are the answers that every question of its kind has, by what they mean. `number` of `parts` is its place among the
    named parts of the interview. `aloud` and `aloud_lines` are what a nurse may read out: the patient's wording of the
    question and of each choice.
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
    always: tuple[tuple[Always, str], ...]
    aloud: str
    aloud_lines: tuple[str, ...]
    number: int
    parts: int

    @property
    def may_prefer_not(self) -> bool:
        """True when declining to say is offered."""
        return bool(self.prefer_not)

    @property
    def is_figure(self) -> bool:
        """True when a typed number is the answer itself; groups offered the second time are lines to choose from."""
        return self.question.kind == "number" and not (self.again and self.question.bands)

    @property
    def is_list(self) -> bool:
        """True when several lines may be true."""
        return self.question.kind in _LISTS

    @property
    def labels(self) -> tuple[str, ...]:
        """The texts shown, in order."""
        return tuple(choice.texts[0] for choice in self.choices)


def prompt(interview: Interview, wording: Wording) -> Prompt | None:
    """The question at hand as it is put; None when the interview has ended."""
    question = interview.question
    if question is None:
        return None
    audience = interview.case.audience
    text = wording.questions[question.id][audience]
    plain = wording.questions[question.id]["patient"]

    def fill(words: str) -> str:
        return wording.fill(words, interview.case.country)

    ask = (text.again or plain.again or text.ask) if interview.again else text.ask
    fact = interview.plan.rulebook.facts[question.fact] if question.fact else None
    prefer_not = fill(text.options.get("prefer_not", ""))
    parts = parts_of(interview)
    # What only a nurse can find out is not read out to anybody.
    is_aloud = audience == "clinician" and not all(
        interview.plan.rulebook.facts[name].nurse_only for name in question.facts
    )
    offered = [option for option in _offered(interview, question) if option in text.options]
    return Prompt(
        question=question,
        part=fill(wording.parts[question.part][audience]),
        ask=fill(ask),
        why=fill(text.why),
        example=fill(text.example),
        again=interview.again,
        choices=tuple(
            Choice(option, (fill(text.options[option]), *wording.typed.get(question.id, {}).get(option, ())))
            for option in offered
        ),
        fact=fact,
        skippable=interview.by_advice_alone,
        prefer_not=prefer_not,
        always=tuple(_always(interview, question, fact, prefer_not, wording)),
        aloud=fill((interview.again and plain.again) or plain.ask) if is_aloud else "",
        aloud_lines=tuple(fill(plain.options.get(option, "")) for option in offered) if is_aloud else (),
        number=parts.index(question.part) + 1 if question.part in parts else len(parts),
        parts=len(parts),
    )


def parts_of(interview: Interview) -> tuple[str, ...]:
    """The parts of the interview that concern who answers, in order."""
    facts = interview.plan.rulebook.facts
    mine = dict.fromkeys(
        question.part
        for question in interview.plan.dialog.questions.values()
        if interview.case.mode == "nurse" or any(not facts[name].nurse_only for name in question.facts)
    )
    return tuple(part.id for part in interview.plan.dialog.parts if part.id in mine)


def _always(
    interview: Interview, question: Question, fact: Fact | None, prefer_not: str, wording: Wording
) -> Iterator[tuple[Always, str]]:
    if question.kind in _LISTS:
        yield "*none", wording.say("none_of_these")
    if question.kind in _TICKED:
        yield "*some", wording.say("unsure_some")
    elif question.kind != "lines" and not (fact and fact.required and interview.again):
        yield "*unknown", wording.say("not_known" if interview.case.mode == "nurse" else "not_sure")
    if prefer_not:
        yield "*prefer_not", prefer_not


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
