"""`triage interview`: the app, or lines where there can be none."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.cli.common import PACK, PLAIN, RECORD, approval_option, loaded, talk, today, wording_options

if TYPE_CHECKING:
    from chatbot.replay.record import Recorder


def arguments(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.set_defaults(run=run)
    command.add_argument("pack", nargs="?", metavar="PACK", help=PACK)
    wording_options(command)
    approval_option(command)
    command.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help=PLAIN)
    command.add_argument("--record", metavar="FILE", default=argparse.SUPPRESS, help=RECORD)
    command.add_argument("--theme", metavar="NAME", help="colours of the app, such as triage-light")
    command.add_argument("--keys", type=Path, metavar="FILE", help="settings of the app: keys and colours, in TOML")


def run(args: argparse.Namespace) -> int:
    """Open the app, or ask in lines."""
    from chatbot.tui.run import why_lines

    _leave_no_memory_behind()
    why = "" if args.plain else why_lines()
    if why is None:
        return _in_app(args)
    if args.theme or args.keys:
        from chatbot.tui.settings import read_settings

        read_settings(args.keys, args.theme)  # of no use in lines, but a slip in them is still said
    if why:
        talk(why)
    from chatbot.plain.run import run as ask

    pack = loaded(args)
    return ask(pack, args.role, args.lang, args.country, today(), _recorder(args))


def _recorder(args: argparse.Namespace) -> Recorder | None:
    """What writes the answers down, if that was asked for; refused before the first question, not after."""
    if args.record is None:
        return None
    from chatbot.packs.find import DEFAULT, find_pack
    from chatbot.replay.record import Recorder

    name = args.pack or DEFAULT
    # A folder is found again from anywhere, an id on any machine.
    is_folder = find_pack(name) == Path(name)
    return Recorder(Path(args.record), str(Path(name).resolve()) if is_folder else name)


def _leave_no_memory_behind() -> None:
    """What was answered is not to be found in a file that the system writes when a program breaks."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _in_app(args: argparse.Namespace) -> int:
    from functools import partial

    from chatbot.tui.run import Wish
    from chatbot.tui.run import run as show

    if args.pack:
        from chatbot.packs.find import find_pack

        find_pack(args.pack)
    load = partial(loaded, args)
    if getattr(args, "require_approved", False):
        load()  # refused before a screen is shown, not after
    ended = show(
        Wish(load, args.role, args.country, args.lang, today(), args.theme, args.keys, recorder=_recorder(args))
    )
    if ended.words:
        from chatbot.plain.run import say_on_stderr

        say_on_stderr(*ended.words)
    if ended.failure is not None:
        raise ended.failure
    return ended.code
