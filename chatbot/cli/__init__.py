"""The `triage` command. stdout is data, stderr is talk; each command has a module, loaded when it is named."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from chatbot import __version__
from chatbot.cli.common import DONE, FAILED, INTERRUPTED, STORAGE, USAGE, talk, to_nowhere
from chatbot.errors import PackError, StorageError, TriageError, cannot_be_written

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

EXITS = """exit codes: 0 done; 1 a check or transcript failed, or the program did; 2 usage, bad input,
invalid pack or output that cannot be written; 3 storage; 130 interrupted; 128 + n ended by signal n"""
# Each command: its module, and what it is for.
COMMANDS = {
    "interview": ("interview", "ask the questions and end at a cited summary"),
    "recommend": ("lines", "facts in, recommendation out, one JSON object a line"),
    "simulate": ("lines", "the same through the interview, with the questions asked"),
    "replay": ("replay", "play transcripts and report the first difference of each"),
    "audit": ("audit", "judge vignettes: how often the level is acceptable, and where it is not"),
    "hear": ("hear", "show what a reader of typed words would understand; the interview does not use it yet"),
    "check": ("check", "check packs: content problems, then their cases"),
    "coverage": ("coverage", "what the conversations and cases of a pack exercise, and what they leave out"),
    "impact": ("impact", "what a new version of a pack would do to people: who is sent elsewhere, and why"),
    "review": ("review", "write the sheet on which a clinician reviews and signs a pack"),
    "graph": ("graph", "draw the order of the questions, as Mermaid text or SVG"),
    "new": ("new", "write a small whole pack to change"),
    "preview": ("preview", "the app on a pack that is being written; it reloads as files are saved"),
    "worklist": ("worklist", "who waits, whom to call back: the list a team of nurses shares, and their calls"),
    "audit-log": ("audit_log", "what is kept of the interviews, who did what, and whether it is still as written"),
    "export": ("export", "a copy of one case, or of all cases without who they are"),
    "report": ("report", "what the team learns: levels that clinicians chose, times, promises, rules that never fire"),
    "backup": ("backup", "write all records to one file"),
    "restore": ("restore", "put a backup back into an empty place"),
    "purge": ("purge", "forget cases that are older than they need to be kept"),
    "schema": ("schema", "print the JSON Schema of the input, the output or a pack"),
    "doctor": ("doctor", "say what this installation has and whether its packs load"),
}


# Options of the interview that a value follows: what stands behind one of them is no command.
VALUED = (
    "--about",
    "--country",
    "--database",
    "--keys",
    "--lang",
    "--record",
    "--reference",
    "--resume",
    "--role",
    "--theme",
)


def with_command(argv: Sequence[str]) -> list[str]:
    """Puts the command first: without one it is the interview, whose options need no name before them."""
    place = 0
    while place < len(argv) and argv[place].startswith("-"):
        if argv[place] in ("-h", "--help", "--version"):
            return list(argv)
        # As the parser does, an option may be cut short.
        place += 1 + any(valued.startswith(argv[place]) for valued in VALUED if argv[place].startswith("--"))
    if place >= len(argv):
        return ["interview", *argv]
    before, behind = argv[:place], argv[place + 1 :]
    end = behind.index("--") if "--" in behind else len(behind)
    # At the end: some commands have commands of their own, and theirs are the options.
    return [argv[place], *behind[:end], *before, *behind[end:]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _make_streams_safe()
    argv = with_command(sys.argv[1:] if argv is None else argv)
    try:
        return _run(argv)
    except PackError as error:
        talk(f"the pack has {len(error.problems)} problem(s):", *map(str, error.problems))
        return USAGE
    except StorageError as error:
        talk(str(error))
        return STORAGE
    except TriageError as error:
        talk(str(error))
        return USAGE
    except KeyboardInterrupt:
        talk("interrupted; nothing was saved")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; what is still buffered must not fail at exit.
        to_nowhere(sys.stdout)
        return DONE
    except Exception as error:  # what a fault says may hold what a person said, so only where it was is told
        if isinstance(error, OSError) and cannot_be_written(error):
            to_nowhere(sys.stdout)
            talk(f"the output cannot be written: {error.strerror}")
            return USAGE
        talk(*_place_of(error))
        return FAILED


def _run(argv: Sequence[str]) -> int:
    """Run one command, and bring all that it wrote to where it goes: what stays behind would fail at exit, unsaid."""
    try:
        args = _parser(argv).parse_args(argv)
        run: Callable[[argparse.Namespace], int] = args.run
        return run(args)
    finally:
        sys.stdout.flush()


def _place_of(error: Exception) -> Iterator[str]:
    """Yields the kind of a fault and the lines that led to it, without any value."""
    import traceback

    yield f"the program failed with {type(error).__name__}, at the last of these lines:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"


def _make_streams_safe() -> None:
    """UTF-8 whatever the locale, bytes that are none replaced, and something to read and write where nothing is."""
    nothing = Path(os.devnull)  # opened once and for as long as the program runs
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one plain line, and whose help that cannot be written is no success."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        (file or sys.stderr).write(message or "")

    def error(self, message: str) -> NoReturn:
        talk(f"{message}; see {self.prog} --help")
        raise SystemExit(USAGE)


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="triage",
        description="A question-by-question triage interview for low back pain. Without a command the interview "
        "begins, and its options may stand alone, as in triage --country gb --plain. Information only, not a medical "
        "device.",
        epilog=EXITS,
    )
    parser.add_argument("--version", action="version", version=f"triage {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    # Only the one that is named is loaded, so that the first screen comes up at once; help and complaints name all.
    first = argv[0] if argv else ""
    for name in [first] if first in COMMANDS else COMMANDS:
        module, about = COMMANDS[name]
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(command=name)
        if name == first:
            import_module(f"chatbot.cli.{module}").arguments(command)
    return parser
