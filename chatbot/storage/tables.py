"""The tables: events in chains, and beside them what lists show, which follows from the events."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

from chatbot.storage.row import Row

# The newest revision under migrations/versions.
SCHEMA = "0002"

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

cases = Table(
    "cases",
    metadata,
    Column("case_id", Text, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in (
            "pack", "version", "digest", "mode", "country", "language", "reference", "code", "started", "changed",
            "state", "shown", "asker", "owner", "until", "taken", "called", "due", "closed", "outcome",
        )
    ),
    *(Column(name, Integer) for name in ("level", "chosen", "asked")),
    Column("urgency", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("sum", LargeBinary, nullable=False),
    Column("held", Text, nullable=False),
    sqlite_strict=True,
)  # fmt: skip

packs = Table(
    "packs",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# Facts about the store itself: its id, and that a purge goes on.
about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

# What a row of `cases` holds of a `Row`, in the order of its fields.
columns = [cases.c["case_id" if field.name == "case" else field.name] for field in fields(Row)]


def values(row: Row) -> dict[str, object]:
    """A row as it is written."""
    found = {field.name: getattr(row, field.name) for field in fields(Row)}
    return {"case_id": found.pop("case"), **found, "sum": row.sum}
