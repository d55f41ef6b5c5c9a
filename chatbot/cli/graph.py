"""`triage graph`: the order of the questions as a diagram."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, PACK, loaded, write_text


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run, country="any")
    command.add_argument("pack", nargs="?", metavar="PACK", help=PACK)
    command.add_argument("--svg", action="store_true", help="a picture, in place of Mermaid text")
    command.add_argument("--part", metavar="NAME", help="one part of the dialog")
    command.add_argument("--lang", default="en", metavar="xx", help="language of the wording")
    command.add_argument("-o", "--output", metavar="FILE", help="write to a file, not to stdout")


def run(args: argparse.Namespace) -> int:
    """Draw the dialog, or a part of it."""
    from chatbot.export.drawing import svg
    from chatbot.export.graph import chart, mermaid

    drawn = chart(loaded(args), args.lang)
    if args.part is not None:
        drawn = drawn.only(args.part)
    write_text(svg(drawn) if args.svg else mermaid(drawn), args.output)
    return DONE
