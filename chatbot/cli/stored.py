"""What the commands on the records share: the store, the packs, a bar where there is much to read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chatbot.cli.common import talk
from chatbot.cli.progress import progress

if TYPE_CHECKING:
    from chatbot.packs.pack import Pack
    from chatbot.service.records import Records
    from chatbot.storage.store import CaseStore

# So many events are read before anybody could wonder.
_MANY = 20_000


@contextmanager
def records(args: argparse.Namespace, joins: bool = False) -> Iterator[Records]:
    """The records that are there; StorageError where there are none, so that no empty store is taken for them.

    Who `joins` makes the tables of a team, or the user's own file, as the app does.
    """
    from chatbot.service.records import Records
    from chatbot.storage.address import place_of

    place = place_of(args.database)
    new_file = place.new_file
    store = place.join() if joins else place.look()
    try:
        if store.warning:
            talk(store.warning)
        if new_file:
            talk(f"there were no records yet; they are kept in a new file: {new_file}")
        yield Records(store, store.now, login=store.login)
    finally:
        store.close()


@contextmanager
def watching(store: CaseStore, what: str, times: int = 1) -> Iterator[Callable[[int], None]]:
    """A bar for reading all events so many times, where they are many and somebody sees it."""
    from chatbot.errors import StorageError

    try:
        total = sum(row.seq for row in store.rows()) * times
    except StorageError:  # whoever reads them says so
        total = 0
    if total <= _MANY:
        yield lambda _: None
        return
    with progress(what, total) as advance:
        yield advance


def installed(name: str) -> Pack:
    """The installed pack of a name."""
    from chatbot.packs.load import load_pack

    return load_pack(name)
