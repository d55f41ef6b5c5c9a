"""What every shell says of where answers are kept, one file for each language.

These texts are the program's and no pack's: a pack that was kept with a case must be readable by later programs.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatbot.service.records import Returned
    from chatbot.wording import Audience

_FOLDER = Path(__file__).parent
_DEFAULT = "en"


def saying(key: str, language: str = _DEFAULT, **parts: object) -> str:
    """One text, its named parts put in; in English where the language has none."""
    text = _texts(language).get(key) or _texts(_DEFAULT)[key]
    for name, part in parts.items():
        text = text.replace("{" + name + "}", str(part))
    return text


def told_on_return(found: Returned) -> tuple[str, ...]:
    """What is said to somebody whose interview goes on: what they have to look at first stands first."""
    at, day = found.conversation, found.since.astimezone().date()
    language, texts = at.words.language, list[str]()
    if found.missing:
        texts.append(saying("missing", language, count=found.missing))
    if found.differs:
        reader: Audience = "clinician" if at.interview.case.mode == "nurse" else "patient"
        then = at.words.fill(at.words.levels[found.differs]["title"][reader], at.interview.case.country)
        texts.append(saying("differs", language, day=day, then=then))
    texts.append(saying("carried", language, day=day, why=found.carried) if found.carried else "")
    return tuple(filter(None, (*texts, "" if found.carried else saying("resumed", language, day=day))))


def told_of_reading(found: Returned, language: str) -> str:
    """Why a case can only be read."""
    return saying("with_nurse" if found.with_nurse else "held", language, who=found.held_by)


@lru_cache(maxsize=8)
def _texts(language: str) -> dict[str, str]:
    file = _FOLDER / f"{language}.json"
    found: dict[str, str] = {}
    if language.replace("-", "").isalnum() and file.is_file():
        found = json.loads(file.read_text(encoding="utf-8"))
    return found
