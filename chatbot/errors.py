"""What can go wrong, and nothing else.

TriageError
  PackError      content is not usable; carries every Problem found
  InputError     what a person or a file gave cannot be used: what, where, how to mend
  EngineError    the engine met what must not happen; shells show the emergency sentence
  StorageError   answers cannot be kept or read: UnreachableError, DamagedError, StaleWriteError, HeldError
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass

# The disk is full, or over its quota, or broken, or the file may not grow: no fault of the program.
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


def cannot_be_written(error: OSError) -> bool:
    """True where what was to be written to an open stream has no room there."""
    return error.filename is None and error.errno in _UNWRITABLE


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One content error: where it stands, what is wrong, how to mend it, and a stable code."""

    file: str
    line: int
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text} [{self.code}]"


class TriageError(Exception):
    """Anything this package raises on purpose."""


class PackError(TriageError):
    """A pack that cannot be used, with all its problems in file and line order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class InputError(TriageError):
    """Facts, a transcript or a command line that cannot be used."""


class EngineError(TriageError):
    """The engine reached a state that the design rules out."""


class StorageError(TriageError):
    """Answers cannot be kept or read where they should be; said in words a person understands."""


class UnreachableError(StorageError):
    """The place is not there at this moment; trying again may help."""


class DamagedError(StorageError):
    """Raised when what stands there is not what was written."""


class StaleWriteError(StorageError):
    """Somebody else wrote to the case since it was read."""


class HeldError(StorageError):
    """The case is open in another program; `who` says where."""

    def __init__(self, who: str) -> None:
        self.who = who
        super().__init__(f"this interview is open in another window: {who}")
