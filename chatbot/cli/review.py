"""`triage review`: the sheet on which a clinician reviews and signs a pack."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, PACK, loaded, talk, today, write_text


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run, country="any")
    command.add_argument("pack", metavar="PACK", help=PACK)
    command.add_argument("--html", action="store_true", help="one HTML page, to read or print, in place of Markdown")
    command.add_argument("--lang", default="en", metavar="xx", help="language of the wording that is reviewed")
    command.add_argument("-o", "--output", metavar="FILE", help="write to a file, not to stdout")


def run(args: argparse.Namespace) -> int:
    """Write the review sheet of a pack."""
    from chatbot.export.review.sheet import review_sheet

    pack = loaded(args)
    write_text(review_sheet(pack, args.html, args.lang), args.output)
    if pack.status_on(today()) == "expired":
        # The sheet says the date; that it has passed depends on the day, and the sheet is the same on every day.
        talk(f"the content of '{pack.id}' is past its review date {pack.next_review}")
    return DONE
