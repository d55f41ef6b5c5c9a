"""What the commands share: exit codes, how they talk and write, packs by name."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from datetime import date

    from chatbot.packs.pack import Pack

DONE, FAILED, USAGE, STORAGE, INTERRUPTED = 0, 1, 2, 3, 130
ROLES = ("patient", "carer", "nurse")
WHOM = ("her", "him", "them")
PLAIN = "lines only, for screen readers, pipes and plain terminals"
PACK = "a pack by name or folder"
DATABASE = "where cases are kept: a file, or postgresql+psycopg://NAME@HOST/DATABASE; else TRIAGE_DATABASE, else yours"
RECORD = "write the answers, in the words typed, to a new file that triage replay plays; it is personal"


def talk(*lines: str) -> None:
    """Say something on stderr, one plain line each."""
    from chatbot.cli.secrets_hidden import without_secrets
    from chatbot.interview.reading.sanitise import harmless

    for line in lines:
        print(f"triage: {without_secrets(harmless(line))}", file=sys.stderr)  # noqa: T201 # stderr is where the command talks


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
    from chatbot.errors import InputError

    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as stream:
            yield stream
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read '{name}': {getattr(error, 'strerror', error)}") from error


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a line over the limit only its start is kept."""
    from chatbot.service.results import MAX_LINE

    while line := stream.readline(MAX_LINE + 2):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE)
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
        Path(name).write_bytes(content)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot write '{name}': {getattr(error, 'strerror', error)}") from error
