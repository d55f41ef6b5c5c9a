"""Faults to be found, each a store that is wrong in one way: they try the lanes themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from chatbot.storage.chain import Head, grown
from chatbot.storage.known_heads import Heads
from chatbot.storage.row import Row
from chatbot.storage.sqlite import SqliteStore
from chatbot.storage.verify import Finding, Verification

Opening = Callable[[Path, Heads], SqliteStore]


def early(opening: Opening) -> Opening:
    """A store that says "kept" before it is: it writes with the next step."""

    def opened(path: Path, heads: Heads) -> SqliteStore:
        store, waiting = opening(path, heads), []
        append = store.append

        def later(row: Row, bodies: Sequence[bytes]) -> Head:
            while waiting:
                append(*waiting.pop())
            waiting.append((row, bodies))
            last = list(grown(row.at, bodies))[-1]
            return Head(row.case, last.seq, last.hash)

        store.append = later
        return store

    return opened


def unsynced(opening: Opening) -> Opening:
    """A store that leaves to the system when its file gets to the disk: it survives a kill, and no loss of power."""

    def opened(path: Path, heads: Heads) -> SqliteStore:
        store = opening(path, heads)
        driver = store.own().connection.driver_connection
        driver.execute("PRAGMA synchronous = OFF")
        return store

    return opened


def unchained(opening: Opening) -> Opening:
    """A store that does not look whether its events are those that were written."""

    def trusting(self: Verification, heads: dict[str, Head], _: Mapping[str, Head]) -> Iterator[Finding]:
        for case, seq, kept, _body in self.store.chains():
            self.events += 1
            heads[case] = Head(case, seq, kept)
        yield from ()

    Verification._chains = trusting  # noqa: SLF001 # what is taken away is inside
    return opening


PLANTED = {"early": early, "unsynced": unsynced, "unchained": unchained}
