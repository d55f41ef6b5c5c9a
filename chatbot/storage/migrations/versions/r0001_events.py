"""Events that are never changed, cases as lists show them, packs, and facts about the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXTS = (
    "pack", "version", "digest", "mode", "country", "language", "reference", "code", "started", "changed", "state",
)  # fmt: skip
_STAYS = "CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
_REMAINS = """
CREATE TRIGGER events_remain BEFORE DELETE ON events
WHEN NOT EXISTS (SELECT 1 FROM about WHERE name = 'purging')
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
"""
_REFUSE = """
CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM about WHERE name = 'purging') THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'events are never changed or deleted';
END $$
"""
_ON_ROWS = "CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_stay()"
_ON_ALL = "CREATE TRIGGER events_kept BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_stay()"
# An event is deleted by a purge alone, which says so in its own transaction.
_GUARDS = {"sqlite": (_STAYS, _REMAINS), "postgresql": (_REFUSE, _ON_ROWS, _ON_ALL)}


def upgrade() -> None:
    """Make the tables, and have the database itself refuse to change an event."""
    op.create_table(
        "events",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "cases",
        sa.Column("case_id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        sa.Column("level", sa.Integer),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("sum", sa.LargeBinary, nullable=False),
        sa.Column("held", sa.Text, nullable=False, server_default=""),
        sqlite_strict=True,
    )
    op.create_index("cases_code", "cases", ["code"])
    op.create_table(
        "packs",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "about",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
