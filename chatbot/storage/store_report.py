"""What is known of a store without changing anything there: its kind, whether it answers, who is let do what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from chatbot.errors import TriageError
from chatbot.storage.address import Place
from chatbot.storage.tables import SCHEMA


def store_report(place: Place) -> tuple[list[str], bool]:
    """The lines that describe a store, and whether it can be used; nothing is written, and nothing set aside."""
    if place.path is None:
        first = f"records are kept in PostgreSQL at {place.told}"
    else:
        first = f"SQLite {sqlite3.sqlite_version}; answers are kept in {place.told}"
    if place.is_empty:
        return [first, "  there is no file yet; the first interview makes it"], True
    lines = [first]
    try:
        lines.extend(f"  {line}" for line in (_server(place) if place.path is None else _file(place)))
    except TriageError as error:
        return [*lines, f"  it cannot be used: {error}"], False
    return lines, True


def _file(place: Place) -> Iterator[str]:
    store = place.look(mend=False)
    try:
        yield f"it answers; login '{store.login}', records of form {SCHEMA}"
    finally:
        store.close()


def _server(place: Place) -> Iterator[str]:
    from chatbot.storage.postgres import standing_of

    yield from standing_of(place.address)
