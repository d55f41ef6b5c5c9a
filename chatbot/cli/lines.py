"""`triage recommend` and `triage simulate`: JSON lines in, JSON lines out."""

from __future__ import annotations

import argparse

from chatbot.cli.common import (
    DONE,
    PACK,
    USAGE,
    approval_option,
    bounded_lines,
    loaded,
    opened,
    shown,
    talk,
    wording_options,
    write,
)


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the commands take to their parser."""
    command.set_defaults(run=run)
    command.add_argument("file", nargs="?", default="-", metavar="FILE", help="a file of JSON lines, or - for stdin")
    command.add_argument("--json", action="store_true", help="one JSON object a line; else the summary in lines")
    command.add_argument("--brief", action="store_true", help="level, imaging and rules only")
    command.add_argument("--pack", metavar="PACK", help=PACK)
    wording_options(command)
    approval_option(command)


def run(args: argparse.Namespace) -> int:
    """Answer each line in its place."""
    from chatbot.service.results import Options, recommend_lines, simulate_lines, summary_lines

    pack = loaded(args)
    options = Options(args.lang, args.country, args.role, args.brief, args.about or "them")
    answer = recommend_lines if args.command == "recommend" else simulate_lines
    code = DONE
    with opened(args.file) as stream:
        for reply in answer(pack, bounded_lines(stream), options):
            if reply.error:
                talk(reply.error)
                code = USAGE
            for line in (reply.line(),) if args.json else map(shown, summary_lines(reply)):
                write(line)
    return code
