"""The one way in which words that list several things are split: "2, 5", "1 and 3", "4 & 5", "6 7 8"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chatbot.interview.reading.language import Language
from chatbot.interview.reading.phrases import either
from chatbot.interview.reading.sanitise import fold

_BETWEEN = re.compile("[,;\n]")
_SIGN = "[&+]"
_FIGURES_IN_A_ROW = re.compile(r"\d{1,2}(?: \d{1,2})+", re.ASCII)
_LETTER = re.compile("[a-z]")


class _Joints(NamedTuple):
    between: re.Pattern[str]
    first: re.Pattern[str]


def listed(typed: str) -> list[str]:
    """The parts of what was typed, between commas, semicolons and line ends."""
    return [part.strip() for part in _BETWEEN.split(typed.strip(" ,;\n"))]


def pieces(part: str, language: Language) -> list[str]:
    """The pieces of a part, folded: what its joints join, and figures in a row one by one.

    Letters beside a sign are not split: "A&E" is a place, not the first and the fifth option.
    """
    folded = _joints(language).first.sub("", fold(part)).strip()
    joined = _joints(language).between.split(folded)
    if re.search(_SIGN, folded) and any(map(_LETTER.fullmatch, joined)):
        return [folded]
    if len(joined) == 2:
        joined[0] = joined[0].removeprefix(f"{language.replies.both} ")
    return [each for piece in joined for each in (piece.split() if _FIGURES_IN_A_ROW.fullmatch(piece) else [piece])]


@lru_cache(maxsize=64)
def _joints(language: Language) -> _Joints:
    words = "".join(rf"\s+{re.escape(word)}\s+|" for word in language.replies.joints)
    return _Joints(
        between=re.compile(rf"{words}\s*{_SIGN}\s*"),
        first=re.compile(f"^ *(?:{either(language.replies.joints)}|&) "),
    )
