"""Facts, answers and the case: what can be stated, what was said, and all of it together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, StrictFloat, StrictInt, ValidationError

from chatbot.errors import InputError

if TYPE_CHECKING:
    from chatbot.condition import Condition

Mode = Literal["patient", "carer", "nurse"]
# The person whom a carer answers for, as what the carer reads speaks of them.
Whom = Literal["her", "him", "them"]
Audience = Literal["patient", "clinician"]
Reply = Literal["yes", "no", "unknown"]
Mark = Literal["continued", "stopped", "confirmed", "skipped_rest"]

NOT_SURE = ("unknown", "prefer_not")
UNANSWERED = "unanswered"
AUDIENCES: tuple[Audience, ...] = ("patient", "clinician")
WHOM: tuple[Whom, ...] = ("her", "him", "them")
# The fact that says who answers, where a pack has it: set by whoever begins, and asked of nobody.
INTERVIEW_MODE = "interview_mode"


def audience_of(mode: Mode) -> Audience:
    """Nurses read clinical wording; patients and carers read plain words."""
    return "clinician" if mode == "nurse" else "patient"


@dataclass(frozen=True, slots=True)
class Span:
    """A number, or the interval in which it lies; both ends are included."""

    low: float
    high: float


Value = str | frozenset[str] | Span


@dataclass(frozen=True, eq=False)
class Fact:
    """One thing a case can state.

    `steps` holds the values of a choice from least to most worrying, equal ones together; `items` those of a list,
    which is worse by inclusion; `low` and `high` bound a number. `not_sure` is what unknown counts as where the
    steps have no place for it. A `required` fact cannot be passed over; nobody can change a `fixed` one. Once `done_if`
    holds the fact is asked no more; what was stated of it still counts, and contradicts nothing.
    """

    id: str
    kind: Literal["one", "many", "number"]
    worse: Literal["rising", "falling", "free"]
    steps: tuple[tuple[str, ...], ...] = ()
    items: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    unit: str = ""
    decimals: int = 0
    rises_from: float | None = None
    asked_if: Condition | None = None
    done_if: Condition | None = None
    nurse_only: bool = False
    time_critical: bool = False
    required: bool = False
    fixed: bool = False
    not_sure: Value | None = None

    @cached_property
    def values(self) -> tuple[str, ...]:
        """All values in order; for a list its items."""
        return self.items or tuple(value for step in self.steps for value in step)

    @property
    def least(self) -> Value:
        """The least worrying value."""
        if self.kind == "one":
            return self.steps[0][0]
        if self.kind == "many":
            return frozenset()
        number = self.high if self.worse == "falling" else self.low
        return Span(number, number)

    def rank(self, value: str) -> int:
        """Place of a choice's value among the steps, 0 for the least worrying."""
        return next(rank for rank, step in enumerate(self.steps) if value in step)

    def counted(self, value: Value) -> Value | None:
        """The value that an answer counts as in conditions; None when it counts as no answer at all."""
        if not isinstance(value, str) or (self.kind == "one" and value in self.values):
            return value
        return None if self.not_sure == UNANSWERED else self.not_sure

    def worst(self, one: Value, other: Value) -> Value:
        """The more worrying of two values of this fact."""
        if isinstance(one, frozenset) and isinstance(other, frozenset):
            return one | other
        if isinstance(one, str) and isinstance(other, str) and self.kind == "one":
            return max(one, other, key=self.rank)
        return other

    def read(self, given: object) -> Value:
        """The value that plain data stands for; InputError says what would do instead."""
        if isinstance(given, str) and given in NOT_SURE:
            if self.kind == "many" and "unknown" in self.items:
                return frozenset(["unknown"])
            return given
        if self.kind == "one":
            if isinstance(given, str) and given in self.values:
                return given
            raise InputError(f"fact '{self.id}' takes one of {', '.join(self.values)}; got {_shown(given)}")
        if self.kind == "many":
            return self._read_items(given)
        return self._read_number(given)

    def _read_items(self, given: object) -> frozenset[str]:
        if not isinstance(given, (list, tuple, frozenset, set)) or not all(isinstance(item, str) for item in given):
            raise InputError(f"fact '{self.id}' takes a list of words; got {_shown(given)}")
        chosen = frozenset(given) - {"none"} if frozenset(given) == {"none"} else frozenset(given)
        for item in sorted(chosen - set(self.items)):
            raise InputError(f"fact '{self.id}' has no item {_shown(item)}; it takes {', '.join(self.items)}")
        return chosen

    def _read_number(self, given: object) -> Span:
        ends: tuple[object, object]
        if isinstance(given, Mapping) and set(given) == {"from", "to"}:
            ends = (given["from"], given["to"])
        else:
            ends = (given, given)
        low, high = (self._number(end) for end in ends)
        if low > high:
            raise InputError(f"fact '{self.id}' has an interval whose 'from' is above its 'to'")
        return Span(low, high)

    def _number(self, given: object) -> float:
        if isinstance(given, bool) or not isinstance(given, (int, float)):
            raise InputError(f"fact '{self.id}' takes a number or {{from, to}}; got {_shown(given)}")
        if not self.low <= given <= self.high:
            raise InputError(f"fact '{self.id}' lies from {self.low:g} to {self.high:g}; got {_shown(given)}")
        if self.decimals == 0 and given != int(given):
            raise InputError(f"fact '{self.id}' takes whole {self.unit}; got {_shown(given)}")
        return given if self.decimals else int(given)


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 60 else text[:57] + "..."


