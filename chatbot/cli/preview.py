"""`triage preview`: the app on a pack that is being written."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from chatbot.cli.common import PACK, loaded, today, wording_options


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("pack", metavar="PACK", help=PACK)
    wording_options(command)
    command.add_argument("--theme", metavar="NAME", help="colours of the app, such as triage-light")
    command.add_argument("--keys", type=Path, metavar="FILE", help="settings of the app: keys and colours, in TOML")


def run(args: argparse.Namespace) -> int:
    """Open the app; it stays open whatever is wrong with the pack."""
    from chatbot.errors import InputError
    from chatbot.packs.find import find_pack
    from chatbot.tui.launch import Wish, why_lines
    from chatbot.tui.launch import run as show

    folder = find_pack(args.pack)
    if why_lines() is not None:
        raise InputError(
            "preview needs a terminal in which the app can open; triage check says what is wrong with a pack"
        )
    args.pack = str(folder)
    from chatbot.tui.preview import PreviewApp

    wish = Wish(
        partial(loaded, args), args.role, args.country, args.lang, today(), args.theme, args.keys, whom=args.about
    )
    ended = show(wish, partial(PreviewApp, folder=folder))
    if ended.words:
        from chatbot.plain.run import say_on_stderr

        say_on_stderr(*ended.words)
    return ended.code
