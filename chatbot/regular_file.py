"""Files that end: what else has a name, such as a pipe or a device, may never, and is not waited for."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISREG, S_ISSOCK

from chatbot.errors import InputError

_KINDS = (
    (S_ISDIR, "a folder"),
    (S_ISFIFO, "a pipe"),
    (S_ISCHR, "a device"),
    (S_ISBLK, "a device"),
    (S_ISSOCK, "a socket"),
)


def refuse_other_than_file(path: Path) -> None:
    """InputError where something stands there that is not a file; OSError where that cannot be seen."""
    mode = path.stat().st_mode
    if not S_ISREG(mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "something else")
        raise InputError(f"'{path}' is {kind}, not a file")
