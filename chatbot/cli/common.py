"""What the commands share: exit codes, how they talk and write, packs by name."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

if TYPE_CHECKING:
    from datetime import date

    from chatbot.packs.pack import Pack

DONE, FAILED, USAGE, STORAGE, INTERRUPTED = 0, 1, 2, 3, 130
# A line of so many bytes is a device, or no text.
ENDLESS = 100_000_000
ROLES = ("patient", "carer", "nurse")
WHOM = ("her", "him", "them")
PLAIN = "lines only, for screen readers, pipes and plain terminals"
PACK = "a pack by name or folder"
DATABASE = "where cases are kept: a file, or postgresql+psycopg://NAME@HOST/DATABASE; else TRIAGE_DATABASE, else yours"
RECORD = "write the answers, in the words typed, to a new file that triage replay plays; it is personal"


def talk(*lines: str) -> None:
    """Say something on stderr, one plain line each."""
    from chatbot.cli.named_signs import named_signs
    from chatbot.cli.secrets_hidden import without_secrets
    from chatbot.interview.reading.sanitise import harmless

    try:
        for line in lines:
            print(f"triage: {without_secrets(harmless(named_signs(line)))}", file=sys.stderr)  # noqa: T201 # talk
    except OSError:  # nobody can be told that nobody can be told
        to_nowhere(sys.stderr)


def to_nowhere(stream: TextIO) -> None:
    """Let a stream end in nothing, so that what is still to be written to it does not fail at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write(line: str) -> None:
    """One line of data on stdout."""
    sys.stdout.write(line + "\n")


def shown(text: str) -> str:
    """A line of talk on stdout, its indent kept, without anything a terminal would act on."""
    from chatbot.cli.secrets_hidden import without_secrets
    from chatbot.interview.reading.sanitise import harmless

    return text[: len(text) - len(text.lstrip(" "))] + without_secrets(" ".join(harmless(text).split("\n")))


def wording_options(command: argparse.ArgumentParser) -> None:
    """The options that say who answers, in which language and where."""
    command.add_argument("--role", choices=ROLES, help="who answers")
    command.add_argument("--about", choices=WHOM, help="whom a carer answers for (them, if not given)")
    command.add_argument("--lang", default="en", metavar="xx", help="language of the wording")
    command.add_argument("--country", default="any", metavar="xx", help="emergency numbers and medicine names")


def saving_options(command: argparse.ArgumentParser) -> None:
    """The options that say where answers are kept, and which to come back to."""
    command.add_argument("--no-save", action="store_true", help="keep nothing at all")
    command.add_argument("--resume", metavar="CODE", help="go on with the interview of this code")
    database_option(command)


def database_option(command: argparse.ArgumentParser) -> None:
    """The option that names the store."""
    command.add_argument("--database", metavar="ADDRESS", help=DATABASE)


def refuse_slip(database: str | None) -> None:
    """InputError for an address that is none, before a screen is shown; without an address nothing is loaded."""
    if database is not None or os.environ.get("TRIAGE_DATABASE"):
        from chatbot.storage.address import place_of

        place_of(database)


def today() -> date:
    """The day it is here."""
    from datetime import datetime

    return datetime.now().astimezone().date()


def loaded(args: argparse.Namespace) -> Pack:
    """The pack that was named, with the language and country that were named."""
    from chatbot.packs.find import DEFAULT
    from chatbot.packs.load import load_pack

    pack = load_pack(args.pack or DEFAULT)
    if getattr(args, "about", None) and args.role not in (None, "carer"):
        from chatbot.errors import InputError

        raise InputError("--about says whom a carer answers for; it goes with --role carer")
    _known(args.country, pack.rulebook.countries, "country")
    _known(args.lang, tuple(pack.languages), "language")
    if getattr(args, "require_approved", False):
        _approved(pack)
    return pack


def approval_option(command: argparse.ArgumentParser) -> None:
    """The option that refuses content nobody has approved."""
    command.add_argument(
        "--require-approved", action="store_true", help="refuse content that is not approved on this day"
    )


def _approved(pack: Pack) -> None:
    from chatbot.errors import InputError

    day = today()
    if pack.status_on(day) != "approved":
        expired = pack.status == "approved"
        why = f"past its review date {pack.next_review}" if expired else pack.status.replace("_", " ")
        raise InputError(f"the content of '{pack.id}' is {why}; --require-approved lets only approved content through")


def _known(word: str, known: tuple[str, ...], what: str) -> None:
    from chatbot.errors import InputError

    if word not in known:
        raise InputError(f"there is no {what} '{word}'; use one of {', '.join(known)}")


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file to read, or stdin for `-`; InputError says why it cannot be read."""
    from chatbot.errors import InputError, cannot_be_written

    if name == "-":
        if sys.stdin.isatty():
            talk("reading what is typed here; end it with Ctrl+D, or name a file")
        yield sys.stdin.buffer
        return
    stream = _opened(Path(name))
    try:
        yield stream
    except OSError as error:
        if cannot_be_written(error):  # of what was written meanwhile
            raise
        raise InputError(f"cannot read '{name}': {error.strerror}") from error
    finally:
        stream.close()


def _opened(path: Path) -> BinaryIO:
    from chatbot.errors import InputError
    from chatbot.regular_file import refuse_other_than_file

    try:
        refuse_other_than_file(path)
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read '{path}': {getattr(error, 'strerror', error)}") from error


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a line over the limit only its start is kept. InputError for one without an end."""
    from chatbot.errors import InputError
    from chatbot.service.json_lines import MAX_LINE

    while line := stream.readline(MAX_LINE + 2):
        rest, length = line, len(line)
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE)
            length += len(rest)
            if length > ENDLESS:
                raise InputError(f"a line is longer than {ENDLESS // 1_000_000} MB; nothing behind its start is read")
        yield line


def write_text(text: str, name: str | None) -> None:
    """Write a whole document to stdout, or to a file when one is named."""
    if name is None:
        sys.stdout.write(text)
    else:
        write_file(name, text.encode())


def write_file(name: str, content: bytes) -> None:
    """Write a file; InputError says why it cannot be written."""
    from chatbot.errors import InputError

    try:
        # A pipe that nobody reads would be waited for without end.
        number = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NONBLOCK", 0), 0o666)
        with os.fdopen(number, "wb") as file:
            if hasattr(os, "set_blocking"):
                os.set_blocking(number, True)
            file.write(content)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot write '{name}': {getattr(error, 'strerror', error)}") from error
