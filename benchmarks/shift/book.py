"""What a process was told, in a file of its own: a line is written before anything else is done."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chatbot.storage.row import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who wrote it, what it is, and what it says."""

    writer: str
    what: str
    said: dict[str, object] = field(default_factory=dict)


class Book:
    """Lines of one process; they outlive a process that is killed."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, what: str, **said: object) -> None:
        """Write a line."""
        os.write(self._file, (json.dumps({"what": what, **said}) + "\n").encode())

    def kept(self, row: Row, *kinds: str) -> None:
        """It was acknowledged that a case goes so far, and that these kinds of events of ours are in it."""
        self.write("kept", case=row.case, seq=row.seq, head=row.head.hex(), kinds=kinds)

    def seen(self, what: str) -> None:
        """Something to be counted."""
        self.write("seen", told=what)


def lines_in(folder: Path, station: str = "*") -> Iterator[Line]:
    """The lines of a station's processes, one after another, or of all; what was cut off was never told."""
    for path in sorted(folder.glob(f"{station}.*")):
        for text in path.read_text(encoding="utf-8").split("\n")[:-1]:
            said = json.loads(text)
            yield Line(path.name.partition(".")[0], said.pop("what"), said)
