"""What clinicians do with cases, in columns by which lists are made; who may do what, as roles of the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chatbot.storage.roles import set_up

revision = "0002"
down_revision = "0001"

_TEXTS = ("shown", "asker", "owner", "until", "taken", "called", "due", "closed", "outcome")


def _index(name: str, columns: str) -> None:
    collated = ' COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"CREATE INDEX {name} ON cases ({columns.format(c=collated)})")


def upgrade() -> None:
    """Add the columns, empty; what belongs there is worked out from the events afterwards."""
    for name in _TEXTS:
        op.add_column("cases", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("chosen", "asked"):
        op.add_column("cases", sa.Column(name, sa.Integer))
    op.add_column("cases", sa.Column("urgency", sa.Integer, nullable=False, server_default="0"))
    # Lists are read in this order, and what narrows them stands in the index, so that no case is opened that they do
    # not show; in the order of the code points, whatever the locale of the database.
    narrowing = "owner, until, due, called, level, outcome, mode, reference"
    _index("cases_work", f"closed, urgency DESC, shown {{c}}, case_id {{c}}, {narrowing}")
    _index("cases_lately", f"closed, shown {{c}} DESC, case_id {{c}}, urgency, {narrowing}")
    if op.get_bind().dialect.name == "postgresql":
        set_up(op.get_bind())
