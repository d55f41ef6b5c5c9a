"""Every time and number in a text: windows of words as the readers of durations and numbers read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from chatbot.interview.hearing.compositions import Spot
from chatbot.interview.hearing.typed_words import HARD_STOPS
from chatbot.interview.reading.durations import read_duration
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.phrases import count

_LONGEST = 7
_MINUTES = {"minute": 1, "hour": 60}


class Measure(NamedTuple):
    """A time in days or minutes, or a bare number, with the place where it stands; both ends are included."""

    kind: Literal["days", "minutes", "number"]
    low: float
    high: float
    place: Spot


def measures_of(words: Sequence[str], language: Language, today: date | None) -> tuple[Measure, ...]:
    """Every measure in words: times first, each as long as it can be read, then minutes, then the numbers left."""
    days = tuple(_days(words, language, today))
    taken = {place for measure in days for place in range(*measure.place)}
    minutes = tuple(_minutes(words, language))
    numbers = tuple(m for m in numbers_in(words, language) if not taken & set(range(*m.place)))
    return (*days, *minutes, *numbers)


@lru_cache(maxsize=16)
def _anchors(language: Language) -> frozenset[str]:
    """The words without which nothing is a time."""
    lengths, dates = language.lengths, language.dates
    units = (word for unit, words in lengths.units.items() if unit not in _MINUTES for word in words if len(word) > 1)
    spoken = (word for phrase in (*dates.spoken, *dates.holidays, *dates.weekend) for word in phrase.split())
    anchors = {*units, *spoken, *dates.weekdays, *dates.months, *dates.week, *dates.month, *dates.year}
    return frozenset(anchors) - {
        "the",
        "at",
        "over",
        "last",
        "just",
        "before",
        "earlier",
        "day",
        "may",
        "sat",
        "sun",
        "this",
    }


def _days(words: Sequence[str], language: Language, today: date | None) -> Iterator[Measure]:
    anchors = _anchors(language) | {"day", "days"}
    places = [place for place, word in enumerate(words) if word in anchors]
    taken = -1
    for place in places:
        if place < taken:
            continue
        best: tuple[int, int, float, float] | None = None
        for first in range(max(taken, place - _LONGEST + 1, 0), place + 1):
            for last in range(min(first + _LONGEST, len(words)), place, -1):
                if best is not None and last - first <= best[1] - best[0]:
                    break
                window = words[first:last]
                if any(word in HARD_STOPS for word in window):
                    continue
                span = _read(" ".join(window), today, language)
                if span is not None:
                    best = (first, last, *span)
        if best is not None:
            taken = best[1]
            yield Measure("days", best[2], best[3], Spot(best[0], best[1]))


@lru_cache(maxsize=20_000)
def _read(window: str, today: date | None, language: Language) -> tuple[float, float] | None:
    span = read_duration(window, today, language)
    return None if span is None else (span.low, span.high)


def _minutes(words: Sequence[str], language: Language) -> Iterator[Measure]:
    for unit, each in _MINUTES.items():
        for place, word in enumerate(words):
            if word not in language.lengths.units[unit] or len(word) == 1:  # type: ignore[index] # both are units
                continue
            for first in (place - 2, place - 1):
                number = count(tuple(words), first, language.numbers) if first >= 0 else None
                if number is not None and number[1] == place:
                    yield Measure("minutes", float(number[0]) * each, float(number[0]) * each, Spot(first, place + 1))
                    break
            else:
                low, high = (30.0, 30.0) if "half" in words[max(0, place - 3) : place] else (1.0, 1.0)
                several = word.endswith("s")
                if several or words[max(0, place - 1)] in ("a", "an"):
                    low, high = (2.0, 5.0) if several else (low, high)
                    low, high = (low, high) if low == 30.0 else (low * each, high * each)
                    yield Measure("minutes", low, high, Spot(max(0, place - 1), place + 1))


def numbers_in(words: Sequence[str], language: Language) -> Iterator[Measure]:
    """Every number in words, also those that a time is made of."""
    place, several = 0, tuple(words)
    while place < len(several):
        number = count(several, place, language.numbers)
        if number is None:
            place += 1
            continue
        yield Measure("number", float(number[0]), float(number[0]), Spot(place, number[1]))
        place = number[1]
