"""What the readers of numbers and durations share: words, spelled numbers, and phrases to set aside."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from chatbot.interview.clean import fold

Words = tuple[str, ...]


class Reading(NamedTuple):
    """How many whole days lie between, at least and at most, and the unit in which it was said."""

    low: int
    high: int
    grain: str


_LONGEST_ANSWER = 200
_LONGEST_PHRASE = 6
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[-/~<>+?,]")
_IGNORED = re.compile(r"\.(?!\d)|[!\"]")
_FIGURES = re.compile(r"(?:0|0?[1-9]\d{0,4})(?:[.,]\d{1,2})?")

_SPELLED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_UP_TO_19 = {spelled: value for value, spelled in enumerate(_SPELLED)} | {"nought": 0}
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

_SOFTENERS = (
    "about", "around", "roughly", "approximately", "approx", "maybe", "perhaps", "possibly", "probably",
    "i think", "i guess", "i would say", "id say", "id guess", "i suppose", "i reckon",
)  # fmt: skip
# Words before or after a value that make it approximate; the value says what is meant by that.
SOFT_LEADS: dict[str, str] = dict.fromkeys((*_SOFTENERS, "circa", "~", "say", "must be", "going on"), "about")
SOFT_TAILS: dict[str, str] = dict.fromkeys(
    (*_SOFTENERS, "or so", "ish", "- ish", "or thereabouts", "give or take", "?"), "about"
)


def words(text: str) -> Words | None:
    """The words, figures and signs of a typed answer, or None when it holds anything else or is long."""
    folded = fold(text)
    if len(folded) > _LONGEST_ANSWER:
        return None
    folded = _IGNORED.sub(" ", folded.replace("'", ""))
    found = tuple(_WORD.findall(folded))
    return found if "".join(found) == "".join(folded.split()) else None


def word(found: Words, at: int) -> str:
    """The word at a place, or an empty string beyond the end."""
    return found[at] if 0 <= at < len(found) else ""


def peel(found: Words, leads: Mapping[str, str], tails: Mapping[str, str]) -> tuple[Words, frozenset[str]]:
    """What is left when known phrases are taken from both ends, longest first, and the marks they carry."""
    marks: set[str] = set()
    while lead := _longest(found, leads, at_front=True):
        marks.update(lead[1].split())
        found = found[lead[0] :]
    while tail := _longest(found, tails, at_front=False):
        marks.update(tail[1].split())
        found = found[: -tail[0]]
    return found, frozenset(marks)


def count(found: Words, at: int) -> tuple[Fraction, int] | None:
    """A number at a place, and the place after it: `7`, `3.5`, `forty two`, `a hundred and five`."""
    first = word(found, at)
    if _FIGURES.fullmatch(first):
        return Fraction(first.replace(",", ".")), at + 1
    hundred = _hundred(found, at)
    if hundred is None:
        return _below_hundred(found, at)
    rest = _below_hundred(found, hundred + 1) if word(found, hundred) == "and" else None
    return (100 + rest[0], rest[1]) if rest else (Fraction(100), hundred)


def _hundred(found: Words, at: int) -> int | None:
    if word(found, at) in {"a", "one"}:
        at += 1
    return at + 1 if word(found, at) == "hundred" else None


def _below_hundred(found: Words, at: int) -> tuple[Fraction, int] | None:
    first = word(found, at)
    if first in _UP_TO_19:
        return Fraction(_UP_TO_19[first]), at + 1
    if first not in _TENS:
        return None
    after = at + 2 if word(found, at + 1) == "-" else at + 1
    single = _UP_TO_19.get(word(found, after), 0)
    if 1 <= single <= 9:
        return Fraction(_TENS[first] + single), after + 1
    return Fraction(_TENS[first]), at + 1


def _longest(found: Words, phrases: Mapping[str, str], *, at_front: bool) -> tuple[int, str] | None:
    for size in range(min(_LONGEST_PHRASE, len(found)), 0, -1):
        part = found[:size] if at_front else found[-size:]
        mark = phrases.get(" ".join(part))
        if mark is not None:
            return size, mark
    return None
