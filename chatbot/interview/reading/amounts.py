"""Amounts of time in words: `3 weeks`, `2 or 3 months`, `a year and a half`, `10/52`, as whole days."""

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from chatbot.interview.reading.language import Language
from chatbot.interview.reading.phrases import Reading, Words, count, word
from chatbot.interview.reading.sanitise import fold

_FEWEST_IN_MONTHS = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_MOST_IN_MONTHS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)
_HALF = Fraction(1, 2)

_DAYS_IN = {
    "fortnight": Fraction(14),
    "week": Fraction(7),
    "day": Fraction(1),
    "hour": Fraction(1, 24),
    "minute": Fraction(1, 1440),
}
_LARGEST_FIRST = ("year", "month", "fortnight", "week", "day", "hour", "minute")
# The sign for a half, as it stands in folded words, and the same in figures; they are read in every language.
_HALVES = (fold("\u00bd"), "1 / 2")


class _Amount(NamedTuple):
    """So many of a unit, at least and at most; the unit is empty until the other end of a range names it."""

    low: Fraction
    high: Fraction
    unit: str


def read_length(tokens: Words, language: Language, *, bare: bool) -> Reading | None:
    """The days in an amount or a range of two, all of whose words must be read; None when they are not.

    `bare` lets "week" stand for one week.
    """
    numbers = language.numbers
    between = word(tokens, 0) == numbers.between
    first = _amounts(tokens, 1 if between else 0, language, join=not between, bare=bare)
    if first is None:
        return None
    amounts, index = first
    if index == len(tokens) and not between:
        return _days(amounts, amounts)
    second = None
    if word(tokens, index) in (numbers.between_and if between else numbers.joints | {"-"}):
        second = _amounts(tokens, index + 1, language, join=not between, bare=False)
    if second is None or second[1] != len(tokens):
        return None
    return _days(amounts, second[0])


def _days(first: list[_Amount], second: list[_Amount]) -> Reading | None:
    first, second = _with_unit(first, second[0].unit), _with_unit(second, first[0].unit)
    if not all(amount.unit for amount in first + second):
        return None
    start, end = _sum(first), _sum(second)
    if start[0] > end[0] or start[1] > end[1]:
        return None
    return Reading(start[0], end[1], second[-1].unit)


def _with_unit(amounts: list[_Amount], unit: str) -> list[_Amount]:
    if len(amounts) == 1 and not amounts[0].unit:
        return [amounts[0]._replace(unit=unit)]
    return amounts


def _amounts(
    tokens: Words, index: int, language: Language, *, join: bool, bare: bool
) -> tuple[list[_Amount], int] | None:
    """One end of a range: `3`, `3 weeks`, `a year and a half`, `1 year and 3 months`."""
    first = _amount(tokens, index, language, bare=bare)
    if first is None:
        return None
    amounts, index = [first[0]], first[1]
    while join and amounts[-1].unit:
        after = index + 1 if word(tokens, index) in language.numbers.also | {","} else index
        following = _amount(tokens, after, language, bare=False)
        if following is None or not _is_smaller(following[0].unit, amounts[-1].unit):
            break
        amounts.append(following[0])
        index = following[1]
    return amounts, index


def _is_smaller(unit: str, than: str) -> bool:
    return bool(unit) and _LARGEST_FIRST.index(unit) > _LARGEST_FIRST.index(than)


def _amount(tokens: Words, index: int, language: Language, *, bare: bool) -> tuple[_Amount, int] | None:
    quantity = _quantity(tokens, index, language, bare=bare)
    if quantity is None:
        return None
    low, high, index = quantity
    unit, after = _unit(tokens, index, language)
    half = _and_a_half(tokens, after, language)
    if unit and low == high and half and not _unit(tokens, after + half, language)[0]:
        low, high, after = low + _HALF, high + _HALF, after + half
    return _Amount(low, high, unit), after


def _quantity(tokens: Words, index: int, language: Language, *, bare: bool) -> tuple[Fraction, Fraction, int] | None:
    articles = language.numbers.articles
    for size in (4, 3, 2, 1):
        few = _few(language).get(" ".join(tokens[index : index + size]))
        if few and len(tokens) - index >= size:
            after = index + size + (1 if few[0] < 1 and word(tokens, index + size) in articles else 0)
            return (*few, after)
    number = count(tokens, index, language.numbers)
    if number and "," not in word(tokens, index):
        value, after = number
        half = 3 if tokens[after : after + 3] == ("1", "/", "2") else _and_a_half(tokens, after, language)
        if half:
            return value + _HALF, value + _HALF, after + half
        return value, value, after
    if word(tokens, index) in articles:
        return Fraction(1), Fraction(1), index + 1
    return (Fraction(1), Fraction(1), index) if _may_stand_alone(tokens, index, language, bare=bare) else None


@lru_cache(maxsize=64)
def _few(language: Language) -> Mapping[str, tuple[Fraction, Fraction]]:
    halves = dict.fromkeys(_HALVES, (_HALF, _HALF))
    return halves | {phrase: (Fraction(low), Fraction(high)) for phrase, (low, high) in language.lengths.few.items()}


def _and_a_half(tokens: Words, index: int, language: Language) -> int:
    """The number of words at a place that say `and a half`; 0 when they do not."""
    sizes = (len(phrase) for phrase in language.lengths.and_a_half if tokens[index : index + len(phrase)] == phrase)
    return max(sizes, default=0)


def _may_stand_alone(tokens: Words, index: int, language: Language, *, bare: bool) -> bool:
    """True when a unit without a number means one of it: `fortnight`, `week or two`, `year and a half`."""
    name, lengths = word(tokens, index), language.lengths
    if not any(several[:1] == (name,) for several in lengths.units.values()):
        return False
    if bare or name in lengths.alone or word(tokens, index + 1) in lengths.or_words:
        return True
    return tokens[index + 1 :] in lengths.and_a_half


def _unit(tokens: Words, index: int, language: Language) -> tuple[str, int]:
    if word(tokens, index) == "/":
        unit = language.lengths.shorthand.get(word(tokens, index + 1))
        return (unit, index + 2) if unit else ("", index)
    if word(tokens, index) in language.lengths.whole:
        index += 1
    named = _units(language).get(word(tokens, index), "")
    return (named, index + 1) if named else ("", index)


@lru_cache(maxsize=64)
def _units(language: Language) -> Mapping[str, str]:
    return {name: unit for unit, names in language.lengths.units.items() for name in names}


def _sum(amounts: list[_Amount]) -> tuple[int, int]:
    lows = (_span_of(amount.low, amount.unit)[0] for amount in amounts)
    highs = (_span_of(amount.high, amount.unit)[1] for amount in amounts)
    return sum(lows), sum(highs)


def _span_of(number: Fraction, unit: str) -> tuple[int, int]:
    if unit == "year":
        return months_in_days(number * 12)
    if unit == "month":
        return months_in_days(number)
    days = number * _DAYS_IN[unit]
    return math.floor(days), math.ceil(days)


def months_in_days(number: Fraction) -> tuple[int, int]:
    """The fewest and the most days that so many calendar months can have."""
    whole = math.floor(number)
    years, months = divmod(whole, 12)
    low = math.floor(Fraction(1461, 4) * years) + _FEWEST_IN_MONTHS[months] + math.floor(28 * (number - whole))
    high = math.ceil(Fraction(1461, 4) * years) + _MOST_IN_MONTHS[months] + math.ceil(31 * (number - whole))
    return low, high
