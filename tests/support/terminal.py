"""The real program in a pseudo-terminal: keys go in one at a time, and what a person would see is read back."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pyte

from tests.support.signalled import HEED

ROOT = Path(__file__).resolve().parent.parent.parent
# The terminal becomes the program's own, as in a window, so that it hangs up with it.
_OWN = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n{HEED}"
# Longer than the pace at which keys count as a machine's.
BETWEEN_KEYS = 0.04
DEADLINE, AGAIN = 20.0, 2.0
_DRAWN = dict.fromkeys(map(ord, "╔═╗║╚╝┏━┓┃┗┛┌─┐│└┘╭╮╰╯"))
KEYS = {
    "enter": "\r", "escape": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR",
    "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "ctrl+c": "\x03", "ctrl+q": "\x11", "ctrl+u": "\x15",
    "ctrl+z": "\x1a", "space": " ",
}  # fmt: skip


class Screen(pyte.Screen):
    """A screen with a second one, as terminals have for programs that take all of it."""

    def set_mode(self, *modes: int, **how: bool) -> None:
        """Switch to the second screen, or what else is asked for."""
        if 1049 in modes:
            self._first = [dict(self.buffer[row]) for row in range(self.lines)], (self.cursor.x, self.cursor.y)
            self.erase_in_display(2)
        super().set_mode(*modes, **how)

    def reset_mode(self, *modes: int, **how: bool) -> None:
        """Come back to the first screen."""
        super().reset_mode(*modes, **how)
        if 1049 in modes:
            rows, (self.cursor.x, self.cursor.y) = self._first
            for row, cells in enumerate(rows):
                self.buffer[row].clear()
                self.buffer[row].update(cells)


class Terminal:
    """A window with a program in it: `text` is what it shows, `modes` what the program has switched on."""

    def __init__(self, process: "subprocess.Popen[bytes]", number: int, size: tuple[int, int]) -> None:
        self.process = process
        self.number = number
        self.written = b""
        self.screen = Screen(*size)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        """The rows of the screen with what is blank at their ends left out."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    @property
    def said(self) -> str:
        """The screen as one line, without what is drawn."""
        return " ".join(self.text.translate(_DRAWN).split())

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within some time; whether there was any."""
        if not select.select([self.number], [], [], seconds)[0]:
            return False
        try:
            new = os.read(self.number, 65_536)
        except OSError:  # the other end is closed
            return False
        self.written += new
        # The reader of screens knows no private markers but `?`.
        self._stream.feed(new.replace(b"\x1b[>", b"\x1b[?").replace(b"\x1b[<", b"\x1b[?"))
        return bool(new)

    def pause(self, seconds: float = BETWEEN_KEYS) -> None:
        """Let the program work for a while, as a person who reads does."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            self.read(left)

    def wait_until(self, is_so: Callable[[], bool], what: object) -> None:
        """Wait until something is so of what the program wrote."""
        until = monotonic() + DEADLINE
        while not is_so():
            is_over = not self.read(0.2) and self.process.poll() is not None
            if is_over or monotonic() > until:
                raise AssertionError(f"waited for {what}, but there is:\n{self.text}\nexit code {self.process.poll()}")

    def wait_for(self, *texts: str, gone: str = "") -> str:
        """Wait until the screen shows these texts, and no longer shows another; what it shows then."""
        self.wait_until(lambda: self._shows(texts, gone), (texts, gone))
        return self.said

    def press_until(self, key: str, *texts: str, gone: str = "") -> str:
        """Press a key, again if it came too soon to be acted on, until the screen shows these texts."""
        until = monotonic() + DEADLINE
        while not self._shows(texts, gone) and monotonic() < until:
            self.press(key)
            soon = monotonic() + AGAIN
            while not self._shows(texts, gone) and monotonic() < soon:
                self.read(0.1)
        return self.wait_for(*texts, gone=gone)

    def _shows(self, texts: Iterable[str], gone: str) -> bool:
        said = self.said
        return all(text in said for text in texts) and not (gone and gone in said)

    def write(self, text: str) -> None:
        """Bring bytes to the program in one go, as a paste or a script does."""
        os.write(self.number, text.encode())

    def press(self, *keys: str) -> None:
        """Press keys by name, one after another."""
        for key in keys:
            self.pause()
            self.write(KEYS.get(key, key))
        self.pause()

    def type(self, words: str) -> None:
        """Type words as a person does."""
        self.press(*words)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        set_size(self.number, columns, rows)

    def end(self, seconds: float = DEADLINE) -> int:
        """Wait until the program ends; its exit code."""
        until = monotonic() + seconds
        while self.process.poll() is None and monotonic() < until:
            self.read(0.1)
        while self.read(0.1):
            pass
        assert self.process.returncode is not None, f"the program did not end:\n{self.text}"
        return self.process.returncode

    def close(self) -> None:
        """Close the window, whatever runs in it."""
        os.close(self.number)
        self.number = os.open(os.devnull, os.O_RDWR)

    @property
    def echoes(self) -> bool:
        """Whether the terminal is as a shell has it: what is typed is shown, and lines are edited."""
        flags = termios.tcgetattr(self.number)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON) and bool(flags & termios.ISIG)

    @property
    def left_on(self) -> list[str]:
        """What the program switched on and did not switch off, or the other way round for the cursor."""
        names = {1049: "other screen", 1000: "mouse", 1003: "mouse moves", 1006: "mouse", 2004: "paste", 1004: "focus"}
        found = [name for mode, name in names.items() if self._last(mode) == b"h"]
        return found + (["hidden cursor"] if self._last(25) == b"l" else [])

    def _last(self, mode: int) -> bytes:
        on, off = (self.written.rfind(f"\x1b[?{mode}{end}".encode()) for end in "hl")
        return b"h" if on > off else b"l" if off >= 0 else b""


def set_size(number: int, columns: int, rows: int) -> None:
    """Tell a terminal its size, and the program in it that it changed."""
    fcntl.ioctl(number, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@contextmanager
def terminal(
    *args: str, home: Path, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None, code: str = ""
) -> Iterator[Terminal]:
    """The program with some arguments in a window, in a folder of its own; or other code in its place."""
    parent, child = os.openpty()
    set_size(parent, *size)
    program = [sys.executable, "-c", code, *args] if code else [sys.executable, "-m", "chatbot", *args]
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "NO_COLOR", "COLOR"))}
    own = {"TERM": "xterm-256color", "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
    process = subprocess.Popen(
        [sys.executable, "-c", _OWN, *program], stdin=child, stdout=child, stderr=child, start_new_session=True,
        cwd=home, env={**keep, **own, "PYTHONPATH": str(ROOT), **(env or {})},
    )  # fmt: skip
    os.close(child)
    try:
        yield Terminal(process, parent, size)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.wait(DEADLINE)
        os.close(parent)
