"""What was said of a fact, in the wording of the chosen options."""

from __future__ import annotations

from chatbot.case import NOT_SURE, Fact, Span, Value
from chatbot.wording import Audience, Wording


def in_words(wording: Wording, fact: Fact, value: Value, audience: Audience) -> tuple[str, ...]:
    """The texts of a value: one for each item of a list, one for anything else."""
    if isinstance(value, Span):
        return (_number(wording, fact, value, audience),)
    if isinstance(value, frozenset):
        items = [item for item in fact.items if item in value and item not in NOT_SURE]
        return tuple(_option(wording, fact, item, audience) for item in items)
    if value in NOT_SURE:
        return (wording.say("not_known_fact", name=wording.facts[fact.id][audience]),)
    return (_option(wording, fact, value, audience),)


def _option(wording: Wording, fact: Fact, value: str, audience: Audience) -> str:
    found = wording.values.get((fact.id, value))
    return found[audience] if found else wording.say("least", name=wording.facts[fact.id][audience])


def _number(wording: Wording, fact: Fact, span: Span, audience: Audience) -> str:
    name, unit = wording.facts[fact.id][audience], wording.say(f"unit_{fact.unit}")
    key = "number" if span.low == span.high else "number_between"
    return wording.say(key, name=name, low=f"{span.low:g}", high=f"{span.high:g}", unit=unit)
