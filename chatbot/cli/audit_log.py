"""`triage audit-log`: what is kept, who did what, and whether all of it is still as it was written."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from chatbot.cli.common import DONE, FAILED, USAGE, database_option, shown, talk, write
from chatbot.cli.stored import installed, records, watching

if TYPE_CHECKING:
    from chatbot.storage.store import CaseStore

VERIFIED = """exit codes: 0 all of it is as it was written; 1 it is not, or no event has the check code, or a
recommendation comes out otherwise; 2 wrong usage, or records that cannot be read at all"""


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the commands take to their parser."""
    parts = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    about = "look whether every event, every row and the second file are as they were written; nothing is changed"
    part = parts.add_parser("verify", help=about, description=about, epilog=VERIFIED)
    part.set_defaults(run=verify)
    about = "work every recommendation out again, each under its own content, and list what comes out otherwise"
    part.add_argument("--recompute", action="store_true", help=about)
    part.add_argument("--check-code", metavar="CODE", help="say which event a printed check code belongs to")
    _common(part)
    about = "one line for each case"
    part = parts.add_parser("list", help=about, description=about)
    part.set_defaults(run=list_cases)
    _common(part)
    about = "what was done in one case, or in the store itself; that you looked is kept as well"
    part = parts.add_parser("show", help=about, description=about)
    part.set_defaults(run=show)
    part.add_argument("case", metavar="CASE", help="the beginning of its name, or `store`")
    _common(part)


def _common(part: argparse.ArgumentParser) -> None:
    part.add_argument("--json", action="store_true", help="JSON instead of lines")
    database_option(part)


def verify(args: argparse.Namespace) -> int:
    """Look through everything; records that cannot be read at all give 2 here."""
    from chatbot.errors import StorageError
    from chatbot.service.inspection import normal_code
    from chatbot.storage.address import place_of

    code, place = normal_code(args.check_code or ""), place_of(args.database)
    try:
        store = place.look(mend=False)
        try:
            return _verified(args, store, code)
        finally:
            store.close()
    except StorageError as error:
        talk(str(error))
        return USAGE


def _verified(args: argparse.Namespace, store: CaseStore, code: str) -> int:
    from chatbot.service.inspection import inspect

    if store.heads and not store.heads.known():
        talk(f"'{store.heads.path}' knows no case, so records set back or cut short would not be seen")
    with watching(store, "events looked at", 1 + args.recompute + bool(code)) as watch:
        inspection = inspect(store, installed if args.recompute else None, code, watch)
    for line in (json.dumps(inspection.data()),) if args.json else map(shown, inspection.lines()):
        write(line)
    if inspection.is_unreadable:
        talk("the records cannot be read")
        return USAGE
    return DONE if inspection.is_well else FAILED


def list_cases(args: argparse.Namespace) -> int:
    """A line for each case, the oldest first."""
    from chatbot.service.event_text import columns

    with records(args) as kept_records:
        rows = sorted(kept_records.store.rows(), key=lambda row: (row.started, row.case))
    for row in rows:
        cells = columns(row)
        write(json.dumps(cells) if args.json else "  ".join(shown(str(cell)) for cell in cells.values()).rstrip())
    return DONE


def show(args: argparse.Namespace) -> int:
    """The events of one case, after it was kept that somebody looks."""
    from chatbot.service.event_text import told
    from chatbot.service.folding import events_in, named, whole
    from chatbot.service.maintenance import look

    with records(args) as kept_records:
        row = named(kept_records.store, args.case)
        stored = whole(kept_records.store, row)
        events = events_in(stored)
        look(kept_records, row.case, "viewed", "by triage audit-log show")
    for kept, event in zip(stored, events, strict=True):
        as_json = {"hash": kept.hash.hex(), "event": json.loads(kept.body)}
        write(json.dumps(as_json) if args.json else shown(told(event)))
    return DONE
