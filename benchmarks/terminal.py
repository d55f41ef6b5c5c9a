"""A program in a real pseudo-terminal, what its screen shows, and when that last changed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from unicodedata import east_asian_width

# Longer than some frames of the library and shorter than anything a person waits for.
QUIET = 0.1
PATIENCE = 20.0
# What the library asks a terminal, and what current ones say: they show a frame when all of it has come.
_ASKED, _SAID = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
_CUT = re.compile(r"(?:\x1b[^A-Za-z]*)?\Z")
_PIECE = re.compile(r"\x1b\[([0-9;?<>=]*)[ -/]*([A-Za-z])|\x1b\][^\x07]*\x07|[^\x1b]", re.DOTALL)
# Compiled once, as installed programs are, and without the settings of whoever runs this.
_HOME = tempfile.TemporaryDirectory(prefix="benchmark-")
_UNSET = ("PYTHONDONTWRITEBYTECODE", "NO_COLOR", "TERM_PROGRAM")


class Terminal:
    """One program, started at once; `cells` is what its screen shows, each character with its colours."""

    def __init__(self, argv: list[str], size: tuple[int, int] = (80, 24)) -> None:
        self.cells: dict[tuple[int, int], tuple[str, str]] = {}
        self._unread = ""
        self._decoder = getincrementaldecoder("utf-8")()
        self.started = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            env = {name: value for name, value in os.environ.items() if name not in _UNSET}
            env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            env |= {f"XDG_{kind}_HOME": _HOME.name for kind in ("CONFIG", "DATA", "STATE")}
            env |= {"PYTHONPYCACHEPREFIX": _HOME.name}
            os.execve(sys.executable, [sys.executable, *argv], env)
        self.resize(size)

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window another size."""
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def press(self, keys: str, *texts: str) -> float:
        """Press keys; milliseconds until the screen shows all that follows from it, these texts included."""
        pressed = time.perf_counter()
        os.write(self.handle, keys.encode())
        return 1000 * (self.watch(*texts)[1] - pressed)

    def send(self, keys: str) -> None:
        """Press keys, of which nothing need follow, and paint what does."""
        os.write(self.handle, keys.encode())
        for _, frame in self._frames(self._read(QUIET)):
            self._paint(frame)

    def turn(self, size: tuple[int, int]) -> float:
        """Make the window another size; milliseconds until all is painted anew."""
        self.cells.clear()
        began = time.perf_counter()
        self.resize(size)
        return 1000 * (self.watch()[1] - began)

    def watch(self, *texts: str, quiet: float = QUIET) -> tuple[float, float]:
        """When texts were on the screen first, and when it changed last before nothing came for a while."""
        first = last = 0.0
        until = time.perf_counter() + PATIENCE
        while not (first and last):
            for came, frame in self._frames(self._read(quiet)):
                before = dict(self.cells)
                self._paint(frame)
                last = came if self.cells != before else last
                first = first or (came if all(text in self.text for text in texts) else 0.0)
            if time.perf_counter() > until:
                raise SystemExit(f"not painted: {texts or 'anything'}\n{self.text}")
        return first, last

    def _read(self, quiet: float) -> list[tuple[float, bytes]]:
        """What comes until it is quiet, with when it came; it is looked at later, so as not to be late for the rest."""
        found: list[tuple[float, bytes]] = []
        while select.select([self.handle], [], [], quiet)[0]:
            piece = os.read(self.handle, 65_536)
            found.append((time.perf_counter(), piece))
            if _ASKED in piece:
                os.write(self.handle, _SAID)
        return found

    def _frames(self, pieces: list[tuple[float, bytes]]) -> Iterator[tuple[float, str]]:
        """Each frame when all of it had come; before frames are agreed upon, each piece as it came."""
        for came, piece in pieces:
            self._unread += self._decoder.decode(piece)
            while (begin := self._unread.find(_BEGIN)) >= 0 and (end := self._unread.find(_END, begin)) >= 0:
                yield came, self._unread[: end + len(_END)]
                self._unread = self._unread[end + len(_END) :]
            if begin < 0:
                whole = len(self._unread) - len(_CUT.search(self._unread)[0])
                yield came, self._unread[:whole]
                self._unread = self._unread[whole:]

    def _paint(self, frame: str) -> None:
        """Put a frame on the screen."""
        row = column = 1
        colours = ""
        for piece in _PIECE.finditer(frame):
            values, does = piece[1], piece[2]
            if does == "H":
                row, column = map(int, values.split(";"))
            elif does == "m":
                colours = "" if values in ("", "0") else f"{colours};{values}"
            elif piece[0] == "\n":
                row, column = row + 1, 1
            elif len(piece[0]) == 1 and piece[0] >= " ":
                self.cells[row, column] = piece[0], colours
                column += 2 if east_asian_width(piece[0]) in "WF" else 1

    @property
    def text(self) -> str:
        """What the screen shows, row by row."""
        rows: dict[int, str] = {}
        for (row, _), (character, _) in sorted(self.cells.items()):
            rows[row] = rows.get(row, "") + character
        return "\n".join(rows.values())

    def memory(self) -> dict[str, float]:
        """MiB resident, its share of what it shares with other programs, and its own alone."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]
        found = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}
        return {"RSS": found["Rss"], "PSS": found["Pss"], "USS": found["Private_Clean"] + found["Private_Dirty"]}

    def end(self) -> None:
        """End the program, whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)
