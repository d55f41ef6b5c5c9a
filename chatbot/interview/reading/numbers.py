"""Numbers as people type them: `7`, `seven`, `7/10`, `6 or 7`, `38.5`."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from chatbot.case import Span
from chatbot.interview.reading.language import Language, Numbers
from chatbot.interview.reading.phrases import Words, count, peel, word, words

_OLDEST = range(100, 151)
_BETWEEN = "between"


def read_number(
    text: str,
    low: float,
    high: float,
    language: Language,
    *,
    decimals: int = 0,
    approximate: bool = False,
    unit: str = "years",
) -> Span | None:
    """The number or range typed in answer to a question, or None when it is not plainly one within bounds.

    `low` and `high` are included. `decimals` is how many places may be typed, with point or comma.
    `approximate` lets "about 7" stand for 7. `unit` names the unit whose words may follow, years only where
    the bounds are those of an age. "7/10" and "7 out of 10" are read only where `high` is 10.
    """
    numbers = language.numbers
    for sign, written_out in numbers.signs.items():
        text = text.replace(sign, written_out)
    tokens = words(text)
    if tokens is None:
        return None
    tokens, marks = peel(
        tokens,
        _leads(language),
        _tails(language, unit if unit != "years" or high in _OLDEST else "", of_ten=high == 10),
    )
    if "about" in marks and not approximate:
        return None
    is_between = _BETWEEN in marks
    ends = _ends(tokens, numbers.between_and if is_between else numbers.joints | {"-"}, decimals, numbers)
    if ends is None or (is_between and ends[0] == ends[1]):
        return None
    return _span(ends) if low <= ends[0] <= ends[1] <= high else None


@lru_cache(maxsize=64)
def _leads(language: Language) -> Mapping[str, str]:
    numbers = language.numbers
    return {
        **dict.fromkeys(numbers.soft_leads, "about"),
        **dict.fromkeys(numbers.leads, ""),
        numbers.between: _BETWEEN,
    }


@lru_cache(maxsize=256)
def _tails(language: Language, unit: str, *, of_ten: bool) -> Mapping[str, str]:
    numbers = language.numbers
    out_of_ten = (*numbers.out_of_ten, "/ 10") if of_ten else ()
    plain = (*numbers.units.get(unit, ()), *out_of_ten, *numbers.tails)
    return {**dict.fromkeys(numbers.soft_tails, "about"), **dict.fromkeys(plain, "")}


def _ends(tokens: Words, joints: frozenset[str], decimals: int, numbers: Numbers) -> tuple[Fraction, Fraction] | None:
    first = _places_fit(tokens, 0, decimals, numbers)
    if first is None:
        return None
    value, index = first
    if index == len(tokens):
        return value, value
    second = _places_fit(tokens, index + 1, decimals, numbers) if word(tokens, index) in joints else None
    if second is None or second[1] != len(tokens) or second[0] <= value:
        return None
    return value, second[0]


def _places_fit(tokens: Words, index: int, decimals: int, numbers: Numbers) -> tuple[Fraction, int] | None:
    places = word(tokens, index).replace(",", ".").partition(".")[2]
    return count(tokens, index, numbers) if len(places) <= decimals else None


def _span(ends: tuple[Fraction, Fraction]) -> Span:
    low, high = (int(end) if end.denominator == 1 else float(end) for end in ends)
    return Span(low, high)
