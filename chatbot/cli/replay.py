"""`triage replay`: transcripts played."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from chatbot.cli.common import DONE, FAILED, USAGE, shown, talk, write, write_file
from chatbot.cli.progress import watched
from chatbot.errors import InputError

if TYPE_CHECKING:
    from chatbot.replay.files import Outcome, Player


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    about = "transcript files, folders, patterns such as 'transcripts/**/*.yaml', or - for one on stdin"
    command.add_argument("paths", nargs="+", metavar="PATH", help=about)
    command.add_argument("--junit", metavar="FILE", help="write a JUnit report")
    command.add_argument("--json", action="store_true", help="one JSON object for each transcript")
    command.add_argument("--jobs", type=_count, metavar="N", help="processes at most; as many as cores if not given")
    about = "print as a patch what to change in transcripts that a changed pack concerns; --write changes them"
    command.add_argument("--update", action="store_true", help=about)
    about = "write each conversation as the person saw it, line by line"
    command.add_argument("--show", action="store_true", help=about)
    command.add_argument("--write", action="store_true", help="with --update: write what it would print")


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return int(text[:9])
    raise argparse.ArgumentTypeError(f"takes a number from 1; got '{text}'")


def run(args: argparse.Namespace) -> int:
    """Play, and report the first difference of each; or say what to change in those that have one."""
    if args.show and (args.update or args.json):
        raise InputError("--show writes conversations for people; leave out --update and --json")
    if args.update:
        return _update(args)
    from chatbot.replay.files import junit, scripts
    from chatbot.replay.parallel import play_all

    played = scripts(args.paths, _stdin)
    outcomes = []
    playing = map(_shown().play, played) if args.show else play_all(played, args.jobs)
    for outcome in playing if args.show else watched(playing, "transcripts", len(played)):
        outcomes.append(outcome)
        _tell(outcome, args.json)
    unusable = sum(outcome.unusable for outcome in outcomes)
    failed = sum(bool(outcome.fault) for outcome in outcomes) - unusable
    if not args.json:
        passed = len(outcomes) - failed - unusable
        write(f"{passed} passed, {failed} failed{f', {unusable} not played' if unusable else ''}")
    if args.junit:
        write_file(args.junit, junit(outcomes))
    return USAGE if unusable else FAILED if failed else DONE


def _shown() -> Player:
    """The player that writes what was shown and said."""
    from chatbot.packs.load import load_pack
    from chatbot.plain.playback import play_in_lines
    from chatbot.plain.run import page
    from chatbot.replay.files import Player

    lines = page()
    return Player(load_pack, lambda transcript, pack: play_in_lines(transcript, pack, lines))


def _update(args: argparse.Namespace) -> int:
    from chatbot.packs.load import load_pack
    from chatbot.replay.update import updates

    played = concerned = 0
    for file, update in updates(args.paths, load_pack):
        played += 1
        if update is None:
            continue
        concerned += 1
        talk(shown(f"{file}: {update.fault or update.what}"))
        if args.write and not update.fault:
            write_file(file, update.after.encode())
        sys.stdout.write("" if args.write else update.patch())
    talk(f"{concerned} of {played} transcripts {'were' if args.write else 'are'} to be changed")
    return FAILED if concerned else DONE


def _stdin() -> bytes:
    from chatbot.packs.strict_yaml import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)  # what is longer is refused, and need not be read


def _tell(outcome: Outcome, as_json: bool) -> None:
    if outcome.unusable:
        talk(shown(outcome.fault))
    if as_json:
        from chatbot.export.summary_blocks import json_of

        write(json_of(outcome.data()))
    elif not outcome.unusable:
        write(shown(f"FAILED {outcome.file}: {outcome.fault}" if outcome.fault else f"ok {outcome.file}"))
