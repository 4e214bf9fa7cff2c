"""Chats, their reminders, and what became of each occurrence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger, autoincrement=False),
        sa.Column("zone", sa.String(64)),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("flag", sa.String(40)),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("pending", sa.Text),
        sa.Column("pending_at", _MOMENT),
        sa.Column("gone_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
    )
    op.create_index("ix_chats_gone_at", "chats", ["gone_at"])
    _create_reminders()
    _create_occurrences()
    op.create_table(
        "done_days",
        sa.Column("reminder", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("reminder", "day", name="pk_done_days"),
        sa.ForeignKeyConstraint(
            ["reminder"], ["reminders.id"], "fk_done_days_reminder", ondelete="CASCADE"
        ),
    )


def _create_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("topic", sa.Integer),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("days", sa.String(27), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("spread", sa.SmallInteger, nullable=False),
        sa.Column("plan", sa.String(40), nullable=False),
        sa.Column("next_due_at", _MOMENT),
        sa.Column("next_day", sa.Date),
        sa.Column("zone_data", sa.String(32), nullable=False),
        sa.Column("paused", sa.String(16)),
        sa.Column("paused_until", sa.Date),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.id"], "fk_reminders_chat", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_chat", "reminders", ["chat"])
    op.create_index("ix_reminders_next_due_at", "reminders", ["next_due_at"])
    op.create_index("ix_reminders_zone_data", "reminders", ["zone_data"])


def _create_occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite")),
        sa.Column("reminder", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("snooze", sa.SmallInteger, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("try_at", _MOMENT),
        sa.Column("attempts", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("sent_at", _MOMENT),
        sa.Column("message", sa.BigInteger),
        sa.Column("showed", sa.String(40)),
        sa.Column("reaction", sa.String(8)),
        sa.PrimaryKeyConstraint("id", name="pk_occurrences"),
        sa.ForeignKeyConstraint(
            ["reminder"], ["reminders.id"], "fk_occurrences_reminder", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("reminder", "day", "snooze", name="uq_occurrences_reminder_day_snooze"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_occurrences_due_at", "occurrences", ["due_at"])
    tried = sa.text("try_at IS NOT NULL")
    op.create_index(
        "ix_occurrences_try_at",
        "occurrences",
        ["try_at"],
        sqlite_where=tried,
        postgresql_where=tried,
    )
