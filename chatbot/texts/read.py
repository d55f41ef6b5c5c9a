"""Reads the program's texts from their files; imports nothing heavy, since the first screen speaks before all else."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from chatbot.texts.say import Texts

FOLDER = Path(__file__).parent
DEFAULT = "en"


@lru_cache(maxsize=32)
def texts(language: str = DEFAULT, *groups: str) -> Texts:
    """The texts of some groups, a later one over an earlier; what a language lacks is said in English."""
    found: dict[str, str] = {}
    for group in groups or ("shells",):
        found |= _read(DEFAULT).get(group, {}) | _read(language).get(group, {})
    return Texts(language, found)


def texts_for(mode: str, language: str = DEFAULT) -> Texts:
    """The texts of every shell as who answers reads them: to a carer the person is somebody else."""
    return texts(language, "shells", "carer") if mode == "carer" else texts(language)


@lru_cache(maxsize=32)
def _read(language: str) -> dict[str, dict[str, str]]:
    file = FOLDER / f"{language}.json"
    if not language.replace("-", "").isalnum() or not file.is_file():
        return {}
    found: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return found
