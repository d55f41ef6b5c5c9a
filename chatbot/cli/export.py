"""`triage export`: copies of what is kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chatbot.cli.common import DONE, FAILED, database_option, talk, write_text
from chatbot.cli.stored import installed, records, watching


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.usage = (
        "triage export --deidentified [FILE] [--database ADDRESS]\n"
        "       triage export CASE --format {events,transcript,json,md,sbar,soap} [FILE] [--database ADDRESS]"
    )
    command.add_argument("names", nargs="*", metavar="CASE or FILE", help="the case, and a new file; else stdout")
    about = "all cases without words, names, days and codes, as triage recommend and triage impact --cases take them"
    command.add_argument("--deidentified", action="store_true", help=about)
    about = (
        "events (as they are kept), transcript (replays), json or md (the summary shown last), sbar or soap (a note in "
        "plain ASCII for a clinic's record); behind it, a new file"
    )
    # The file may stand behind it: a parser takes what names there are in one piece.
    command.add_argument("--format", nargs="+", metavar="FORMAT", help=about)
    database_option(command)


def run(args: argparse.Namespace) -> int:
    """Export one case, or all of them."""
    from chatbot.errors import InputError

    wanted, *more = args.format or ("",)
    names = [*args.names, *more]
    if args.deidentified == bool(wanted) or len(names) > 2 - args.deidentified or (wanted and not names):
        raise InputError("name one case and its --format, or ask for all of them with --deidentified")
    if args.deidentified:
        return _everybody(args, next(iter(names), None))
    return _one(args, wanted, names[0], names[1] if len(names) > 1 else None)


def _one(args: argparse.Namespace, wanted: str, case: str, file: str | None) -> int:
    from chatbot.service.exporting import format_of, one_case
    from chatbot.service.folding import named

    form = format_of(wanted)
    with records(args) as kept_records:
        _refuse(file)
        copy = one_case(kept_records, named(kept_records.store, case), form, installed)
    _written(copy.content, file)
    if copy.remark:
        talk(copy.remark)
    return DONE


def _everybody(args: argparse.Namespace, file: str | None) -> int:
    from chatbot.service.exporting import everybody

    with records(args) as kept_records, watching(kept_records.store, "events read") as watch:
        _refuse(file)
        exported = everybody(kept_records, installed, watch)
    _written("".join(f"{line}\n" for line in exported.lines).encode(), file)
    talk(*(f"left out: {why}" for why in exported.left_out))
    return FAILED if exported.left_out else DONE


def _refuse(file: str | None) -> None:
    from chatbot.storage.private import refuse

    if file is not None:
        refuse(Path(file))


def _written(content: bytes, file: str | None) -> None:
    """Write to stdout, or to a new file that is its owner's alone."""
    from chatbot.interview.reading.sanitise import harmless
    from chatbot.storage.private import private_file

    if file is None:
        # The bytes as they are kept are for a file or a program; on a terminal they must not act.
        text = content.decode(errors="replace")
        write_text(harmless(text) if sys.stdout.isatty() else text, None)
        return
    with private_file(Path(file)) as stream:
        stream.write(content)
