"""`triage audit`: vignettes judged."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, FAILED, PACK, USAGE, shown, talk, write, write_file


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("files", nargs="+", metavar="FILE", help="vignette files, folders or patterns")
    command.add_argument("--pack", metavar="PACK", help=PACK)
    command.add_argument("--json", action="store_true", help="one JSON object with everything")
    command.add_argument("--svg", metavar="FILE", help="write the matrix as a picture")


def run(args: argparse.Namespace) -> int:
    """Judge every vignette; one that is under-triaged fails the audit."""
    from chatbot.export.summary_blocks import json_of
    from chatbot.packs.load import load_pack
    from chatbot.replay.audit import BadVignettesError, audit
    from chatbot.replay.audit_report import data, lines

    try:
        report = audit(args.files, load_pack, args.pack)
    except BadVignettesError as error:
        talk(*map(shown, error.problems))
        return USAGE
    for line in (json_of(data(report)),) if args.json else lines(report):
        write(line)
    if args.svg:
        about = f"{report.pack.id} {report.pack.version}, {len(report.judged)} vignettes"
        write_file(args.svg, report.matrix.svg(about).encode())
    return FAILED if report.measures["under_triage"].count else DONE
