"""Numbers as people type them: `7`, `seven`, `7/10`, `6 or 7`, `38.5`."""

from collections.abc import Mapping
from fractions import Fraction

from chatbot.case import Span
from chatbot.interview.phrases import SOFT_LEADS, SOFT_TAILS, Words, count, peel, word, words

_LEADS: Mapping[str, str] = dict.fromkeys(
    (
        "i am", "im", "i am now", "im now", "it is", "its",
        "he is", "hes", "she is", "shes", "they are", "theyre",
        "my age is", "age", "aged", "a", "an", "just turned",
    ),
    "",
) | {"between": "between"}  # fmt: skip
_OLDEST = range(100, 151)
_OUT_OF_TEN = ("out of 10", "out of ten", "/ 10")
_UNIT_WORDS: Mapping[str, tuple[str, ...]] = {
    "years": (
        "years old", "year old", "yrs old", "yr old", "years of age",
        "years", "yrs", "yr", "y o", "yo", "y / o",
    ),
    "weeks": ("weeks", "week", "wks", "wk"),
    "points": ("points", "point"),
    "celsius": ("degrees celsius", "degrees c", "degrees", "deg c", "celsius", "c"),
    "ml": ("ml", "mls", "millilitres", "milliliters"),
}  # fmt: skip


def read_number(
    text: str, low: float, high: float, *, decimals: int = 0, approximate: bool = False, unit: str = "years"
) -> Span | None:
    """The number or range typed in answer to a question, or None when it is not plainly one within bounds.

    `low` and `high` are included. `decimals` is how many places may be typed, with point or comma.
    `approximate` lets "about 7" stand for 7. `unit` names the unit whose words may follow, years only where
    the bounds are those of an age. "7/10" and "7 out of 10" are read only where `high` is 10.
    """
    found = words(text.replace("\u00b0", " degrees ").replace("\u2103", " degrees c"))
    if found is None:
        return None
    found, marks = peel(found, {**SOFT_LEADS, **_LEADS}, _tails(high, unit))
    if "about" in marks and not approximate:
        return None
    ends = _ends(found, frozenset({"and"} if "between" in marks else {"-", "to", "or"}), decimals)
    if ends is None or ("between" in marks and ends[0] == ends[1]):
        return None
    return _span(ends) if low <= ends[0] <= ends[1] <= high else None


def _tails(high: float, unit: str) -> Mapping[str, str]:
    units = _UNIT_WORDS.get(unit, ()) if unit != "years" or high in _OLDEST else ()
    of_ten = _OUT_OF_TEN if high == 10 else ()
    return {**SOFT_TAILS, **dict.fromkeys((*units, *of_ten, "now"), "")}


def _ends(found: Words, joints: frozenset[str], decimals: int) -> tuple[Fraction, Fraction] | None:
    first = _places_fit(found, 0, decimals)
    if first is None:
        return None
    value, at = first
    if at == len(found):
        return value, value
    second = _places_fit(found, at + 1, decimals) if word(found, at) in joints else None
    if second is None or second[1] != len(found) or second[0] <= value:
        return None
    return value, second[0]


def _places_fit(found: Words, at: int, decimals: int) -> tuple[Fraction, int] | None:
    places = word(found, at).replace(",", ".").partition(".")[2]
    return count(found, at) if len(places) <= decimals else None


def _span(ends: tuple[Fraction, Fraction]) -> Span:
    low, high = (int(end) if end.denominator == 1 else float(end) for end in ends)
    return Span(low, high)
