"""The `triage` command. stdout is data, stderr is talk."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from chatbot import __version__
from chatbot.errors import PackError, TriageError

if TYPE_CHECKING:
    from datetime import date

    from chatbot.packs.pack import Pack

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
ROLES = ("patient", "carer", "nurse")
_PLAIN = "lines only, for screen readers, pipes and plain terminals"
EXITS = """exit codes: 0 done; 1 a check or transcript failed, or the program did; 2 usage, bad input or
invalid pack; 3 storage; 130 interrupted; 128 + n ended by signal n"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _make_streams_safe()
    args = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        code = run(args)
        sys.stdout.flush()
        return code
    except PackError as error:
        _talk(f"the pack has {len(error.problems)} problem(s):", *map(str, error.problems))
        return USAGE
    except TriageError as error:
        _talk(str(error))
        return USAGE
    except KeyboardInterrupt:
        _talk("interrupted; nothing was saved")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; what is still buffered must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _make_streams_safe() -> None:
    """UTF-8 whatever the locale, bytes that are none replaced, and something to read and write where nothing is."""
    nothing = Path(os.devnull)  # opened once and for as long as the program runs
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _talk(*lines: str) -> None:
    from chatbot.interview.clean import harmless

    for line in lines:
        print(f"triage: {harmless(line)}", file=sys.stderr)  # noqa: T201 # stderr is where the command talks


def _write(text: str) -> None:
    sys.stdout.write(text)


def _print(text: str) -> None:
    _write(text + "\n")


def _shown(text: str) -> str:
    """A line of talk on stdout, its indent kept, without anything a terminal would act on."""
    from chatbot.interview.clean import harmless

    return text[: len(text) - len(text.lstrip(" "))] + " ".join(harmless(text).split("\n"))


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one plain line."""

    def error(self, message: str) -> NoReturn:
        _talk(f"{message}; see {self.prog} --help")
        raise SystemExit(USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="triage",
        description="A question-by-question triage interview for low back pain. Without a command, the interview "
        "begins. Information only, not a medical device.",
        epilog=EXITS,
    )
    parser.add_argument("--version", action="version", version=f"triage {__version__}")
    parser.add_argument("--plain", action="store_true", help=_PLAIN)
    parser.set_defaults(run=_interview, pack=None, role=None, lang="en", country="any", theme=None, keys=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(run=run)
        return command

    interview = add("interview", _interview, "ask the questions and end at a cited summary")
    interview.add_argument("pack", nargs="?", metavar="PACK", help="a pack by name or folder")
    _wording_options(interview)
    interview.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help=_PLAIN)
    interview.add_argument("--theme", metavar="NAME", help="colours of the app, such as triage-light")
    interview.add_argument("--keys", type=Path, metavar="FILE", help="settings of the app: keys and colours, in TOML")
    for name, about in (
        ("recommend", "facts in, recommendation out, one JSON object a line"),
        ("simulate", "the same through the interview, with the questions asked"),
    ):
        command = add(name, _lines_in, about)
        command.set_defaults(command=name)
        command.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="a file of JSON lines, or - for stdin"
        )
        command.add_argument("--json", action="store_true", help="one JSON object a line; else the summary in lines")
        command.add_argument("--brief", action="store_true", help="level, imaging and rules only")
        command.add_argument("--pack", metavar="PACK", help="a pack by name or folder")
        _wording_options(command)
    replay = add("replay", _replay, "play transcripts and report the first difference of each")
    replay.add_argument("paths", nargs="+", metavar="PATH", help="transcript files or folders")
    replay.add_argument("--junit", metavar="FILE", help="write a JUnit report")
    check = add("check", _check, "check packs: content problems, then their cases")
    check.add_argument("packs", nargs="*", metavar="PACK", help="packs by name or folder; all that come along if none")
    schema = add("schema", _schema, "print the JSON Schema of the input, the output or a pack")
    schema.add_argument("what", choices=("input", "output", "pack"))
    schema.add_argument("--pack", metavar="PACK", help="a pack by name or folder")
    add("doctor", _doctor, "say what this installation has and whether its packs load")
    return parser


def _wording_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--role", choices=ROLES, help="who answers")
    command.add_argument("--lang", default="en", metavar="xx", help="language of the wording")
    command.add_argument("--country", default="any", metavar="xx", help="emergency numbers and medicine names")


def _interview(args: argparse.Namespace) -> int:
    from chatbot.tui.run import why_lines

    _leave_no_memory_behind()
    why = "" if args.plain else why_lines()
    if why is None:
        return _in_app(args)
    if args.theme or args.keys:
        from chatbot.tui.settings import read_settings

        read_settings(args.keys, args.theme)  # of no use in lines, but a slip in them is still said
    if why:
        _talk(why)
    from chatbot.plain.run import run

    return run(_loaded(args), args.role, args.lang, args.country, _today())


def _leave_no_memory_behind() -> None:
    """What was answered is not to be found in a file that the system writes when a program breaks."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _in_app(args: argparse.Namespace) -> int:
    from functools import partial

    from chatbot.tui.run import Wish, run

    if args.pack:
        from chatbot.packs.find import find_pack

        find_pack(args.pack)
    load = partial(_loaded, args)
    ended = run(Wish(load, args.role, args.country, args.lang, _today(), args.theme, args.keys))
    if ended.words:
        from chatbot.plain.run import say_on_stderr

        say_on_stderr(*ended.words)
    if ended.failure is not None:
        raise ended.failure
    return ended.code


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()


