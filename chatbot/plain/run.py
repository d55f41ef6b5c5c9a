"""The interview in lines: what is read and written, and what is said when it ends otherwise than by its end."""

from __future__ import annotations

import sys
from contextlib import suppress

from chatbot.case import Mode, Whom
from chatbot.errors import InputError, cannot_be_written
from chatbot.plain.lines import NARROW, Page
from chatbot.plain.talk import Talk
from chatbot.service.records import Returned

DONE, FAILED, INTERRUPTED = 0, 1, 130
# The longest interview takes fewer than a hundred; what goes on for ever is no person.
_MOST_LINES = 500


def run(talk: Talk, role: Mode | None, returned: Returned | None = None, whom: Whom | None = None) -> int:
    """Ask in lines, from the beginning or from where a conversation stood; the exit code."""
    try:
        talk.run(role, whom) if returned is None else talk.come_back(returned)
    except KeyboardInterrupt:
        say_on_stderr("", talk.voice.text("emergency_sentence"), talk.voice.text("stopped"), *talk.kept())
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # whatever fails, the person is told what to do in an emergency
        if isinstance(error, OSError) and cannot_be_written(error):
            say_on_stderr("", talk.voice.text("emergency_sentence"), *talk.kept())
            raise
        say_on_stderr("", talk.voice.text("emergency_sentence"), talk.voice.text("crashed"), *talk.kept())
        return FAILED
    finally:
        talk.session.close()
    if talk.page.is_out_of_patience:
        raise InputError(f"{talk.page.patience} lines came in without an end to the interview, so no more were read")
    return DONE


def page() -> Page:
    """Lines on stdin and stdout."""
    return Page(_read_line, _write, _width(), 0 if sys.stdin.isatty() else _MOST_LINES)


def _write(text: str) -> None:
    sys.stdout.write(text)


def say_on_stderr(*texts: str) -> None:
    """Write texts where they are seen even if the output goes elsewhere; a terminal that is gone is no fault."""
    page = Page(_read_line, lambda text: print(text, end="", file=sys.stderr), _width())  # noqa: T201 # talk
    with suppress(OSError):
        for text in texts:
            page.say(text)


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((NARROW, 24)).columns if sys.stdout.isatty() else NARROW


def _read_line(prompt: str) -> str:
    """One line of at most a few thousand characters; what is longer is read and left out."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    _drop_what_was_typed_ahead()
    line = sys.stdin.readline(10_000)
    if not line:
        raise EOFError
    rest = line
    while rest and not rest.endswith("\n"):
        rest = sys.stdin.readline(100_000)
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return line.rstrip("\n")


def _drop_what_was_typed_ahead() -> None:
    """On a terminal, forget what came in before the question was shown, so that a paste answers one question only."""
    if not sys.stdin.isatty():
        return
    try:
        import termios
    except ImportError:  # not on Windows
        return
    with suppress(termios.error):
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
