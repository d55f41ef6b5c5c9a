"""What words answer to a question for a number: an age, a score, a length of time."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.case import Fact, PlainValue
from chatbot.interview.hearing.answer_choice import BARE, NOTHING, Meant, given, weakly
from chatbot.interview.hearing.measures import Measure, numbers_in
from chatbot.interview.hearing.opening import Opening
from chatbot.interview.hearing.scopes import CORRECTED
from chatbot.interview.hearing.stated import Text

_WEEK = 7
# "Years" without a number are two at least.
_YEARS = 730.0
_FIRST_YEAR = 1900
_NOW = {"now", "today", "currently", "moment"}
_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def answer_number(text: Text, fact: Fact) -> Meant:
    """The answer to a question for a number."""
    opening = Opening(text)
    named = [
        m for m in text.here(frozenset((fact.id, value) for value in _named(text, fact))) if m.finding.key == fact.id
    ]
    readings = _readings(text, fact)
    if not readings and named:
        return Meant(proposed={fact.id: _number(named[0].finding.value)})
    if readings:
        return _of(text, fact, readings)
    if opening.declines:
        return Meant(proposed={fact.id: "prefer_not"}, is_weak=True)
    if opening.is_unsure:
        return weakly(given({fact.id: "unknown"}, len(text.spoken) <= BARE))
    return NOTHING


def _named(text: Text, fact: Fact) -> tuple[str, ...]:
    block = text.lexicon.block(fact.id)
    return tuple(block.values) if block is not None else ()


def _number(value: str) -> PlainValue:
    return float(value) if "." in value else int(value)


def _readings(text: Text, fact: Fact) -> list[tuple[float, float]]:
    """The numbers that may be meant, in bounds, each once; what was corrected is left out."""
    measures = _of_now(text, text.measures)
    measures = [m for m in measures if not text.scopes.reason(CORRECTED, range(*m.place))] or list(text.measures)
    if fact.unit in ("days", "weeks"):
        spans = [_span(m, fact) for m in measures if m.kind == "days"]
        if not spans and fact.unit == "weeks":
            spans = [(m.low, m.high) for m in measures if m.kind == "number"]
    elif fact.unit == "years":
        spans = _ages(text)
    else:
        spans = _joined([m for m in measures if m.kind == "number"], text, fact)
    if not spans and fact.unit == "days" and "years" in text.tags:
        spans = [(_YEARS, fact.high)]
    whole = fact.decimals == 0
    return list(
        dict.fromkeys(s for s in spans if fact.low <= s[0] <= s[1] <= fact.high and (not whole or s[0] == int(s[0])))
    )


def _of_now(text: Text, measures: Sequence[Measure]) -> Sequence[Measure]:
    """The measures of the clauses that speak of now, where only some do: "it was a 9 but 5 now"."""
    now = [c for c in text.clauses if set(text.words[c.first : c.last]) & _NOW]
    kept = [m for m in measures if any(c.first <= m.place.first < c.last for c in now)]
    if kept:
        return kept
    near = [m for m in measures if _NOW & set(text.words[max(0, m.place.first - 3) : m.place.first])]
    return near or measures


def _span(measure: Measure, fact: Fact) -> tuple[float, float]:
    if fact.unit == "days":
        return measure.low, measure.high
    return measure.low // _WEEK, min(measure.high // _WEEK, fact.high)


def _ages(text: Text) -> list[tuple[float, float]]:
    """The numbers that may be ages: a decade, the years since a birth, or a number of which no other time is made."""
    if decade := _decade(text):
        return [decade]
    numbers = list(numbers_in(text.words, text.language))
    born = [m for m in numbers if m.low >= _FIRST_YEAR]
    if born and text.today is not None:
        age = text.today.year - born[0].low
        return [(age - 1, age)]
    times = ("week", "weeks", "month", "months", "day", "days")
    return [
        (m.low, m.high) for m in numbers if text.words[m.place.last : m.place.last + 1] not in [(w,) for w in times]
    ]


def _joined(measures: list[Measure], text: Text, fact: Fact) -> list[tuple[float, float]]:
    """Numbers in order; "6 or 7" and "8-9" are one reading, what follows "out of" is none."""
    spans: list[tuple[float, float]] = []
    before: Measure | None = None
    for measure in measures:
        joint = text.words[before.place.last : measure.place.first] if before is not None else ()
        if (
            joint in (("or",), ("to",), ("-",), ("and",))
            and before is not None
            and before.low < measure.low <= fact.high
        ):
            spans[-1] = (before.low, measure.low)
        elif joint not in (("out", "of"), ("/",)):
            spans.append((measure.low, measure.high))
        before = measure
    return spans


def _decade(text: Text) -> tuple[float, float] | None:
    """ "In my fifties", "sixty something"."""
    for place, word in enumerate(text.words):
        if word in _DECADES:
            low = 10.0 * (_DECADES.index(word) + 2)
            return low, low + 9
        if word in _TENS and text.words[place + 1 : place + 2] in (("something",), ("odd",), ("ish",)):
            low = 10.0 * (_TENS.index(word) + 2)
            return low, low + 9
    return None


def _of(text: Text, fact: Fact, readings: list[tuple[float, float]]) -> Meant:
    plain = [_plain(low, high, fact) for low, high in readings]
    only_digits = len(text.spoken) <= BARE and not text.scope("hedge") and not text.scope("but")
    if len(plain) == 1:
        low, high = readings[0]
        return given({fact.id: plain[0]}, only_digits and low == high)
    if fact.unit in ("days", "weeks"):
        return Meant(either=({fact.id: plain[0]}, {fact.id: plain[1]}))
    return Meant(proposed={fact.id: plain[0]})


def _plain(low: float, high: float, fact: Fact) -> PlainValue:
    ends = (low, high) if fact.decimals else (int(low), int(high))
    return ends[0] if ends[0] == ends[1] else {"from": ends[0], "to": ends[1]}
