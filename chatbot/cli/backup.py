"""`triage backup`: all records in one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from chatbot.cli.common import DONE, database_option, write
from chatbot.cli.stored import records, watching


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("file", metavar="FILE", help="a new file, for its owner alone; it holds all that was said")
    command.add_argument("--force", action="store_true", help="in place of an earlier backup of that name")
    database_option(command)


def run(args: argparse.Namespace) -> int:
    """Write it, while others may go on writing to the records."""
    from chatbot.service.maintenance import back_up

    with records(args) as kept_records, watching(kept_records.store, "events copied") as watch:
        counts = back_up(kept_records, Path(args.file), args.force, watch)
    write(f"{args.file}: {counts.cases} chain(s), {counts.events} event(s), {counts.packs} pack(s)")
    return DONE
