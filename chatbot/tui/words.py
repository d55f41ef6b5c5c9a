"""The app's words: the program's texts with the names of the keys that work, and what they say of saved answers.

They come up before any pack is loaded. What is asked and advised comes from the pack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from chatbot.texts.read import DEFAULT, texts
from chatbot.texts.say import Texts

_KEY = re.compile(r"\{key:(\w+)\}")


class Words(Texts):
    """The app's texts in one language."""

    def __init__(self, language: str, texts: Mapping[str, str], keys: Mapping[str, str] | None = None) -> None:
        # A text that names a key names the one that works: `{key:back}` is what that action has now.
        named = {name: _KEY.sub(lambda key: (keys or {}).get(key[1], key[1]), text) for name, text in texts.items()}
        super().__init__(language, named)

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
    return Words(language, texts(language, "shells", "app").texts, dict(keys))
