"""Text to a narrow page and back: wrapping, one line at a time, nothing that moves a cursor."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

from chatbot.interview.reading.sanitise import clean, harmless

NARROW, WIDE = 40, 72
_LEAST = 20


class EndOfInputError(Exception):
    """Nothing more can be read: the input was closed."""


class Page:
    """Lines out and lines in, wrapped to a width; a word longer than that stays whole on a line of its own.

    Without a person at it, so many lines are read as `patience` says, and no more; 0 is without end.
    """

    def __init__(
        self, read: Callable[[str], str], write: Callable[[str], None], width: int = NARROW, patience: int = 0
    ) -> None:
        self._read = read
        self._write = write
        self._width = max(_LEAST, min(width, WIDE))
        self.patience = patience
        self._asked = 0

    def say(self, text: str = "", indent: str = "", first: str = "") -> None:
        """Write a text, wrapped; `first` stands before its first line, `indent` before the later ones."""
        for line in harmless(text).split("\n"):
            wrapped = textwrap.wrap(
                line,
                self._width,
                initial_indent=first,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for part in wrapped or [""]:
                self._write(part + "\n")

    def choices(self, texts: Iterable[str]) -> None:
        """Write numbered lines."""
        for number, text in enumerate(texts, start=1):
            self.say(text, indent="   ", first=f"{number}. ")

    @property
    def is_out_of_patience(self) -> bool:
        """True when more lines were wanted than are read where no person is."""
        return 0 < self.patience < self._asked

    def ask(self, prompt: str) -> str:
        """Read one line, cleaned; EndOfInputError when there is none, or when there is no end of them."""
        self._asked += 1
        if self.is_out_of_patience:
            raise EndOfInputError
        try:
            return clean(self._read(prompt))
        except EOFError as error:
            raise EndOfInputError from error
