"""What the readers of numbers and durations share: words, spelled numbers, and phrases to set aside."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from chatbot.interview.reading.language import Numbers, Phrases
from chatbot.interview.reading.sanitise import fold

Words = tuple[str, ...]


class Reading(NamedTuple):
    """The whole days that lie between, at least and at most, and the unit in which it was said."""

    low: int
    high: int
    grain: str


_LONGEST_ANSWER = 200
_LONGEST_PHRASE = 6
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[-/~<>+?,]")
_IGNORED = re.compile(r"\.(?!\d)|[!\"]")
_FIGURES = re.compile(r"(?:0|0?[1-9]\d{0,4})(?:[.,]\d{1,2})?")


def words(text: str) -> Words | None:
    """The words, figures and signs of a typed answer, or None when it holds anything else or is long."""
    folded = fold(text)
    if len(folded) > _LONGEST_ANSWER:
        return None
    folded = _IGNORED.sub(" ", folded.replace("'", ""))
    tokens = tuple(_WORD.findall(folded))
    return tokens if "".join(tokens) == "".join(folded.split()) else None


def word(tokens: Words, index: int) -> str:
    """The word at a place, or an empty string beyond the end."""
    return tokens[index] if 0 <= index < len(tokens) else ""


def peel(tokens: Words, leads: Mapping[str, str], tails: Mapping[str, str]) -> tuple[Words, frozenset[str]]:
    """Takes known phrases from both ends, longest first: what is left, and the marks they carry."""
    marks: set[str] = set()
    while lead := _longest(tokens, leads, at_front=True):
        marks.update(lead[1].split())
        tokens = tokens[lead[0] :]
    while tail := _longest(tokens, tails, at_front=False):
        marks.update(tail[1].split())
        tokens = tokens[: -tail[0]]
    return tokens, frozenset(marks)


def either(phrases: Phrases) -> str:
    """A pattern for any one of some phrases, none of which is a part of the others' names."""
    return f"(?:{'|'.join(re.escape(fold(phrase)) for phrase in phrases)})" if phrases else r"(?!)"


def count(tokens: Words, index: int, numbers: Numbers) -> tuple[Fraction, int] | None:
    """A number at a place, and the place after it: `7`, `3.5`, `forty two`, `a hundred and five`."""
    first = word(tokens, index)
    if _FIGURES.fullmatch(first):
        return Fraction(first.replace(",", ".")), index + 1
    hundred = _hundred(tokens, index, numbers)
    if hundred is None:
        return _below_hundred(tokens, index, numbers)
    rest = _below_hundred(tokens, hundred + 1, numbers) if word(tokens, hundred) in numbers.also else None
    return (100 + rest[0], rest[1]) if rest else (Fraction(100), hundred)


def _hundred(tokens: Words, index: int, numbers: Numbers) -> int | None:
    if word(tokens, index) in numbers.before_hundred:
        index += 1
    return index + 1 if word(tokens, index) in numbers.hundred else None


def _below_hundred(tokens: Words, index: int, numbers: Numbers) -> tuple[Fraction, int] | None:
    first = word(tokens, index)
    if first in numbers.spelled:
        return Fraction(numbers.spelled[first]), index + 1
    if first not in numbers.tens:
        return None
    after = index + 2 if word(tokens, index + 1) == "-" else index + 1
    single = numbers.spelled.get(word(tokens, after), 0)
    if 1 <= single <= 9:
        return Fraction(numbers.tens[first] + single), after + 1
    return Fraction(numbers.tens[first]), index + 1


def _longest(tokens: Words, phrases: Mapping[str, str], *, at_front: bool) -> tuple[int, str] | None:
    for size in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
        part = tokens[:size] if at_front else tokens[-size:]
        mark = phrases.get(" ".join(part))
        if mark is not None:
            return size, mark
    return None
