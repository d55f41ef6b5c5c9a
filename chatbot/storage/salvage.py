"""What is whole in a damaged SQLite file, and a new file put in its place so that no moment loses either."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.packs.archive import is_whole
from chatbot.storage.chain import grown, start
from chatbot.storage.known_heads import Heads

# What goes wrong at this moment, though the file may be whole.
_NO_DAMAGE = ("SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_NOMEM", "SQLITE_BUSY", "SQLITE_PERM")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The cases of a damaged file whose chains are whole, its packs, and how many cases are not."""

    cases: dict[str, list[bytes]]
    packs: dict[str, bytes]
    lost: int


def files_of(path: Path) -> list[Path]:
    """A database's file, and what lies beside it."""
    return [path, *(path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm"))]


def salvaged(path: Path, heads: Heads | None) -> Salvaged:
    """Reads what is whole in a damaged file; a case that was longer once is not.

    sqlite3.Error where it cannot be read for another reason than that it is damaged: it may be whole, then.
    """
    known = heads.known() if heads else {}
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        chains = _events(connection)
        packs = {
            digest: content
            for digest, content in _rows(connection, "SELECT digest, content FROM packs")
            if isinstance(digest, str) and isinstance(content, bytes) and is_whole(content, digest)
        }
    whole = {}
    for case, events in chains.items():
        bodies = [body for _, (_, body) in sorted(events.items())]
        chain = list(grown(start(case), bodies))
        is_as_written = [(each.seq, each.hash) for each in chain] == [
            (seq, digest) for seq, (digest, _) in sorted(events.items())
        ]
        if is_as_written and (case not in known or known[case].hash in (each.hash for each in chain[-1:])):
            whole[case] = bodies
    return Salvaged(whole, packs, len({*chains, *known} - set(whole)))


def _events(connection: sqlite3.Connection) -> dict[str, dict[int, tuple[bytes, bytes]]]:
    """Digest and bytes of each event that can be read, by case and place."""
    events: dict[str, dict[int, tuple[bytes, bytes]]] = {}
    # From both ends: a damaged page ends the reading, and what lies behind it may be whole.
    for order in ("ASC", "DESC"):
        query = f"SELECT case_id, seq, hash, body FROM events ORDER BY case_id {order}, seq {order}"
        for case, seq, digest, body in _rows(connection, query):
            # A damaged page can hold anything, whatever the table says.
            if isinstance(case, str) and isinstance(seq, int) and isinstance(body, bytes):
                events.setdefault(case, {})[seq] = digest, body
    return events


def _rows(connection: sqlite3.Connection, query: str) -> Iterator[Any]:
    """The rows that can still be read."""
    try:
        yield from connection.execute(query)
    except sqlite3.Error as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith(_NO_DAMAGE):
            raise


def carried(path: Path) -> Path:
    """The path of a new file once it holds all that is carried over: from then on it is the one that counts."""
    return path.with_name(f"{path.name}.carried")


def put_in_place(path: Path) -> Path:
    """Set the damaged file aside and the new one in its place; where the damaged one is now.

    A program that ends in the midst leaves the new file where it lies, and the next does this again.
    """
    number = 1
    while _aside(path, number).exists():
        number += 1
    if not path.exists() and number > 1:
        number -= 1  # that was done, and the rest was not
    moves = list(zip(files_of(path), files_of(_aside(path, number)), strict=True))
    # The file itself goes last: until then its number is the one that is free.
    for old, new in reversed(moves):
        with suppress(FileNotFoundError):
            old.rename(new)
    carried(path).replace(path)
    return _aside(path, number)


def _aside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
