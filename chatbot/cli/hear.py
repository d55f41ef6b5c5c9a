"""`triage hear`: what a reader of typed words would understand; the interview itself does not use it yet."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, PACK, USAGE, bounded_lines, loaded, opened, shown, talk, today, write


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run, country="any")
    command.add_argument("pack", nargs="?", metavar="PACK", help=PACK)
    command.add_argument("--file", default="-", metavar="FILE", help="a file of JSON lines, or - for stdin")
    command.add_argument("--json", action="store_true", help="one JSON object a line; else in words, with why not")
    command.add_argument("--lang", default="en", metavar="xx", help="language of the words")


def run(args: argparse.Namespace) -> int:
    """Hear each line in its place."""
    from chatbot.service.listening import hear_lines, in_lines

    pack = loaded(args)
    code = DONE
    with opened(args.file) as stream:
        for listening in hear_lines(pack, bounded_lines(stream), args.lang, today()):
            if listening.error:
                talk(listening.error)
                code = USAGE
            if args.json:
                write(listening.line())
            else:
                for line in in_lines(pack, listening, args.lang):
                    write(shown(line))
    return code
