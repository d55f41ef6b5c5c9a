"""What every shell says of where answers are kept, one file for each language.

These texts are the program's and no pack's: a pack that was kept with a case must be readable by later programs.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_DEFAULT = "en"


def saying(key: str, language: str = _DEFAULT, **parts: object) -> str:
    """One text, its named parts put in; in English where the language has none."""
    text = _texts(language).get(key) or _texts(_DEFAULT)[key]
    for name, part in parts.items():
        text = text.replace("{" + name + "}", str(part))
    return text


@lru_cache(maxsize=8)
def _texts(language: str) -> dict[str, str]:
    file = _FOLDER / f"{language}.json"
    found: dict[str, str] = {}
    if language.replace("-", "").isalnum() and file.is_file():
        found = json.loads(file.read_text(encoding="utf-8"))
    return found