def _loaded(args: argparse.Namespace) -> Pack:
    """The pack that was named, with the language and country that were named."""
    from chatbot.packs.find import DEFAULT
    from chatbot.packs.load import load_pack

    pack = load_pack(args.pack or DEFAULT)
    _known(args.country, pack.rulebook.countries, "country")
    _known(args.lang, tuple(pack.languages), "language")
    return pack


def _known(word: str, known: tuple[str, ...], what: str) -> None:
    from chatbot.errors import InputError

    if word not in known:
        raise InputError(f"there is no {what} '{word}'; use one of {', '.join(known)}")


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    from chatbot.errors import InputError

    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as stream:
            yield stream
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read '{name}': {getattr(error, 'strerror', error)}") from error


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a line over the limit only its start is kept."""
    from chatbot.service import MAX_LINE

    while line := stream.readline(MAX_LINE + 2):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE)
        yield line


def _lines_in(args: argparse.Namespace) -> int:
    from chatbot.service import Options, recommend_lines, simulate_lines, summary_lines

    pack = _loaded(args)
    options = Options(args.lang, args.country, args.role, args.brief)
    run = recommend_lines if args.command == "recommend" else simulate_lines
    code = DONE
    with _opened(args.file) as stream:
        for reply in run(pack, _bounded_lines(stream), options):
            if reply.error:
                _talk(reply.error)
                code = USAGE
            for line in (reply.line(),) if args.json else map(_shown, summary_lines(reply)):
                _print(line)
    return code


def _replay(args: argparse.Namespace) -> int:
    from chatbot.packs.load import load_pack
    from chatbot.replay.files import junit, replay

    outcomes = []
    for outcome in replay(args.paths, load_pack):
        outcomes.append(outcome)
        _print(f"{'FAILED' if outcome.fault else 'ok'} {outcome.file}{': ' + outcome.fault if outcome.fault else ''}")
    failed = sum(bool(outcome.fault) for outcome in outcomes)
    _print(f"{len(outcomes) - failed} passed, {failed} failed")
    if args.junit:
        _write_file(args.junit, junit(outcomes))
    if not outcomes:
        _talk("there are no transcripts in the folders named")
        return USAGE
    return FAILED if failed else DONE


def _write_file(name: str, content: bytes) -> None:
    from chatbot.errors import InputError

    try:
        Path(name).write_bytes(content)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot write '{name}': {getattr(error, 'strerror', error)}") from error


def _check(args: argparse.Namespace) -> int:
    from chatbot.packs.cases import check_cases
    from chatbot.packs.find import find_pack, pack_names
    from chatbot.packs.load import load_pack

    code = DONE
    for name in args.packs or pack_names():
        try:
            _talk(f"checking {find_pack(name)}")
            pack = load_pack(name)
            problems = check_cases(pack.cases, pack.rulebook)
        except PackError as error:
            problems = error.problems
        for problem in problems:
            _print(str(problem))
        _print(f"{name}: {'ok' if not problems else f'{len(problems)} problem(s)'}")
        code = FAILED if problems else code
    return code


def _schema(args: argparse.Namespace) -> int:
    import json

    from chatbot.packs.find import DEFAULT
    from chatbot.packs.load import load_pack
    from chatbot.packs.schema import input_schema, output_schema, pack_schema

    if args.what == "input":
        found = input_schema(load_pack(args.pack or DEFAULT))
    else:
        found = output_schema() if args.what == "output" else pack_schema()
    _print(json.dumps(found, indent=2))
    return DONE


def _doctor(_: argparse.Namespace) -> int:
    from chatbot.doctor import report

    lines, healthy = report(_today())
    for line in lines:
        _print(line)
    return DONE if healthy else FAILED


if __name__ == "__main__":
    raise SystemExit(main())
