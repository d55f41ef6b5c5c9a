"""`triage report`: what the team learns from all cases, and nothing of whom they are about."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, FAILED, database_option, talk, write, write_file
from chatbot.cli.stored import installed, records, watching

_DAYS = 100_000
OVERRIDES = "levels that clinicians chose instead of the rules: by rule, reason, direction and login"
QUALITY = (
    "recommendations, times, answers of not sure, rules that fired, promises kept, levels that come out otherwise, "
    "and how leads graded"
)


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the commands take to their parser."""
    command.epilog = "exit codes: 0 done; 1 cases were left out; 2 wrong usage; 3 the records cannot be used"
    parts = command.add_subparsers(title="reports", metavar="REPORT", required=True)
    for name, about in (("overrides", OVERRIDES), ("quality", QUALITY)):
        part = parts.add_parser(name, help=about, description=f"{about}. Not a measure of clinical safety.")
        part.set_defaults(run=run, report=name)
        part.add_argument("--days", type=_days, metavar="N", help="cases that began in the last so many days")
        part.add_argument("--json", action="store_true", help="one JSON object instead of lines")
        part.add_argument("--svg", metavar="FILE", help="write a picture as well; it names no login")
        database_option(part)


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 7 and 0 < int(text) <= _DAYS:
        return int(text)
    raise argparse.ArgumentTypeError(f"takes a number of days from 1; got '{text[:20]}'")


def run(args: argparse.Namespace) -> int:
    """Show one report, after it was kept that somebody looks."""
    from chatbot.export.summary_blocks import json_of
    from chatbot.service.reporting.reports import report as made

    with records(args) as kept_records, watching(kept_records.store, "events read") as watch:
        report = made(kept_records, args.report, installed, args.days, watch)
    for line in (json_of(report.data),) if args.json else report.lines:
        write(line)
    if args.svg:
        write_file(args.svg, report.svg.encode())
    talk(*(f"left out: {why}" for why in report.left_out))
    return FAILED if report.left_out else DONE
