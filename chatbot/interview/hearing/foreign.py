"""Whether a text is in another language: by its script, else by the commonest words of those likeliest here."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from chatbot.interview.hearing.english_asides import FOREIGN
from chatbot.interview.reading.sanitise import fold

# A longer word is hardly met in English by chance.
_LONG = 5


@lru_cache(maxsize=1024)
def is_foreign(said: str) -> bool:
    """True when most letters are of another script, or words of another language weigh enough among the others."""
    letters = [char for char in said if char.isalpha()]
    if not letters:
        return False
    other = 0 if said.isascii() else sum(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    if other * 2 > len(letters):
        return True
    words = re.findall(r"[^\W\d_]+", _plain_letters(said))
    weight = sum(2 if len(word) > _LONG else 1 for word in words if word in _foreign())
    known = [word for word in words if word not in _foreign()]
    return weight >= 2 and weight * 2 >= len(known)


def _plain_letters(text: str) -> str:
    """Text in small letters without accents."""
    parted = unicodedata.normalize("NFKD", fold(text))
    return "".join(char for char in parted if not unicodedata.combining(char)).replace("\u0131", "i")


@cache
def _foreign() -> frozenset[str]:
    return frozenset(map(_plain_letters, FOREIGN))
