"""`triage interview`: the app, or lines where there can be none."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.cli.common import (
    PACK,
    PLAIN,
    RECORD,
    approval_option,
    loaded,
    refuse_slip,
    saving_options,
    talk,
    today,
    wording_options,
)

if TYPE_CHECKING:
    from chatbot.packs.pack import Pack
    from chatbot.replay.record import Recorder
    from chatbot.service.saving import Session


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("pack", nargs="?", metavar="PACK", help=PACK)
    wording_options(command)
    approval_option(command)
    command.add_argument("--plain", action="store_true", help=PLAIN)
    command.add_argument("--record", metavar="FILE", help=RECORD)
    saving_options(command)
    command.add_argument(
        "--reference", metavar="TEXT", help="what the case is called in your own lists; no name is needed"
    )
    command.add_argument("--theme", metavar="NAME", help="colours of the app, such as triage-light")
    command.add_argument("--keys", type=Path, metavar="FILE", help="settings of the app: keys and colours, in TOML")


def run(args: argparse.Namespace) -> int:
    """Open the app, or ask in lines."""
    from chatbot.tui.launch import why_lines

    _leave_no_memory_behind()
    why = "" if args.plain else why_lines()
    if why is None:
        return _in_app(args)
    if args.theme or args.keys:
        from chatbot.tui.settings import read_settings

        read_settings(args.keys, args.theme)  # of no use in lines, but a slip in them is still said
    if why:
        talk(why)
    return _in_lines(args)


def _in_lines(args: argparse.Namespace) -> int:
    from chatbot.plain.run import page
    from chatbot.plain.run import run as ask
    from chatbot.plain.talk import Talk

    session, pack, returned = _session(args), loaded(args), None
    if args.resume:
        returned = session.resume(args.resume, load_pack_named(args))
        pack = returned.pack
    else:
        session.open()
    language, country = args.lang, args.country
    if returned is not None:
        language, country = returned.conversation.words.language, returned.conversation.interview.case.country
    if session.warning:
        talk(session.warning)
    return ask(
        Talk(pack, page(), language, country, today(), _recorder(args), session), args.role, returned, args.about
    )


def load_pack_named(args: argparse.Namespace) -> Callable[[str], Pack]:
    """The way an installed pack is loaded by name; the one on the command line stands for its own."""

    def load(name: str) -> Pack:
        from chatbot.packs.load import load_pack  # behind the first screen

        if args.pack:
            pack = load_pack(args.pack)
            if pack.id == name:
                return pack
        return load_pack(name)

    return load


def _session(args: argparse.Namespace) -> Session:
    """The session that keeps the answers; nothing is opened yet."""
    from chatbot.errors import InputError
    from chatbot.service.saving import Session

    if args.resume is not None and not args.resume.strip():
        raise InputError("--resume needs the code of an interview; leave it out to begin a new one")
    if args.no_save and args.resume:
        raise InputError("--resume takes up what was saved, and --no-save keeps nothing; leave one of them out")
    if args.resume:
        from chatbot.storage.address import place_of

        place_of(args.database).refuse_empty()
    elif not args.no_save:
        refuse_slip(args.database)
    return Session(args.database, not args.no_save, getattr(args, "reference", None) or "")


def _recorder(args: argparse.Namespace) -> Recorder | None:
    """The recorder that writes the answers down, if one was asked for; refused before the first question, not after."""
    if args.record is None:
        return None
    from chatbot.packs.find import DEFAULT, find_pack
    from chatbot.replay.record import Recorder

    name = args.pack or DEFAULT
    # A folder is found again from anywhere, an id on any machine.
    is_folder = find_pack(name) == Path(name)
    return Recorder(Path(args.record), str(Path(name).resolve()) if is_folder else name)


def _leave_no_memory_behind() -> None:
    """Keeps answers out of the file that the system writes when a program breaks."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _in_app(args: argparse.Namespace) -> int:
    from functools import partial

    from chatbot.tui.launch import Wish
    from chatbot.tui.launch import run as show

    if args.pack:
        from chatbot.packs.find import find_pack

        find_pack(args.pack)
    load = partial(loaded, args)
    if getattr(args, "require_approved", False):
        load()  # refused before a screen is shown, not after
    session = _session(args)
    wish = Wish(
        load, args.role, args.country, args.lang, today(), args.theme, args.keys,
        recorder=_recorder(args), session=session, whom=args.about, resume=args.resume or "",
        load_named=load_pack_named(args),
    )  # fmt: skip
    ended = show(wish)
    session.close()
    if ended.words:
        from chatbot.plain.run import say_on_stderr

        say_on_stderr(*ended.words)
    if ended.failure is not None:
        raise ended.failure
    return ended.code
