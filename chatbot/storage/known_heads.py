"""The heads of all cases in a second file, so that a store set back or cut short does not go unseen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from chatbot.errors import StorageError
from chatbot.storage.chain import Head
from chatbot.storage.private import private_folder

_LINE = re.compile(r"([0-9a-z-]{1,64}) (\d{1,15}) ([0-9a-f]{64})")


class Heads:
    """A file with a line for each time a case grew; the last line of a case is how far it goes.

    It holds no more than names of cases, numbers and digests. That a line could not be written loses no answer, and
    the next one says more, so it is no error.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def note(self, head: Head) -> None:
        """Say how far a case goes."""
        line = f"{head.case} {head.seq} {head.hash.hex()}\n".encode()
        with suppress(OSError):
            os.write(self._opened(), line)

    def _opened(self) -> int:
        """The file, opened once, and again where another program has put a new one in its place."""
        if self._file is not None and not self._is_the_file(self._file):
            self.close()
        if self._file is None:
            private_folder(self.path.parent)
            self._file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            size = os.fstat(self._file).st_size
            os.lseek(self._file, max(0, size - 1), os.SEEK_SET)
            if size and os.read(self._file, 1) != b"\n":
                os.write(self._file, b"\n")  # a line was cut; the next is not to become a part of it
        return self._file

    def _is_the_file(self, number: int) -> bool:
        try:
            return os.path.samestat(os.fstat(number), self.path.stat())
        except FileNotFoundError:
            return False

    def known(self) -> dict[str, Head]:
        """Reads how far each case went; lines that were cut or are damaged say nothing."""
        heads: dict[str, Head] = {}
        for head in self._lines():
            if head.case not in heads or heads[head.case].seq <= head.seq:
                heads[head.case] = head
        return heads

    def _lines(self) -> Iterator[Head]:
        try:
            text = self.path.read_bytes().decode("ascii", errors="replace")
        except FileNotFoundError:
            return
        except OSError as error:
            raise StorageError(f"cannot read '{self.path}': {error.strerror}") from error
        for line in text.split("\n"):
            parts = _LINE.fullmatch(line)
            if parts:
                yield Head(parts[1], int(parts[2]), bytes.fromhex(parts[3]))

    def forget(self, cases: set[str]) -> None:
        """Leave out cases that were purged; what is left is one line for each."""
        left = [head for head in self.known().values() if head.case not in cases]
        self.put(left)

    def put(self, heads: list[Head]) -> None:
        """Write the file anew."""
        text = "".join(f"{head.case} {head.seq} {head.hash.hex()}\n" for head in heads)
        beside = self.path.with_name(f"{self.path.name}.new")
        with suppress(OSError):
            private_folder(self.path.parent)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
