"""A new pack to change: small, whole and passing, with comments that say what each file is for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chatbot.errors import InputError
from chatbot.packs.find import homes
from chatbot.packs.node import short
from chatbot.packs.pack_file import ID

SKELETON = Path(__file__).parent / "skeleton"
TRANSCRIPTS = "transcripts"
_MARK = re.compile("@([A-Z]+)@")


@dataclass(frozen=True, slots=True)
class Made:
    """The places of the new pack and its conversations, and the name by which the commands find it from here."""

    pack: Path
    transcripts: Path
    called: str


def new_pack(name: str, folder: Path, day: date) -> Made:
    """Write a pack under `dialogs` and conversations under `transcripts`; InputError when it cannot, or is there."""
    if not ID.fullmatch(name):
        raise InputError(f"'{short(name)}' is no name for a pack; use small letters, figures and _, a letter first")
    pack, transcripts = folder / "dialogs" / name, folder / "transcripts" / name
    for place in (pack, transcripts):
        if place.exists() or place.is_symlink():
            raise InputError(f"'{place.as_posix()}' is there already, and nothing is written over it; use another name")
    is_at_home = any(home.resolve() == pack.parent.resolve() for home in homes())
    made = Made(pack, transcripts, name if is_at_home else pack.as_posix())
    try:
        for file, text in _texts(made, name, day):
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot write '{pack.as_posix()}': {getattr(error, 'strerror', error)}") from error
    return made


def _texts(made: Made, name: str, day: date) -> Iterator[tuple[Path, str]]:
    """Every file with what it is to hold."""
    words = {
        "NAME": name,
        "TITLE": name.replace("_", " ").capitalize(),
        "DAY": day.isoformat(),
        "REVIEW": _in_a_year(day).isoformat(),
        "PATH": _in_a_comment(made.called),
        "PACK": json.dumps(made.called, ensure_ascii=False),
        "TRANSCRIPTS": _in_a_comment(made.transcripts.as_posix()),
    }
    for source in sorted(SKELETON.rglob("*.yaml")):
        text = _MARK.sub(lambda match: words[match[1]], source.read_text(encoding="utf-8"))
        inside = source.relative_to(SKELETON)
        is_transcript = inside.parts[0] == TRANSCRIPTS
        yield (made.transcripts / inside.name if is_transcript else made.pack / inside), text


def _in_a_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))


def _in_a_comment(path: str) -> str:
    """A path that stays on the line of its comment, whatever it is called."""
    return path if path.isprintable() else json.dumps(path)
