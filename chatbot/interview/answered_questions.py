"""The answers so far as rows a person can check: what was asked, what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.case import Answer, Fact, Span, Value
from chatbot.condition import TRUE
from chatbot.interview.interview import Interview
from chatbot.interview.question import Item, Question
from chatbot.recommendation.value_text import in_lengths, in_words
from chatbot.wording import Wording

# The numbers or letters of lines, which say nothing without the lines.
_PLACES = re.compile(r"(?:#?\d{1,2}|[a-z])?(?:[\s,]+(?:#?\d{1,2}|[a-z]))*[.)]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One answered question in the words of its audience: its part, a short name, what was asked, what was said."""

    question: str
    part: str
    name: str
    ask: str
    said: tuple[str, ...]

    @property
    def answer(self) -> str:
        """Everything said, as one text."""
        return "; ".join(self.said)


def answers_given(interview: Interview, wording: Wording) -> Iterator[AnsweredQuestion]:
    """The answers that count, in asking order; one whose question no longer applies is left out."""
    whole = interview.case.by_question
    kept = {answer.question: answer for answer in interview.applicable_answers}
    for question in interview.plan.dialog.questions.values():
        answer = kept.get(question.id)
        if answer is None or (whole[question.id].values and not answer.values):
            continue
        ask = wording.fill(wording.questions[question.id][interview.case.audience].ask, interview.case.country)
        name = name_of(question, ask, interview, wording)
        yield AnsweredQuestion(question.id, question.part, name, ask, in_answer_words(interview, answer, wording))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what was said to it: in the person's own words, and in those of the options."""

    question: str
    ask: str
    said: str
    meant: str


def exchanges(interview: Interview, wording: Wording, last: int = 0) -> tuple[Exchange, ...]:
    """The conversation so far in the order in which it was held; of a long one only the `last`, if that is given."""
    past = []
    for answer in interview.case.answers[-last:]:
        question = interview.plan.dialog.questions[answer.question]
        text = wording.questions[question.id][interview.case.audience]
        ask = wording.fill((answer.again and text.again) or text.ask, interview.case.country)
        meant = "; ".join(in_answer_words(interview, answer, wording))
        by_place = question.kind != "number" and _PLACES.fullmatch(answer.said)
        said = meant if question.kind in ("lines", "ticks") or by_place else answer.said
        past.append(Exchange(question.id, ask, said, meant))
    return tuple(past)


def in_answer_words(interview: Interview, answer: Answer, wording: Wording) -> tuple[str, ...]:
    """Says an answer in the wording of the options chosen; never empty."""
    question = interview.plan.dialog.questions[answer.question]
    said = _Said(interview, question, wording)
    texts = tuple(dict.fromkeys(said.of_list(answer) if question.items else said.of_fact(answer)))
    return tuple(wording.fill(text, interview.case.country) for text in texts) or (wording.say("no_answer"),)


def name_of(question: Question, ask: str, interview: Interview, wording: Wording) -> str:
    """The name of a question in a list: its fact, or the first sentence of a checklist."""
    if question.fact is None:
        return re.split(r"[.?!](?:\s|$)", ask)[0]
    name = wording.fill(wording.facts[question.fact][interview.case.audience], interview.case.country)
    return name[:1].upper() + name[1:]


class _Said:
    def __init__(self, interview: Interview, question: Question, wording: Wording) -> None:
        self.interview = interview
        self.question = question
        self.wording = wording
        self.audience = interview.case.audience
        self.texts = wording.questions[question.id][self.audience].options
        self.facts = interview.plan.rulebook.facts

    def of_list(self, answer: Answer) -> Iterator[str]:
        """The lines that are true, then those not known; of many not known one text speaks."""
        if not answer.lines:
            yield from self.of_values(answer)
            return
        put = [item for item in self.question.items if item.id in answer.lines and self.applies(item)]
        chosen = [self.texts[item.id] for item in put if answer.lines[item.id] == "yes"]
        unsure = [self.texts[item.id] for item in put if answer.lines[item.id] == "unknown"]
        yield from chosen
        if self.question.kind == "ticks" and len(unsure) > 1:
            yield self.wording.say("unsure_some")
        else:
            yield from (self.wording.say("not_sure_of", text=text) for text in unsure)
        if put and not chosen and not unsure:
            yield self.wording.say("none_true")

    def applies(self, item: Item) -> bool:
        """True when a line speaks of a fact that is asked of this person."""
        return any(self.interview.rule_state.applies(fact) == TRUE for fact in item.facts) or (
            self.question.id in self.interview.case.raised
        )

    def of_values(self, answer: Answer) -> Iterator[str]:
        """Yields what a list gave to facts, when it is not known line by line."""
        values = {name: self.facts[name].read(given) for name, given in answer.values.items()}
        for name, value in values.items():
            if value != self.facts[name].least:
                yield from in_words(self.wording, self.facts[name], value, self.audience)
        if values and all(value == self.facts[name].least for name, value in values.items()):
            yield self.wording.say("none_true")

    def of_fact(self, answer: Answer) -> Iterator[str]:
        """The options chosen, else the value in words."""
        options = dict(self.question.options)
        chosen = [name for name in options if answer.lines.get(name) == "yes" and name in self.texts]
        yield from (self.texts[name] for name in chosen)
        for name, given in answer.values.items():
            value = self.facts[name].read(given)
            if value == frozenset():
                yield self.wording.say("none_true")
            elif value in ("unknown", "prefer_not") and value not in chosen:
                yield self.not_told(str(value))
            elif isinstance(value, frozenset) and "unknown" in value:
                yield self.wording.say("unsure_some" if chosen else "not_sure")
            elif not chosen:
                yield from self.of_value(self.facts[name], value, answer)

    def not_told(self, value: str) -> str:
        """An answer that is not known or was declined, as it was offered."""
        if value == "prefer_not":
            return self.texts.get("prefer_not", self.wording.say("prefer_not"))
        return self.wording.say("not_known" if self.audience == "clinician" else "not_sure")

    def of_value(self, fact: Fact, value: Value, answer: Answer) -> Iterator[str]:
        """A value without its option: a group, an amount, or what the value is called."""
        if not isinstance(value, Span):
            yield from in_words(self.wording, fact, value, self.audience)
        elif answer.again and value in self.question.bands:
            yield self.texts[str(self.question.bands.index(value) + 1)]
        elif (length := in_lengths(self.wording, fact, value)) is not None:
            yield length
        else:
            key = "amount" if value.low == value.high else "amount_between"
            unit = self.wording.say(f"unit_{fact.unit}")
            yield self.wording.say(key, low=f"{value.low:g}", high=f"{value.high:g}", unit=unit)
