"""Lengths of time as people type them, read as an interval of whole days, and said back.

A reader takes the whole answer or nothing: what it does not know is asked again, never guessed.
"""

import math
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from chatbot.case import Span
from chatbot.interview.amounts import months_in_days, read_length
from chatbot.interview.dates import read_start
from chatbot.interview.phrases import SOFT_LEADS, SOFT_TAILS, Reading, Words, peel, words

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

_LEADS: Mapping[str, str] = SOFT_LEADS | dict.fromkeys(
    (
        "for", "been", "its been", "it has been", "has been", "it is", "its", "it was",
        "had it", "ive had it",
        "i have had it", "had this", "ive had this", "i have had this", "well",
        "on and off", "off and on", "ive had back pain", "i have had back pain", "ive had this pain",
        "ive had the pain", "back pain", ",",
    ),
    "",
) | dict.fromkeys(
    ("since", "from", "started", "began", "it started", "it began", "the pain started", "the pain began"),
    "since",
)  # fmt: skip
_TAILS: Mapping[str, str] = SOFT_TAILS | dict.fromkeys(
    (",", "now", "so far", "already", "on and off", "off and on", "in total"), ""
)
_BOUND_LEADS: Mapping[str, str] = {
    phrase: mark
    for mark, phrases in {
        "": ("only", "just", "only just"),
        "over": ("over", "more than", "longer than", "greater than", ">"),
        "slightly": (
            "just over", "a bit over", "a little over", "slightly over", "just more than",
            "a bit more than", "a little more than", "slightly more than",
        ),
        "under": ("under", "less than", "fewer than", "shorter than", "<"),
        "nearly": (
            "nearly", "almost", "not quite", "close to", "coming up to", "coming up for", "getting on for",
            "approaching", "just under", "a bit under", "a little under", "slightly under",
            "a bit less than", "a little less than", "slightly less than",
        ),
        "over equal": ("at least", "no less than", "not less than", "a minimum of", "minimum"),
        "upto": (
            "at most", "up to", "no more than", "not more than", "no longer than", "not longer than",
            "a maximum of", "maximum", "max", "within",
        ),
        "upto recent": ("in the last", "in the past", "within the last", "within the past"),
        "about recent": ("over the last", "over the past", "during the last", "during the past"),
        "recent": ("the last", "the past", "past", "this past"),
        "last": ("last", "these last", "these past"),
    }.items()
    for phrase in phrases
}  # fmt: skip
_BOUND_TAILS: Mapping[str, str] = {
    "ago": "", "back": "", "and a bit": "slightly",
    "or more": "over", "or longer": "over", "or over": "over", "plus": "over", "+": "over",
    "at least": "over", "minimum": "over",
    "or less": "upto", "or under": "upto", "at most": "upto", "at the most": "upto", "tops": "upto",
    "max": "upto", "maximum": "upto",
}  # fmt: skip


def read_duration(text: str, today: date | None) -> Span | None:
    """How many whole days the typed words mean, both ends included, or None when that is not certain.

    An end that is open ("more than six months") is `LONGEST`. Days of the week and dates count back from
    `today` and are not read without it; what lies ahead is never read.
    """
    found = words(text)
    if found is None or found[:2] == ("24", "/"):
        return None
    found, marks = peel(_with_sign_last(found), _LEADS, _TAILS)
    reading = read_start(found, today, anchored="since" in marks)
    if reading is None:
        found, more = peel(found, {**_LEADS, **_BOUND_LEADS}, {**_TAILS, **_BOUND_TAILS})
        marks |= more
        # "Since 3/12" is a date, though "3/12" alone is a clinician's three months.
        if "since" in marks and "/" in found:
            return None
        reading = read_length(found, bare=bool(marks & {"recent", "about"}) and "last" not in marks)
    return reading and _bounded(reading, marks)


def say_duration(span: Span) -> str:
    """An interval of days in words that ask whether it is meant: "3 weeks", "about 2 to 3 weeks"."""
    low, high = int(span.low), int(span.high)
    if high >= LONGEST and low > 0:
        return f"at least {_whole(low)}"
    if low == high:
        return _whole(low) if low < 28 or _is_round(low) else _about(low, high)
    if low == 0:
        return _at_most(high) if high < LONGEST else "any length of time"
    return _about(low, high)


def _with_sign_last(found: Words) -> Words:
    """`6+ weeks` and `3ish weeks` as `6 weeks +` and `3 weeks ish`."""
    if len(found) > 2 and found[1] in {"+", "ish"}:
        return (found[0], *found[2:], found[1])
    return found


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


def _whole(days: int) -> str:
    if days == 0:
        return "less than a day"
    if days >= LONGEST:
        return "50 years"
    if _is_round(days):
        return _so_many(days // 7, "week")
    months = _months_where(days, 0)
    if months is None:
        return _so_many(days, "day")
    return _so_many_months(months)


def _at_most(high: int) -> str:
    if high == 6:
        return "less than a week"
    if (high + 1) % 7 == 0 and high <= 84:
        return f"less than {_so_many((high + 1) // 7, 'week')}"
    months = _months_where(high + 1, 1)
    if months:
        return f"less than {_so_many_months(months)}"
    if _is_round(high):
        return f"up to {_so_many(high // 7, 'week')}"
    months = _months_where(high, 1)
    return f"up to {_so_many_months(months) if months else _so_many(high, 'day')}"


def _about(low: int, high: int) -> str:
    first, last = _months_where(low, 0), _months_where(high, 1)
    if first and last:
        unit, size = ("year", 12) if first % 12 == last % 12 == 0 else ("month", 1)
        return f"about {_range(first // size, last // size, unit)}"
    for unit, days, shortest in (("year", 365.25, 730), ("month", 30.44, 120), ("week", 7, 14)):
        if high >= shortest and round(low / days) >= 1:
            return f"about {_range(round(low / days), round(high / days), unit)}"
    return f"about {_range(low, high, 'day')}"


def _months_where(days: int, end: int) -> int | None:
    """The number of months whose shortest (end 0) or longest (end 1) course is exactly so many days."""
    near = round(days / 30.44)
    return next((n for n in (near - 1, near, near + 1) if n > 0 and months_in_days(Fraction(n))[end] == days), None)


def _range(low: int, high: int, unit: str) -> str:
    return _so_many(low, unit) if low == high else f"{low} to {high} {unit}s"


def _so_many_months(months: int) -> str:
    return _so_many(months, "month") if months % 12 else _so_many(months // 12, "year")


def _so_many(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
