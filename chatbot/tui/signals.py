"""Signals, and a terminal that is gone: however the app ends, the terminal can be used after it. Not on Windows."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, cast

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from chatbot.tui.sequences import CarefulParser

if TYPE_CHECKING:
    from textual.app import App

ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
# What the library handles, the clock of the last resort, and ours; all of them are given back.
_ALL = (*ENDS, signal.SIGALRM, signal.SIGTSTP, signal.SIGCONT)
# How long, in seconds, the app has to end by itself after a signal.
GRACE = 2
# How often, and after how many seconds, writing to a terminal that is full is tried again.
_TRIES, _BETWEEN = 20, 0.02
# What the library writes when it stops, for when it cannot: whatever was half written is broken off, paste, mouse,
# focus and key reports go off, lines wrap, the other screen goes away, the cursor comes back.
_RESTORE = "\x18\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"


class _Output:
    """A terminal to write to that may go away: what is written then goes nowhere, and nothing fails."""

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._file = file
        self._gone = gone

    def write(self, text: str) -> None:
        """Write, or lose it."""
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        """Bring out what was written."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError:
            # What the stream still holds would fail again when the program ends.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._file.fileno())
            os.close(nowhere)
            self._gone()


class TerminalDriver(LinuxDriver):
    """The library's driver, made to outlive its terminal, to come back from a stop, and to give the terminal back."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # The library only ever writes, flushes and asks for the number.
        self._output = _Output(cast("IO[str]", self._file), self._lost)
        self._file = cast("Any", self._output)
        self._own = os.dup(self._output.fileno())
        self._is_up = False
        self._is_stopping = False
        # The library acts inside its handlers, where the queue it writes to may be held by what was interrupted.
        signal.signal(signal.SIGTSTP, self._soon(self.stop_and_wait))
        signal.signal(signal.SIGCONT, self._soon(self._continued))
        Thread(target=self._watch, name="hangup", daemon=True).start()

    def _soon(self, act: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
        def handler(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 # what a handler is given
            self._loop.call_soon_threadsafe(act)

        return handler

    def _watch(self) -> None:
        """Wait until the terminal hangs up; the library would go on reading its end for ever."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        with suppress(OSError):
            if any(what & (select.POLLHUP | select.POLLERR) for _, what in poll.poll()):
                self._lost()

    def _lost(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: the app has ended already
            self._loop.call_soon_threadsafe(self._app.exit, None, 128 + signal.SIGHUP)

    def run_input_thread(self) -> None:
        """Read keys; the library asks nobody which parser to read them with."""
        linux_driver.XTermParser = CarefulParser  # type: ignore[attr-defined] # not its own
        super().run_input_thread()

    def start_application_mode(self) -> None:
        """Take the terminal; keys pressed before anything was shown are forgotten."""
        with suppress(OSError, termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)
            os.set_blocking(self._output.fileno(), True)  # some programs leave it otherwise
        self._is_up = True
        super().start_application_mode()  # type: ignore[no-untyped-call] # the library's

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        self._is_up = False

    def stop_and_wait(self) -> None:
        """Give the terminal back and stop as any program does, until somebody continues this one."""
        self._is_stopping = True
        self.suspend_application_mode()
        # What started this program waits with it. Where nobody could continue it, the system stops nothing.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._soon(self.stop_and_wait))
        with suppress(termios.error):
            # In the background this stops again, before anything is written over what the person does there.
            termios.tcsetattr(self.fileno, termios.TCSANOW, termios.tcgetattr(self.fileno))
        self._come_back()
        self._loop.call_soon(setattr, self, "_is_stopping", False)

    def _continued(self) -> None:
        """Take the terminal again after a stop that could not be seen coming."""
        if self._is_up and not self._is_stopping:
            self.suspend_application_mode()
            self._come_back()

    def _come_back(self) -> None:
        self.resume_application_mode()
        self._app.call_later(self._app.refresh, layout=True)

    def restore(self) -> None:
        """Give the terminal back by force, when the app no longer can."""
        if not self._is_up:
            return
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            # The library's thread may stand in the middle of a write that nobody takes.
            os.set_blocking(self._own, False)
            for _ in range(_TRIES):
                termios.tcflush(self._own, termios.TCOFLUSH)
                with suppress(BlockingIOError):
                    os.write(self._own, _RESTORE.encode())
                    break
                select.select([], [self._own], [], _BETWEEN)
            os.set_blocking(self._own, True)


class Ending:
    """The signal that ended the app, if one did."""

    def __init__(self, app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.app = app
        self.loop = loop
        self.signum = 0

    def on_signal(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 # what a handler is given
        """Ask the app to end; asked again, or when it does not end in time, end at once."""
        if self.signum:
            self.at_once()
        self.signum = signum
        signal.alarm(GRACE)
        self.loop.call_soon_threadsafe(self.app.exit, None, 128 + signum)

    def on_alarm(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 # what a handler is given
        """The time is over."""
        self.at_once()

    def at_once(self) -> None:
        """Give the terminal back and end, whatever still runs."""
        driver = self.app._driver  # noqa: SLF001 # the library has no other way to it
        if isinstance(driver, TerminalDriver):
            driver.restore()
        os._exit(128 + self.signum)


@contextmanager
def ended_by_signals(app: App[Any], loop: asyncio.AbstractEventLoop) -> Iterator[Ending]:
    """While the app runs, signals end it as a key does; one that was ignored before still is."""
    ending = Ending(app, loop)
    before = {signum: signal.getsignal(signum) for signum in _ALL}
    for signum in ENDS:
        if before[signum] is not signal.SIG_IGN:
            signal.signal(signum, ending.on_signal)
    signal.signal(signal.SIGALRM, ending.on_alarm)
    try:
        yield ending
    finally:
        signal.alarm(0)
        for signum, handler in before.items():
            signal.signal(signum, handler or signal.SIG_DFL)
