"""A scripted conversation: what is asked and said, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, assert_never, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from chatbot.case import Mode, Reply, Whom
from chatbot.interview import steps

# A step said with one word.
Word = Literal["back", "stop", "resume", "continue", "skip", "confirm"]
How = Literal["say", "pick", "lines"]
HOW: tuple[How, ...] = ("say", "pick", "lines")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Said(_Frozen):
    """An answer as it is given: in words, by options, or line by line."""

    say: str = ""
    pick: tuple[str, ...] = Field(default=(), min_length=1)
    lines: dict[str, Reply] = {}

    @property
    def how(self) -> How | None:
        """The way to answer that is taken."""
        return next((name for name in HOW if name in self.model_fields_set), None)

    @model_validator(mode="after")
    def _in_one_way(self) -> _Said:
        given = [name for name in HOW if name in self.model_fields_set]
        if len(given) > 1 or (not given and self._must_answer()):
            raise PydanticCustomError("how", "give one of say, pick and lines")
        return self

    def _must_answer(self) -> bool:
        return True


class Exchange(_Said):
    """One question and what was said to it.

    `say` holds typed words, which are read again; `pick` the options chosen by hand, or `*none`, `*some`, `*unknown`,
    `*prefer_not`; `lines` the replies to a list in their order, not all of them where it was left half way. `again`
    marks the second asking, `raises` what the words put, `left` that a list was left though all its lines have replies,
    `kept` that the replies it had before it was taken back were taken up again, `at_once` which lines were answered by
    the one thing said that broke the list off.
    Words of no question, typed at the end, name how the interview ended as `ask`, and what they raise.
    """

    ask: str
    again: bool = False
    raises: str | None = None
    unclear: bool = False
    left: bool = False
    kept: bool = False
    at_once: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _at_once_replied(self) -> Exchange:
        if not set(self.at_once) <= self.lines.keys():
            raise PydanticCustomError("at_once", "at_once names lines that have no reply under lines")
        return self


class ChangeTurn(_Said):
    """An earlier answer taken back, and what was said instead, if that comes at once."""

    change: str

    def _must_answer(self) -> bool:
        return False


class JumpTurn(_Frozen):
    """A question put out of its order."""

    jump: str


class Expect(_Frozen):
    """The expectation of a conversation; names left out are not checked."""

    level: str | None = None
    imaging: str | None = None
    decided_by: tuple[str, ...] | None = None
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    ended: str | None = None
    withdrawn: tuple[str, ...] = ()
    not_sure: tuple[str, ...] | None = None


def _kind(turn: object) -> str:
    """The kind of turn that is meant, so that what is wrong with it is told of that one."""
    if isinstance(turn, BaseModel):
        return type(turn).__name__
    keys = turn if isinstance(turn, dict) else {}
    if isinstance(turn, str):
        return "literal[step]"
    return "ChangeTurn" if "change" in keys else "JumpTurn" if "jump" in keys else "Exchange"


Turn = Exchange | ChangeTurn | JumpTurn | Word
_Told = Annotated[
    Annotated[Exchange, Tag("Exchange")]
    | Annotated[ChangeTurn, Tag("ChangeTurn")]
    | Annotated[JumpTurn, Tag("JumpTurn")]
    | Annotated[Word, Tag("literal[step]")],
    Discriminator(_kind),
]


def word_of(step: steps.Said) -> Word:
    """The word that says a step."""
    match step:
        case steps.WentBack():
            return "back"
        case steps.Stopped():
            return "stop"
        case steps.TakenUp():
            return "resume"
        case steps.Continued():
            return "continue"
        case steps.SkippedRest():
            return "skip"
        case steps.Confirmed():
            return "confirm"
    assert_never(step)


_SAID: Mapping[Word, steps.Said] = {word_of(step): step for step in (kind() for kind in get_args(steps.Said))}


def turn_of(step: steps.Named) -> ChangeTurn | JumpTurn | Word:
    """The turn that a step is."""
    match step:
        case steps.Changed(question=question):
            return ChangeTurn(change=question)
        case steps.Jumped(question=question):
            return JumpTurn(jump=question)
        case _:
            return word_of(step)


def step_of(turn: ChangeTurn | JumpTurn | Word) -> steps.Named:
    """The step that a turn begins with; what is said instead of an answer taken back is another."""
    match turn:
        case ChangeTurn(change=question):
            return steps.Changed(question=question)
        case JumpTurn(jump=question):
            return steps.Jumped(question=question)
        case _:
            return _SAID[turn]


class Transcript(_Frozen):
    """A conversation as one file; the clock is the day on which it takes place, `whom` is whom a carer answers for."""

    pack: str
    who: Mode = "patient"
    whom: Whom = "them"
    country: str = "any"
    language: str = "en"
    clock: date | None = None
    about: str = ""
    turns: tuple[_Told, ...] = Field(min_length=1)
    expect: Expect = Expect()
