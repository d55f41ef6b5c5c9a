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
def records(args: argparse.Namespace) -> Iterator[Records]:
    """The records that are there; StorageError where there are none, so that no empty store is taken for them."""
    from chatbot.service.records import Records
    from chatbot.storage.address import place_of

    store = place_of(args.database or "").look()
    try:
        if store.warning:
            talk(store.warning)
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