def plain(value: Value) -> PlainValue:
    """The value as plain JSON data: a word, a sorted list, a number, or {from, to}."""
    if isinstance(value, Span):
        return value.low if value.low == value.high else {"from": value.low, "to": value.high}
    return sorted(value) if isinstance(value, frozenset) else value


Number = StrictInt | StrictFloat
PlainValue = str | Number | list[str] | dict[str, Number]


class Answer(BaseModel):
    """The answer to one question: fact values, and for the record the words and the speaker.

    `put` names the items a person was shown of a list that was asked in part, `lines` what was said to each line of a
    checklist; `again` marks the second asking. An answer without values was passed over.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    values: dict[str, PlainValue]
    put: dict[str, tuple[str, ...]] = {}
    lines: dict[str, Reply] = {}
    again: bool = False
    said: str = ""
    by: Mode = "patient"


def with_mode(facts: Mapping[str, Fact], values: Mapping[str, Value], mode: Mode) -> dict[str, Value]:
    """The values with who answers, where the facts ask for it and the values do not say it."""
    said = INTERVIEW_MODE not in facts or INTERVIEW_MODE in values
    return dict(values) if said else {**values, INTERVIEW_MODE: mode}


class Case(BaseModel):
    """All answers of one person; the only state there is.

    `whom` says how what a carer reads speaks of that person. `marks` are what was done besides answering, `raised` the
    questions that something said elsewhere put again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = "patient"
    whom: Whom = "them"
    country: str = "any"
    answers: tuple[Answer, ...] = ()
    marks: frozenset[Mark] = frozenset()
    raised: frozenset[str] = frozenset()

    @cached_property
    def by_question(self) -> Mapping[str, Answer]:
        """The answers keyed by question."""
        return {answer.question: answer for answer in self.answers}

    @property
    def audience(self) -> Audience:
        """The reader of what is asked and advised."""
        return audience_of(self.mode)

    def with_answer(self, answer: Answer) -> Case:
        """The case with one more answer; an earlier one to the same question is replaced where it stands."""
        if answer.question in self.by_question:
            answers = tuple(answer if old.question == answer.question else old for old in self.answers)
        else:
            answers = (*self.answers, answer)
        return self._but(answers=answers)

    def without(self, question: str) -> Case:
        """The case as if the question had not been answered."""
        return self._but(answers=tuple(a for a in self.answers if a.question != question))

    def marked(self, *marks: Mark) -> Case:
        """The case with marks added: continued for the note, stopped, confirmed, the rest skipped."""
        return self._but(marks=self.marks | set(marks))

    def unmarked(self, *marks: Mark) -> Case:
        """The case with marks taken away."""
        return self._but(marks=self.marks - set(marks))

    def raising(self, question: str) -> Case:
        """The case in which a question is put whatever its place or gate; an answer it had is taken back."""
        kept = tuple(answer for answer in self.answers if answer.question != question)
        return self._but(answers=kept, raised=self.raised | {question})

    def with_answers(self, answers: tuple[Answer, ...]) -> Case:
        """The case with these answers only."""
        return self._but(answers=answers)

    def _but(self, **update: object) -> Case:
        copy = self.model_copy(update=update)
        copy.__dict__.pop("by_question", None)  # model_copy takes the cached view along
        return copy

    @classmethod
    def of_facts(cls, facts: Mapping[str, PlainValue], country: str = "any", whom: Whom = "them") -> Case:
        """A case that states facts outright, one answer for each; `interview_mode` sets who is asked."""
        mode = facts.get(INTERVIEW_MODE, "patient")
        if mode not in ("patient", "carer", "nurse"):
            mode = "patient"
        answers = tuple(_stating(fact, value) for fact, value in facts.items())
        return cls(mode=mode, whom=whom, country=country, answers=answers)


def _stating(fact: str, value: PlainValue) -> Answer:
    try:
        return Answer(question=fact, values={fact: value})
    except ValidationError as error:
        raise InputError(
            f"fact '{fact}' takes a word, a number, a list of words or {{from, to}}; got {_shown(value)}"
        ) from error


@dataclass(frozen=True, slots=True)
class Stated:
    """The facts of a case, folded from its answers.

    `values` holds what was said, `covered` the items put of lists that were asked in part only.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    covered: Mapping[str, frozenset[str]] = field(default_factory=dict)


def stated(facts: Mapping[str, Fact], answers: Iterable[Answer], before: Stated | None = None) -> Stated:
    """Fold answers into facts; where two answers speak of one fact, the worse counts."""
    values = dict(before.values) if before else {}
    covered = dict(before.covered) if before else {}
    for answer in answers:
        for name, given in answer.values.items():
            if name not in facts:
                raise InputError(f"there is no fact '{name}'")
            fact, value = facts[name], facts[name].read(given)
            is_part = name in answer.put and (name not in values or name in covered)
            values[name] = fact.worst(values[name], value) if name in values else value
            put = covered.pop(name, frozenset()) | set(answer.put.get(name, ()))
            if is_part and not put >= set(fact.items) - {"unknown"}:
                covered[name] = put
    return Stated(values, covered)
