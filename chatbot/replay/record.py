"""A transcript written as a file, and a conversation recorded in one as it goes on."""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel

from chatbot.errors import InputError
from chatbot.interview.conversation import Conversation
from chatbot.interview.to_transcript import Recording
from chatbot.interview.transcript import Expect, Transcript, Turn

_HEAD = ("pack", "who", "whom", "country", "language", "clock", "about")
_ORDER = ("ask", "change", "jump", "say", "pick", "lines", "again", "raises", "unclear", "kept", "left", "at_once")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_NOT_TEXT = ("true", "false", "null")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# Always in quotes: what people said, not what something is called.
_SPOKEN = ("say", "about")


def yaml_of(transcript: Transcript) -> str:
    """The transcript as a file in the style of those that come with the program, a turn on each line."""
    told = transcript.model_dump(mode="json", exclude_unset=True)
    left_out = {"whom": "them", "language": "en", "about": ""}
    lines = [
        f"{key}: {_flow(told[key], key)}"
        for key in _HEAD
        if told.get(key) is not None and left_out.get(key) != told[key]
    ]
    lines += ["turns:", *(turn_line(turn) for turn in transcript.turns)]
    if "expect" in told:
        expected = ((key, value) for key, value in told["expect"].items() if value is not None)
        lines += ["expect:", *(f"  {key}: {_flow(value)}" for key, value in expected)]
    return "\n".join(lines) + "\n"


def expect_line(expect: Expect, name: str = "") -> str:
    """The expectation as the text behind its key: all of it, or one of its names."""
    told = expect.model_dump(mode="json", exclude_unset=True)
    return _flow(told[name] if name else told)


def turn_line(turn: Turn) -> str:
    """One turn as the line of a file."""
    if not isinstance(turn, BaseModel):
        return f"  - {turn}"
    told = turn.model_dump(mode="json", exclude_unset=True)
    return f"  - {_flow({key: told[key] for key in _ORDER if key in told})}"


def _flow(value: object, key: str = "") -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(str(name))}: {_flow(given, str(name))}" for name, given in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if isinstance(value, str) and (key not in _SPOKEN) and _is_bare(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_bare(text: str) -> bool:
    """True when a word is read as itself without quotes."""
    return bool(_WORD.fullmatch(text) and text not in _NOT_TEXT) or bool(_DATE.fullmatch(text))


class Recorder:
    """Keeps a conversation in a file of its own, written anew after every step; `pack` is how it is found again."""

    def __init__(self, path: Path, pack: str) -> None:
        """InputError when the file holds something, or cannot be written."""
        self.path = path
        self.failed = False
        self._written = b""
        self._recording = Recording(pack)
        try:
            _refuse(path)
            self._write(b"")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise InputError(f"cannot record in '{path}': {why}") from error

    def take(self, conversation: Conversation | None) -> bool:
        """Write where the conversation stands, nothing where there is none; False the first time that it cannot be."""
        try:
            transcript = None if conversation is None else self._recording.transcript(conversation)
            content = yaml_of(transcript).encode() if transcript else b""
            if content != self._written or self.failed:
                self._write(content)
        except Exception:  # whatever goes wrong with writing it down, the interview goes on
            is_news, self.failed = not self.failed, True
            return not is_news
        self.failed, self._written = False, content
        return True

    def _write(self, content: bytes) -> None:
        """Put a whole file in place of the one before, so that there is one of them whatever happens."""
        number, name = tempfile.mkstemp(prefix=f".{self.path.name[:100]}.", dir=self.path.parent)  # for the owner alone
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(number)
            Path(name).replace(self.path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise


def _refuse(path: Path) -> None:
    """Refuse what is there already and is not an empty file."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"cannot record in '{path}': it is there already, and is not a plain file")
    if status.st_size:
        raise InputError(f"cannot record in '{path}': the file is not empty; name another")
