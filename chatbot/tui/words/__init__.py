"""The app's own texts: what stands on its keys, headings and hints, one file for each language.

They come up before any pack is loaded. What is asked and advised comes from the pack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_KEY = re.compile(r"\{key:(\w+)\}")
FOLDER = Path(__file__).parent
DEFAULT = "en"


class Words:
    """The app's texts in one language."""

    def __init__(self, language: str, texts: dict[str, str], keys: Mapping[str, str] | None = None) -> None:
        self.language = language
        # A text that names a key names the one that works: `{key:back}` is what that action has now.
        self.texts = {
            name: _KEY.sub(lambda found: (keys or {}).get(found[1], found[1]), text) for name, text in texts.items()
        }

    def say(self, key: str, /, **parts: object) -> str:
        """One text, its named parts put in; KeyError when there is none."""
        text = self.texts[key]
        for name, part in parts.items():
            text = text.replace("{" + name + "}", str(part))
        return text

    def kept(self, how: str, **parts: str) -> Words:
        """The texts where answers are kept in some way: those that have a form for it take it, its parts put in."""
        ending, said = f"_{how}", {}
        for name, text in self.texts.items():
            if name.endswith(ending):
                for part, value in parts.items():
                    text = text.replace("{" + part + "}", value)  # filled in part by part
                said[name.removesuffix(ending)] = text
        return Words(self.language, {**self.texts, **said})


@lru_cache(maxsize=8)
def words(language: str = DEFAULT, keys: tuple[tuple[str, str], ...] = ()) -> Words:
    """The texts of a language with the names of the keys; those it lacks are in English."""
    texts = _read(DEFAULT)
    if language != DEFAULT and language.isalpha():
        texts |= _read(language)
    return Words(language, texts, dict(keys))


def _read(language: str) -> dict[str, str]:
    file = FOLDER / f"{language}.json"
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found
