"""What clinicians do with cases, in columns by which lists are made; who may do what, as roles of the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chatbot.storage.roles import set_up

revision = "0002"
down_revision = "0001"

_TEXTS = ("shown", "asker", "owner", "until", "taken", "called", "due", "closed", "outcome")


def upgrade() -> None:
    """Add the columns, empty; what belongs there is worked out from the events afterwards."""
    for name in _TEXTS:
        op.add_column("cases", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("chosen", "asked"):
        op.add_column("cases", sa.Column(name, sa.Integer))
    op.add_column("cases", sa.Column("urgency", sa.Integer, nullable=False, server_default="0"))
    op.create_index("cases_work", "cases", ["closed", "urgency", "shown"])
    if op.get_bind().dialect.name == "postgresql":
        set_up(op.get_bind())
