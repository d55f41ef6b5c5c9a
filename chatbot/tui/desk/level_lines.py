"""Where a case stands for a clinician, in lines: two levels side by side, what is open, what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from chatbot.interview.reading.sanitise import harmless
from chatbot.recommendation.rulebook import LEVELS
from chatbot.service.call_details import added
from chatbot.service.decisions import Standing
from chatbot.storage.events import Event
from chatbot.tui.words import Words

TICKS: Mapping[str, Literal["taught_back", "safety_net_given"]] = {"1": "taught_back", "2": "safety_net_given"}


def standing_lines(standing: Standing, events: Sequence[Event], words: Words) -> Iterator[str]:
    """The level of the rules always, a clinician's beside it, then what keeps the case from being closed."""
    say = words.say
    yield say("standing_rules", level=level_text(standing.by_rules, words))
    if standing.told is not None and standing.told > standing.engine:
        yield say("standing_told", level=level_text(standing.engine, words))
    if standing.chosen is not None:
        yield say("standing_chosen", level=level_text(standing.chosen, words))
    if standing.asked is not None:
        yield say("standing_asked", level=level_text(standing.asked, words))
    if standing.checks:
        yield say("checks_left" if len(standing.checks) > 1 else "check_left", count=len(standing.checks))
    if standing.waiting:
        yield say("standing_waiting", count=len(standing.waiting))
    opened = added(events)
    told = (("caller", opened.caller), ("why", opened.today), ("contacts", opened.contacts))
    if any(value for _, value in told):
        yield " · ".join(say(f"opened_{name}", text=harmless(value)) for name, value in told if value)
    done = {event.did.kind for event in events}
    yield " · ".join(f"{key} [{'x' if kind in done else ' '}] {say(f'tick_{kind}')}" for key, kind in TICKS.items())


def level_text(level: int, words: Words) -> str:
    """A level in the app's words."""
    return words.say(f"level_{LEVELS[level]}")
