"""Lengths of time as people type them, read as an interval of whole days, and said back.

A reader takes the whole answer or nothing: what it does not know is asked again, never guessed.
"""

import math
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache

from chatbot.case import Span
from chatbot.interview.reading.amounts import months_in_days, read_length
from chatbot.interview.reading.dates import read_start
from chatbot.interview.reading.language import Language, SaidBack, Unit
from chatbot.interview.reading.phrases import Reading, Words, peel, words

# The longest time that can be stated; an interval that ends here is open.
LONGEST = 20000

_MARGIN = Fraction(3, 20)

_LEAST_MARGIN = {
    "year": Fraction(60),
    "month": Fraction(7),
    "fortnight": Fraction(7, 2),
    "week": Fraction(7, 2),
    "day": Fraction(1),
}


_GRAINS: tuple[tuple[Unit, float, int], ...] = (("year", 365.25, 730), ("month", 30.44, 120), ("week", 7, 14))


def read_duration(text: str, today: date | None, language: Language) -> Span | None:
    """Reads how many whole days the typed words mean, both ends included; None when that is not certain.

    An end that is open ("more than six months") is `LONGEST`. Days of the week and dates count back from
    `today` and are not read without it; what lies ahead is never read.
    """
    tokens = words(text)
    if tokens is None or tokens[:2] == ("24", "/"):
        return None
    tokens, marks = peel(_with_sign_last(tokens, language), language.lengths.leads, language.lengths.tails)
    reading = read_start(tokens, today, language.dates, anchored="since" in marks)
    if reading is None:
        tokens, more = peel(tokens, *_with_bounds(language))
        marks |= more
        # "Since 3/12" is a date, though "3/12" alone is a clinician's three months.
        if "since" in marks and "/" in tokens:
            return None
        reading = read_length(tokens, language, bare=bool(marks & {"recent", "about"}) and "last" not in marks)
    return reading and _bounded(reading, marks)


def say_duration(span: Span, language: Language) -> str:
    """An interval of days in words that ask whether it is meant: "3 weeks", "about 2 to 3 weeks"."""
    low, high, said = int(span.low), int(span.high), language.said
    if high >= LONGEST and low > 0:
        return said.at_least.format(length=_least(low, said))
    if low == high:
        return _whole(low, said) if low < 28 or _is_round(low) else _about(low, high, said)
    if low == 0:
        return _at_most(high, said) if high < LONGEST else said.any_length
    return _about(low, high, said)


@lru_cache(maxsize=64)
def _with_bounds(language: Language) -> tuple[Mapping[str, str], Mapping[str, str]]:
    lengths = language.lengths
    return {**lengths.leads, **lengths.bound_leads}, {**lengths.tails, **lengths.bound_tails}


def _with_sign_last(tokens: Words, language: Language) -> Words:
    """`6+ weeks` and `3ish weeks` as `6 weeks +` and `3 weeks ish`."""
    if len(tokens) > 2 and (tokens[1] == "+" or tokens[1] in language.lengths.suffixes):
        return (tokens[0], *tokens[2:], tokens[1])
    return tokens


def _bounded(reading: Reading, marks: frozenset[str]) -> Span | None:
    bounds = marks & {"over", "slightly", "under", "nearly", "upto"}
    if len(bounds) > 1:
        return None
    low, high = min(reading.low, LONGEST), min(reading.high, LONGEST)
    below, above = (max(_LEAST_MARGIN.get(reading.grain, Fraction(0)), _MARGIN * end) for end in (low, high))
    if marks & {"about", "nearly"}:
        low = max(0, math.ceil(low - below))
    if marks & {"about", "slightly"}:
        high = math.floor(high + above)
    if "over" in bounds:
        high = LONGEST if low > 0 else -1
    if bounds & {"under", "upto"}:
        low, high = 0, high - 1 if "under" in bounds else high
    return Span(low, min(high, LONGEST)) if high >= low else None


def _is_round(days: int) -> bool:
    return days % 7 == 0 and days <= 84


def _whole(days: int, said: SaidBack) -> str:
    if days == 0:
        return said.under_a_day
    if days >= LONGEST:
        return _so_many(50, "year", said)
    if _is_round(days):
        return _so_many(days // 7, "week", said)
    months = _months_where(days, 0)
    return _so_many(days, "day", said) if months is None else _so_many_months(months, said)


def _least(days: int, said: SaidBack) -> str:
    """The least that a time is, in the unit that people say so long a time in."""
    if days < 28 or days >= LONGEST or _is_round(days) or _months_where(days, 0) is not None:
        return _whole(days, said)
    unit, grain = next((unit, grain) for unit, grain, shortest in _GRAINS if days >= shortest)
    return _so_many(int(days / grain), unit, said)


def _at_most(high: int, said: SaidBack) -> str:
    if high == 6:
        return said.under_a_week
    if (high + 1) % 7 == 0 and high <= 84:
        return said.less_than.format(length=_so_many((high + 1) // 7, "week", said))
    months = _months_where(high + 1, 1)
    if months:
        return said.less_than.format(length=_so_many_months(months, said))
    if _is_round(high):
        return said.up_to.format(length=_so_many(high // 7, "week", said))
    months = _months_where(high, 1)
    return said.up_to.format(length=_so_many_months(months, said) if months else _so_many(high, "day", said))


def _about(low: int, high: int, said: SaidBack) -> str:
    return said.about.format(length=_range(*_rounded(low, high), said))


def _rounded(low: int, high: int) -> tuple[int, int, Unit]:
    first, last = _months_where(low, 0), _months_where(high, 1)
    if first and last:
        return (first // 12, last // 12, "year") if first % 12 == last % 12 == 0 else (first, last, "month")
    for unit, days, shortest in _GRAINS:
        if high >= shortest and round(low / days) >= 1:
            return round(low / days), round(high / days), unit
    return low, high, "day"


def _months_where(days: int, end: int) -> int | None:
    """The number of months whose shortest (end 0) or longest (end 1) course is exactly so many days."""
    near = round(days / 30.44)
    return next((n for n in (near - 1, near, near + 1) if n > 0 and months_in_days(Fraction(n))[end] == days), None)


def _range(low: int, high: int, unit: Unit, said: SaidBack) -> str:
    if low == high:
        return _so_many(low, unit, said)
    return said.between.format(low=low, high=high, unit=_form(high, unit, said))


def _so_many_months(months: int, said: SaidBack) -> str:
    return _so_many(months, "month", said) if months % 12 else _so_many(months // 12, "year", said)


def _so_many(number: int, unit: Unit, said: SaidBack) -> str:
    return said.so_many.format(number=number, unit=_form(number, unit, said))


def _form(number: int, unit: Unit, said: SaidBack) -> str:
    return said.units[unit][said.form(number)]
