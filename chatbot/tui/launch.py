"""Starting the app in a terminal, and what is left to say when it has ended."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chatbot.errors import PackError, TriageError
from chatbot.tui.options import Start

if TYPE_CHECKING:
    import asyncio

    from chatbot.tui.crash_guard import GuardedApp

Wish = Start  # as the command calls it

# Terminals that cannot place a letter where it belongs.
_LINES_ONLY = ("", "dumb", "unknown")
# What a signal ends with is this and its number; the second is that of a terminal that is gone.
_BY_SIGNAL, _HUNG_UP = 128, 129
# How the library looks on this machine; all its other settings write down or act out what is typed.
_LOOKS = frozenset(
    f"TEXTUAL_{name}"
    for name in ("ANIMATIONS", "COLOR_SYSTEM", "DIM_FACTOR", "DISABLE_KITTY_KEY", "FILTERS", "FPS", "SMOOTH_SCROLL")
)


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of the app: its exit code, what to say on stderr, and what was wrong with what was asked for."""

    code: int = 0
    words: tuple[str, ...] = ()
    failure: Exception | None = None


def why_lines() -> str | None:
    """Says why the app cannot open here: None when it can, and nothing to say where no person looks on."""
    streams = (sys.stdin, sys.stdout, sys.__stdin__, sys.__stdout__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        return ""
    if not all(stream is not None and stream.isatty() for stream in (sys.stderr, sys.__stderr__)):
        return "standard error is not the terminal, and the app is drawn there; asking in lines"
    term = os.environ.get("TERM", "")
    if term in _LINES_ONLY and sys.platform != "win32":
        return f"this terminal (TERM={term or 'not set'}) has lines only; asking in lines"
    return None


def run(wish: Start, kind: Callable[[Start], GuardedApp] | None = None) -> Ended:
    """Open the app, or another kind of it, and wait for its end; InputError when the settings cannot be used."""
    _clear_the_environment()
    _without_connections()
    # What is loaded for the first screen stays, and looking through it for garbage, time and again while it grows,
    # would hold that screen up; the app looks again once the screen stands.
    gc.disable()
    try:
        return _run(wish, kind)
    finally:
        gc.enable()


def _run(wish: Start, kind: Callable[[Start], GuardedApp] | None) -> Ended:
    import asyncio

    from chatbot.tui.settings import read_settings

    settings = read_settings(wish.settings, wish.theme)
    from chatbot.tui.crash_guard import GuardedApp

    app = (kind or GuardedApp)(replace(wish, theme=settings.theme, keys=settings.keys))
    signum = 0
    try:
        signum = asyncio.run(_to_its_end(app))
    except Exception:  # whatever fails, the person is told what to do in an emergency
        app.guard.crashing = True
    return _ended(app, signum)


def _clear_the_environment() -> None:
    """Take away the library's logs, consoles and scripted keys, which would hold what a person says.

    A size in the environment goes, too: it would stand before that of the window, which changes.
    """
    for name in list(os.environ):
        is_theirs = name == "TEXTUAL" or name.startswith("TEXTUAL_")
        if name in ("COLUMNS", "LINES") or (is_theirs and name not in _LOOKS):
            del os.environ[name]
    # A key waits for the next moment at which the library paints; at its own 60 a second that is half of the wait.
    os.environ.setdefault("TEXTUAL_FPS", "240")


def _without_connections() -> None:
    """Leave out OpenSSL: the app opens no connection, Python has digests of its own, and it takes room and time."""
    for name in {"ssl", "_hashlib"} - sys.modules.keys():
        sys.modules[name] = None  # type: ignore[assignment] # how Python is told that a module is not to be had


async def _to_its_end(app: GuardedApp) -> int:
    """Run the app; the signal that ended it, or 0."""
    import asyncio

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: _astray(app, context.get("exception")))
    with _signals(app, loop) as signum:
        await app.run_async()
        return signum()


def _astray(app: GuardedApp, error: object) -> None:
    """Meet a fault that nobody waited for as any other; the loop itself would print it."""
    if isinstance(error, Exception) and app.is_running:
        app._handle_exception(error)  # noqa: SLF001 # where the library brings all others


@contextmanager
def _signals(app: GuardedApp, loop: asyncio.AbstractEventLoop) -> Iterator[Callable[[], int]]:
    if sys.platform == "win32":
        yield lambda: 0
        return
    from chatbot.tui.signals import TerminalDriver, ended_by_signals

    app.driver_class = TerminalDriver
    with ended_by_signals(app, loop) as ending:
        yield lambda: ending.signum


def _ended(app: GuardedApp, signum: int) -> Ended:
    from chatbot.tui.face import emergency_sentence

    try:
        emergency = emergency_sentence(app)
    except Exception:  # a fault in the wording is no reason to say nothing
        emergency = app.words.say("start_emergency")
    say = app.words.say
    code = app.return_code or 0
    if signum or code > _BY_SIGNAL:
        code = _BY_SIGNAL + signum if signum else code
        nobody_reads = code == _HUNG_UP
        return Ended(code, () if nobody_reads else (emergency, say("ended_by_signal")))
    if app.guard.crashing or not isinstance(app.failure, TriageError | None):
        return Ended(1, (emergency, say("ended_by_fault")))
    if isinstance(app.failure, PackError):
        return Ended(2, (emergency,), app.failure)
    return Ended(code, (), app.failure)
