"""What can happen to a case, one model each, and the bytes it is kept as.

An event says when, who, in which case and in which place of it, under which pack, and what was done. It is written
once and never changed; the case is what comes of doing all of them again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    ValidationError,
    model_serializer,
    model_validator,
)

from chatbot.case import Mode, Whom
from chatbot.errors import DamagedError
from chatbot.interview.steps import Step

Who = Literal["patient", "carer", "nurse", "program"]
Level = Literal["self_care", "primary_care", "routine_3_months", "urgent_2_weeks", "same_day", "emergency_now"]
# The form of the events; a program reads its own and all before. Where an event names none, it is the first.
FORM = 1
# How a case is closed whose answers go on in another.
CARRIED = "carried_over"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class By(_Frozen):
    """The author of an event; a login stands there for clinicians only, since no name of a patient is needed."""

    who: Who
    login: str = ""


class Started(_Frozen):
    """An interview began, with a carer about `whom`; `carried_from` names the case whose answers wait there."""

    kind: Literal["started"] = "started"
    form: int = Field(default=1, le=FORM)
    name: str
    version: str
    mode: Mode
    whom: Whom = "them"
    country: str
    language: str
    today: date | None = None
    code: str = ""
    reference: str = ""
    carried_from: str = ""
    program: str = ""
    then: str


class Resumed(_Frozen):
    """It was taken up again, on that day."""

    kind: Literal["resumed"] = "resumed"
    today: date | None = None
    program: str = ""
    then: str


class Stepped(_Frozen):
    """A step of the conversation, and the state it led to, which is kept beside what the step itself says."""

    step: Annotated[Step, Field(discriminator="kind")]
    then: str

    @property
    def kind(self) -> str:
        """The kind of step that it was."""
        return self.step.kind

    @model_validator(mode="before")
    @classmethod
    def _apart(cls, kept: object) -> object:
        if not isinstance(kept, Mapping) or "step" in kept:
            return kept
        step = {name: value for name, value in kept.items() if name != "then"}
        return {"step": step, **{name: kept[name] for name in ("then",) if name in kept}}

    @model_serializer(mode="wrap")
    def _in_one(self, told: SerializerFunctionWrapHandler) -> dict[str, object]:
        step = told(self)
        return {**step.pop("step"), **step}


class Issued(_Frozen):
    """A recommendation was shown: at an emergency, or at the end. `summary` is the digest of all its words.

    `at_least` is what the person was told alone, where that is more urgent and not all they said is confirmed.
    """

    kind: Literal["interrupted", "completed"]
    result: dict[str, object]
    summary: str = ""
    at_least: Level | None = None
    then: str


class Note(_Frozen):
    """Words written beside the answers."""

    kind: Literal["note"] = "note"
    text: str
    question: str = ""


class Override(_Frozen):
    """A clinician chose another level than the rules; theirs stands beside it.

    `reason` is coded. Below an emergency it counts only once somebody else has signed it. `stood` is the level that
    stood before, be it that of the rules or a clinician's; older events do not say it.
    """

    kind: Literal["override"] = "override"
    level: Level
    instead_of: Level
    stood: Level | None = None
    reason: str = ""
    words: str


class Signed(_Frozen):
    """Somebody else agreed to an override that waited for that; `override` is its place in the case."""

    kind: Literal["signed"] = "signed"
    override: int


class Called(_Frozen):
    """A nurse goes through the questions with the person whose own answers stand before; each waits to be confirmed."""

    kind: Literal["called"] = "called"
    today: date | None = None
    program: str = ""
    then: str


class Opened(_Frozen):
    """The beginning of a call: who calls, for whom, how to call back, why today, how often. The last one holds."""

    kind: Literal["opened"] = "opened"
    caller: str = ""
    call_back: str = ""
    why: str = ""
    why_words: str = ""
    contacts: str = ""


class Ticked(_Frozen):
    """Something a clinician does at the end of a call was done."""

    kind: Literal["taught_back", "safety_net_given"]


class Graded(_Frozen):
    """The level somebody would have given, who looked at the case when it was closed."""

    kind: Literal["graded"] = "graded"
    level: Level
    words: str = ""


class Claimed(_Frozen):
    """Somebody took the case on, for so long."""

    kind: Literal["claimed"] = "claimed"
    until: datetime | None = None


class Released(_Frozen):
    """Somebody gave the case back."""

    kind: Literal["released"] = "released"
    why: str = ""


class CallBackPlanned(_Frozen):
    """The person is to be called at that time."""

    kind: Literal["call_back_planned"] = "call_back_planned"
    due: datetime
    words: str = ""


class Closed(_Frozen):
    """The case is done."""

    kind: Literal["closed"] = "closed"
    outcome: str
    words: str = ""


class Looked(_Frozen):
    """Somebody looked at the case, or took a copy of it."""

    kind: Literal["viewed", "exported"]
    how: str = ""


class Kept(_Frozen):
    """Something was done to the whole store, or a wrong code was tried; `names` are those of cases that were purged."""

    kind: Literal["backed_up", "restored", "purged", "exported_all", "set_aside", "code_refused"]
    cases: int = 0
    events: int = 0
    names: tuple[str, ...] = ()
    words: str = ""


# What is done to a case beside its questions.
Work = Note | Override | Signed | Opened | Ticked | Graded | Claimed | Released | CallBackPlanned | Closed
Happened = Annotated[Started | Resumed | Issued | Called | Work | Looked | Kept, Field(discriminator="kind")]
_STEPS = tuple(get_args(step.model_fields["kind"].annotation)[0] for step in get_args(Step))


def _sort(did: object) -> str:
    """Tells a step that was taken from something else that happened."""
    if isinstance(did, Mapping):
        return "step" if did.get("kind") in _STEPS else "else"
    return "step" if isinstance(did, Stepped) else "else"


EventBody = Annotated[
    Annotated[Stepped, Tag("step")] | Annotated[Happened, Tag("else")],
    Discriminator(_sort),
]


class Event(_Frozen):
    """One thing that happened, in its place in a case."""

    case: str
    seq: int = Field(ge=1)
    at: datetime
    by: By
    pack: str
    did: EventBody


def body_of(event: Event) -> bytes:
    """The event as the bytes that are kept: JSON in UTF-8, keys sorted, no spaces, nothing that goes without saying."""
    told = event.model_dump(mode="json", exclude_defaults=True)
    told["at"] = event.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told["did"]["kind"] = event.did.kind
    try:
        return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a character, which only its escape can hold
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def read_event(body: bytes) -> Event:
    """The event that bytes hold; DamagedError when they hold none that this program knows."""
    try:
        return Event.model_validate(json.loads(body))
    except (ValueError, ValidationError, RecursionError) as error:
        raise DamagedError("an event cannot be read: it is damaged, or a newer program wrote it") from error
