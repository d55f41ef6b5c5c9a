"""`triage worklist`: the list that a team shares, as the nurse's app, in lines, or as data."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.cli.common import DONE, PACK, database_option, loaded, refuse_slip, shown, today, wording_options, write
from chatbot.cli.stored import installed, records

if TYPE_CHECKING:
    from chatbot.service.desk import Desk
    from chatbot.storage.row import Row
    from chatbot.storage.worklist_query import Section

_SECTIONS: tuple[Section, ...] = ("waiting", "mine", "due", "others", "closed")
_ORDERS = ("urgency", "waiting", "newest")


def arguments(command: argparse.ArgumentParser) -> None:
    """Adds what the command takes to its parser."""
    command.set_defaults(run=run)
    command.add_argument("pack", nargs="?", metavar="PACK", help=f"{PACK}, for new calls")
    command.add_argument("--plain", action="store_true", help="the list once, in lines")
    command.add_argument("--json", action="store_true", help="the list once, as one JSON object")
    command.add_argument("--section", choices=_SECTIONS, help="this part of it only")
    command.add_argument("--search", metavar="TEXT", default="", help="a part of a reference, a case or a login")
    command.add_argument("--level", type=int, choices=range(6), action="append", help="0 self-care to 5 emergency")
    command.add_argument("--sort", choices=_ORDERS, default="urgency", help="order of what waits")
    command.add_argument("--limit", type=int, default=200, metavar="N", help="so many cases of each part (200)")
    wording_options(command)
    database_option(command)
    command.add_argument("--theme", metavar="NAME", help="colours of the app, such as triage-light")
    command.add_argument("--keys", type=Path, metavar="FILE", help="settings of the app: keys and colours, in TOML")


def run(args: argparse.Namespace) -> int:
    """Open the app, or write the list."""
    from chatbot.tui.launch import why_lines

    if args.json or args.plain or why_lines() is not None:
        return _once(args)
    from chatbot.cli.common import talk
    from chatbot.service.saving import Session
    from chatbot.tui.desk.desk_app import DeskApp
    from chatbot.tui.launch import Wish
    from chatbot.tui.launch import run as show

    refuse_slip(args.database)
    session = Session(args.database)
    wish = Wish(
        partial(loaded, args), "nurse", args.country, args.lang, today(), args.theme, args.keys,
        session=session, load_named=installed,
    )  # fmt: skip
    ended = show(wish, DeskApp)
    session.close()
    if ended.words:
        talk(*ended.words)
    if ended.failure is not None:
        raise ended.failure
    return ended.code


def _once(args: argparse.Namespace) -> int:
    """The list as it is now."""
    from chatbot.errors import InputError
    from chatbot.service.desk import Desk
    from chatbot.service.worklist import data, plain

    if args.limit < 1:
        raise InputError("--limit is a number from 1")
    with records(args, joins=True) as kept_records:
        desk = Desk(kept_records, installed)
        desk.begin()
        now = kept_records.clock()
        sections = [_section(args, desk, name) for name in _SECTIONS if args.section in (None, name)]
    if args.json:
        write(json.dumps(data(sections, now, desk.login)))
    else:
        for text in plain(sections, now):
            write(shown(text))
    return DONE


def _section(args: argparse.Namespace, desk: Desk, name: Section) -> tuple[Section, int, Sequence[Row]]:
    wanted = replace(
        desk.wanted(name, desk.records.clock()),
        text=args.search, levels=frozenset(args.level or ()), order=args.sort, limit=args.limit,
    )  # fmt: skip
    return name, desk.store.counted(wanted), desk.listed(wanted)
