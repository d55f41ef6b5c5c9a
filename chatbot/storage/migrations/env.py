"""How Alembic reaches the database: by the connection it is given, in the transaction that stands."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
