"""What Alembic runs: it upgrades over the connection that database.py hands it."""

from __future__ import annotations

from alembic import context

from bot.reminders.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite changes a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
