"""`triage replay`: transcripts played."""

from __future__ import annotations

import argparse

from chatbot.cli.common import DONE, FAILED, USAGE, talk, write, write_file


def arguments(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.set_defaults(run=run)
    command.add_argument("paths", nargs="+", metavar="PATH", help="transcript files or folders")
    command.add_argument("--junit", metavar="FILE", help="write a JUnit report")


def run(args: argparse.Namespace) -> int:
    """Play, and report the first difference of each."""
    from chatbot.packs.load import load_pack
    from chatbot.replay.files import junit, replay

    outcomes = []
    for outcome in replay(args.paths, load_pack):
        outcomes.append(outcome)
        write(f"{'FAILED' if outcome.fault else 'ok'} {outcome.file}{': ' + outcome.fault if outcome.fault else ''}")
    failed = sum(bool(outcome.fault) for outcome in outcomes)
    write(f"{len(outcomes) - failed} passed, {failed} failed")
    if args.junit:
        write_file(args.junit, junit(outcomes))
    if not outcomes:
        talk("there are no transcripts in the folders named")
        return USAGE
    return FAILED if failed else DONE
