"""What was said of a fact, in the wording of the chosen options."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.case import NOT_SURE, Audience, Case, Fact, Span, Value
from chatbot.wording import Wording

# How many days the units have in which it is said how long something has lasted.
DAYS = {"days": 1, "weeks": 7}

Chosen = frozenset[tuple[str, str]]


def chosen(case: Case) -> Chosen:
    """The options and lines a person chose, each with its question."""
    return frozenset(
        (answer.question, option) for answer in case.answers for option, reply in answer.lines.items() if reply == "yes"
    )


def in_words(
    wording: Wording, fact: Fact, value: Value, audience: Audience, picked: Chosen = frozenset()
) -> tuple[str, ...]:
    """The texts of a value: those of the options picked; failing that, what the value is called."""
    if isinstance(value, Span):
        return (_number(wording, fact, value, audience),)
    if isinstance(value, str) and value in NOT_SURE:
        return (wording.say("not_known_fact", name=wording.facts[fact.id][audience]),)
    values = (value,) if isinstance(value, str) else fact.items
    said = [item for item in values if item in NOT_SURE or isinstance(value, str) or item in value]
    texts = [text for item in said if item not in NOT_SURE for text in _texts(wording, fact, item, audience, picked)]
    return tuple(dict.fromkeys(texts))


def _texts(wording: Wording, fact: Fact, value: str, audience: Audience, picked: Chosen) -> Iterator[str]:
    texts = wording.values.get((fact.id, value), ())
    own = [text for text in texts if text.question == fact.id]
    told = [text for text in texts if (text.question, text.option) in picked]
    if told or len(own) == 1 or len(texts) == 1:
        yield from (text.text[audience] for text in told or own or texts)
    else:
        key = "least" if value == fact.least else "reported"
        yield wording.say(key, name=wording.facts[fact.id][audience])


def _number(wording: Wording, fact: Fact, span: Span, audience: Audience) -> str:
    name = wording.facts[fact.id][audience]
    if (length := in_lengths(wording, fact, span)) is not None:
        return wording.say("number", name=name, low=length, unit="").rstrip()
    unit, key = wording.say(f"unit_{fact.unit}"), "number" if span.low == span.high else "number_between"
    return wording.say(key, name=name, low=f"{span.low:g}", high=f"{span.high:g}", unit=unit)


def in_lengths(wording: Wording, fact: Fact, span: Span) -> str | None:
    """A time as people say it ("about 3 years", not "1095 days"); None for what is no time."""
    days = DAYS.get(fact.unit)
    if days is None or wording.length is None:
        return None
    return wording.length(span.low * days, span.high * days)
