"""An event of the record as a line that a person can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import assert_never

from chatbot.case import Answer, PlainValue
from chatbot.interview import steps
from chatbot.recommendation.rulebook import LEVELS
from chatbot.storage.events import (
    By,
    CallBackPlanned,
    Called,
    Claimed,
    Closed,
    Event,
    Graded,
    Issued,
    Kept,
    Looked,
    Note,
    Opened,
    Override,
    Released,
    Resumed,
    Signed,
    Started,
    Stepped,
    Ticked,
)
from chatbot.storage.row import Row

_KEPT = {
    "backed_up": "a backup was made",
    "restored": "a backup was restored",
    "purged": "old cases were purged",
    "exported_all": "all cases were exported without what tells who somebody is",
    "set_aside": "a damaged file was set aside",
    "code_refused": "a code was tried that no case has",
}


def told(event: Event) -> str:
    """Tells an event: when, who and what, with values and words."""
    at = event.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return f"{event.seq} {at} {_who(event.by)}: {what(event)}"


def at_work(event: Event) -> str:
    """Tells an event in short, for whoever works on the same case: when, who and what."""
    return f"{event.at.astimezone():%H:%M} {_who(event.by)} {what(event)}"


def columns(row: Row) -> dict[str, object]:
    """A case in a list: the reference is the only text that somebody chose."""
    return {
        "case": row.case,
        "began": row.started,
        "mode": row.mode,
        "pack": f"{row.pack} {row.version}",
        "state": row.state,
        "level": "not issued" if row.level is None else LEVELS[row.level],
        "reference": row.reference,
    }


def _who(by: By) -> str:
    return f"{by.who} ({by.login})" if by.login else by.who


def what(event: Event) -> str:
    """Tells what was done."""
    did = event.did
    words = _WORDS[type(did)](did)
    then = getattr(did, "then", "")
    return f"{words}; then {then}" if then else words


def _started(did: Started) -> str:
    about = f" about {did.whom}" if did.mode == "carer" else ""
    parts = [
        f"began as {did.mode}{about}, pack {did.name} {did.version}, country {did.country}, language {did.language}"
    ]
    parts += [f"reference {_quoted(did.reference)}"] if did.reference else []
    parts += [f"going on from case {did.carried_from}"] if did.carried_from else []
    return ", ".join(parts)


def _stepped(step: steps.Step) -> str:
    match step:
        case steps.Answered():
            return _answered(step)
        case steps.Replied(line=line, reply=reply, words=words):
            return _with(f"replied {reply} to {line}", words)
        case steps.RepliedTogether(replies=replies, words=words):
            lines = ", ".join(f"{reply} to {line}" for line, reply in replies.items())
            return _with(f"replied {lines}", words)
        case steps.Raised(words=words):
            return f"said {_quoted(words)}, which put a question"
        case steps.Changed(question=question):
            return f"took the answer to {question} back"
        case steps.Jumped(question=question):
            return f"went to {question}"
        case steps.TookReplyBack() | steps.UndidReply():
            return "took the last reply back"
        case steps.TookRepliesUp():
            return "took the earlier replies up again"
        case steps.WentThrough():
            return "had gone through the list"
        case steps.WentBack():
            return "went back"
        case steps.Stopped():
            return "stopped"
        case steps.Confirmed():
            return "confirmed the answers"
        case steps.SkippedRest():
            return "skipped the rest"
        case steps.Continued():
            return "went on for the note"
        case steps.TakenUp():
            return "took it up again"
    assert_never(step)


def _answered(did: steps.Answered) -> str:
    typed = f", typed {_quoted(did.typed)}" if did.typed and did.typed != did.answer.said else ""
    return f"answered {did.answer.question}: {_answer(did.answer)}{typed}"


def _answer(answer: Answer) -> str:
    values = ", ".join(f"{name} = {_value(value)}" for name, value in answer.values.items()) or "no value"
    again = " (the second time)" if answer.again else ""
    return f"{values}{again}, in the words {_quoted(answer.said)}" if answer.said else f"{values}{again}"


def _value(value: PlainValue) -> str:
    if isinstance(value, Mapping):
        return f"{value['from']} to {value['to']}"
    return (", ".join(value) or "none") if isinstance(value, list) else str(value)


def _issued(did: Issued) -> str:
    found = did.result
    rules = ", ".join(map(str, list(found.get("decided_by") or ()))) or "no rule"  # type: ignore[call-overload]
    return f"was shown {found.get('disposition')}, imaging {found.get('imaging')}, decided by {rules}"


def _opened(did: Opened) -> str:
    told = {"caller": did.caller, "call back": did.call_back, "why today": did.why, "contacts": did.contacts}
    parts = [f"{name} {_quoted(value)}" for name, value in told.items() if value]
    parts += [f"in the words {_quoted(did.why_words)}"] if did.why_words else []
    return f"opened the call: {', '.join(parts) or 'nothing said'}"


def _override(did: Override) -> str:
    parts = [f"chose {did.level} instead of {did.instead_of}: {_quoted(did.words)}"]
    parts += [f"reason {did.reason}"] if did.reason else []
    return ", ".join(parts)


def _kept(did: Kept) -> str:
    counts = f": {did.cases} case(s), {did.events} event(s)" if did.cases or did.events else ""
    words = f", {did.words}" if did.words else ""
    return f"{_KEPT[did.kind]}{counts}{words}"


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")


def _with(text: str, words: str) -> str:
    return f"{text} {_quoted(words)}" if words else text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_WORDS: Mapping[type, Callable[..., str]] = {
    Started: _started,
    Resumed: lambda did: f"came back, on {did.today}" if did.today else "came back",
    Stepped: lambda did: _stepped(did.step),
    Issued: _issued,
    Note: lambda did: _with("noted", did.text),
    Override: _override,
    Claimed: lambda did: f"took the case on, until {_minute(did.until)}" if did.until else "took the case on",
    Released: lambda did: _with("gave the case back", did.why),
    Signed: lambda did: f"signed the override that is event {did.override}",
    Called: lambda _: "began to go through the questions in a call",
    Opened: _opened,
    Ticked: lambda did: {"taught_back": "the advice was said back", "safety_net_given": "safety net given"}[did.kind],
    Graded: lambda did: _with(f"would have given {did.level}", did.words),
    CallBackPlanned: lambda did: _with(f"planned a call back at {_minute(did.due)}", did.words),
    Closed: lambda did: _with(f"closed the case: {did.outcome}", did.words),
    Looked: lambda did: _with({"viewed": "looked at it", "exported": "took a copy"}[did.kind], did.how),
    Kept: _kept,
}
