"""Locks that end with the program that holds them, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from chatbot.storage.private import private_folder


class FileLock:
    """A lock on a file, for one program or shared by many of a kind; the system lets go of it when the program ends.

    OSError where the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self, shared: bool = False, wait: bool = False) -> bool:
        """Take the lock, or change it from shared to alone; False when another program has it."""
        while True:
            if self._file is None:
                private_folder(self.path.parent)
                self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(self._file, shared, wait):
                if shared:
                    self.release()
                return False
            if self._is_there(self._file):
                return True
            self.release()  # whoever had it took the file away; the lock is on nothing

    def _is_there(self, number: int) -> bool:
        try:
            return os.path.samestat(os.fstat(number), self.path.stat())
        except FileNotFoundError:
            return False

    def write(self, text: str) -> None:
        """Say in the file who has it."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0) if hasattr(os, "pwrite") else os.write(self._file, text.encode())

    def read(self) -> str:
        """Reads what the one who has it said."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace")[:500]
        except OSError:
            return ""

    def remove(self) -> None:
        """Let go, and leave no file behind."""
        if self._file is not None and sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Let go of the lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int, shared: bool, wait: bool) -> bool:
        """Windows has no shared locks here; many of a kind then go without."""
        if shared:
            return True
        try:
            os.lseek(number, 1_000, os.SEEK_SET)  # behind what is written, which others read
            msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(number: int, shared: bool, wait: bool) -> bool:
        try:
            fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
