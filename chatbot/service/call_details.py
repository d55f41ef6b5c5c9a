"""What a clinician added to a case beside the answers: how the call began, and what was done at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.storage.events import CallBackPlanned, Closed, Event, Opened, Ticked

# What is coded in the events, as it stands in a note.
CALLERS = {
    "self": "the person", "family": "family, friend or carer", "professional": "another professional", "other": "other",
}  # fmt: skip
WHY = {
    "new": "it is new", "worse": "it got worse", "not_better": "it does not get better", "worried": "worried",
    "advice": "advice, medicine or a certificate", "other": "other",
}  # fmt: skip
CONTACTS = {"0": "none", "1": "one", "2": "two", "3": "three or more", "unknown": "not known"}
_DONE = {"taught_back": "advice said back by the caller", "safety_net_given": "safety net given"}


@dataclass(frozen=True, slots=True)
class Added:
    """Texts for a note; empty where nothing was said."""

    caller: str = ""
    call_back: str = ""
    today: str = ""
    contacts: str = ""
    done: tuple[str, ...] = ()


def opened_in(events: Sequence[Event]) -> Opened:
    """The beginning of the call; of several openers the last ones hold."""
    return next((event.did for event in reversed(events) if isinstance(event.did, Opened)), Opened())


def added(events: Sequence[Event]) -> Added:
    """Collects what was added to a case."""
    opened = opened_in(events)
    why = "; ".join(filter(None, (WHY.get(opened.why, opened.why), opened.why_words)))
    done = [_DONE[event.did.kind] for event in events if isinstance(event.did, Ticked)]
    last = next((event.did for event in reversed(events) if isinstance(event.did, CallBackPlanned | Closed)), None)
    if isinstance(last, CallBackPlanned):
        done.append(f"call back planned for {last.due:%Y-%m-%d %H:%M} UTC")
    elif isinstance(last, Closed):
        done.append("; ".join(filter(None, (f"closed: {last.outcome.replace('_', ' ')}", last.words))))
    return Added(
        CALLERS.get(opened.caller, opened.caller),
        opened.call_back,
        why,
        CONTACTS.get(opened.contacts, opened.contacts),
        tuple(dict.fromkeys(done)),
    )
