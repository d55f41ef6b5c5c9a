"""A case without what tells who somebody is: coded answers and what came of them, no words, names, days or codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chatbot.case import Fact, PlainValue, Span, Value, plain
from chatbot.interview.conversation import Conversation
from chatbot.packs.pack import Pack
from chatbot.storage.events import Event, Issued, Override

# Ages above this one are few enough to tell who somebody is (HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)).
OLDEST_AGE = 89
_ENDED = ("complete", "emergency", "out_of_scope", "stopped")
_YEARS = "years"


def deidentified(pack: Pack, conversation: Conversation, events: Sequence[Event]) -> dict[str, object]:
    """One case as `triage recommend` takes it, with what came of it under `about`."""
    return {
        "facts": facts_of(pack.rulebook.facts, conversation.interview.rule_state.values),
        "country": conversation.interview.case.country,
        "about": _about(pack, conversation, events),
    }


def facts_of(facts: Mapping[str, Fact], values: Mapping[str, Value]) -> dict[str, PlainValue]:
    """Coded answers as plain values, great ages as an interval."""
    return {name: plain(_rounded(facts[name], value)) for name, value in values.items()}


def _rounded(fact: Fact, value: Value) -> Value:
    """The value; of a number of years above 89, the interval from 90 to the highest there is."""
    if not isinstance(value, Span) or fact.unit != _YEARS or value.high <= OLDEST_AGE:
        return value
    return Span(min(value.low, OLDEST_AGE + 1), fact.high)


def _about(pack: Pack, conversation: Conversation, events: Sequence[Event]) -> dict[str, object]:
    issued = _last_issued(events)
    return {
        "year": events[0].at.year,
        "role": conversation.interview.case.mode,
        "pack": pack.id,
        "version": pack.version,
        "digest": pack.digest,
        "ended": conversation.state if conversation.state in _ENDED else "unfinished",
        "issued": issued.get("disposition"),
        "imaging": issued.get("imaging"),
        "questions": len(conversation.interview.case.answers),
        "minutes": _minutes(events),
        "not_sure": list(conversation.interview.recommendation.not_sure),
        "overridden": any(isinstance(event.did, Override) for event in events),
    }


def _minutes(events: Sequence[Event]) -> int:
    """The minutes that the interview took; that somebody looked at it later is no part of it."""
    last = [event.at for event in events if hasattr(event.did, "then")][-1]
    return max(0, int((last - events[0].at).total_seconds() // 60))


def _last_issued(events: Iterable[Event]) -> Mapping[str, object]:
    found: Mapping[str, object] = {}
    for event in events:
        if isinstance(event.did, Issued):
            found = event.did.result
    return found
