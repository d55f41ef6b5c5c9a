"""Texts by key in one language, and how parts are put into them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PART = re.compile(r"\{(\w+)\}")


def put_in(text: str, parts: Mapping[str, object]) -> str:
    """The text with its named parts put in; what a part says is never read as a place for another."""
    return _PART.sub(lambda place: str(parts.get(place[1], place[0])), text) if parts else text


class Texts:
    """Texts of the program in one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts

    def say(self, key: str, /, **parts: object) -> str:
        """One text, its named parts put in; KeyError when there is none."""
        return put_in(self.texts[key], parts)
