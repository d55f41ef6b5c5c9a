"""A scripted conversation: what is asked and said, and what must come of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from chatbot.case import Mode

Step = Literal["back", "stop", "continue", "skip", "confirm"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Exchange(_Frozen):
    """One question and what was said to it; `again` when it is the second asking, `raises` what the words put."""

    ask: str
    say: str
    again: bool = False
    raises: str | None = None
    unclear: bool = False


class Changed(_Frozen):
    """An earlier answer changed to something else."""

    change: str
    say: str


class Expect(_Frozen):
    """What must come of a conversation; names left out are not checked."""

    level: str | None = None
    imaging: str | None = None
    decided_by: tuple[str, ...] | None = None
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    ended: str | None = None
    withdrawn: tuple[str, ...] = ()
    not_sure: tuple[str, ...] | None = None


Turn = Exchange | Changed | Step


class Transcript(_Frozen):
    """A conversation as one file; the clock is the day on which it takes place."""

    pack: str
    who: Mode = "patient"
    country: str = "any"
    clock: date | None = None
    about: str = ""
    turns: tuple[Turn, ...] = Field(min_length=1)
    expect: Expect = Expect()
