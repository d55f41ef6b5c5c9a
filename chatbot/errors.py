"""What can go wrong, and nothing else.

TriageError
  PackError      content is not usable; carries every Problem found
  InputError     what a person or a file gave cannot be used: what, where, how to mend
  EngineError    the engine met what must not happen; shells show the emergency sentence
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
