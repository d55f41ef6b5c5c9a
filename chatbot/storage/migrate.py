"""The schema brought up to date; the library that does it is loaded only where there is something to do."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text, update

from chatbot.errors import DamagedError, StorageError
from chatbot.storage.chain import Head
from chatbot.storage.projection import projected
from chatbot.storage.row import Row
from chatbot.storage.tables import SCHEMA, cases, columns, events, values

_REVISION = re.compile(r"\d{4}")
_SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The revision a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def migrate(connection: Connection) -> None:
    """Bring the schema up to date in the transaction that stands; StorageError when a newer program made it."""
    revision = revision_of(connection)
    if revision == SCHEMA:
        return
    if revision is not None and not _REVISION.fullmatch(revision):
        raise StorageError("the tables there are those of another program; name another database")
    if revision is not None and revision > SCHEMA:
        raise StorageError(
            f"the records have form {revision}, which a newer version of this program made; this one knows {SCHEMA}"
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, SCHEMA)
    if revision is not None:
        _work_out_rows(connection)


def _work_out_rows(connection: Connection) -> None:
    """Works out what lists show from the events, whenever the columns change."""
    for known in [Row(*each) for each in connection.execute(select(*columns))]:
        wanted = select(events.c.body).where(events.c.case_id == known.case).order_by(events.c.seq)
        try:
            row = projected(known.case, connection.execute(wanted).scalars())
        except DamagedError:  # the chain says so, too, when it is looked through
            row = known
        row = row.grown(Head(known.case, known.seq, known.head))
        connection.execute(update(cases).where(cases.c.case_id == known.case).values(**values(row)))
