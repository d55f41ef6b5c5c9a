"""`triage purge`: cases that are older than they need to be kept."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, database_option, talk, write
from chatbot.cli.stored import records


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    about = "forget cases to which nothing was added for so many days, and damaged files of that age"
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--days", type=_days, metavar="N", help=about)
    what.add_argument("--case", metavar="CASE", help="forget one person's case, however new; CASE begins its name")
    command.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    database_option(command)


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:7]) <= 100_000 and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f"takes a number of days; got '{text[:20]}'")


def run(args: argparse.Namespace) -> int:
    """Purge, and say how much went and what was left."""
    from chatbot.service.folding import named
    from chatbot.service.maintenance import Purge, erase, purge

    with records(args) as kept_records:
        if args.case is None:
            gone = purge(kept_records, args.days, args.dry_run)
        else:
            row = named(kept_records.store, args.case)
            gone = Purge(1, row.seq) if args.dry_run else erase(kept_records, row)
    told = "would go" if args.dry_run else "purged"
    write(f"{told}: {gone.cases} case(s), {gone.events} event(s), {gone.files} damaged file(s)")
    if gone.held:
        talk(f"{gone.held} case(s) were left: another program has them open")
    if gone.needed:
        talk(f"{gone.needed} case(s) were left: another case goes on from their answers and is not that old")
    return DONE
