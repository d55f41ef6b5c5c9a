"""The schema brought up to date; the library that does it is loaded only where there is something to do."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from chatbot.errors import StorageError
from chatbot.storage.tables import SCHEMA

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
    found = revision_of(connection)
    if found == SCHEMA:
        return
    if found is not None and not _REVISION.fullmatch(found):
        raise StorageError("the tables there are those of another program; name another database")
    if found is not None and found > SCHEMA:
        raise StorageError(
            f"the records have form {found}, which a newer version of this program made; this one knows {SCHEMA}"
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, SCHEMA)
