"""What administrators of groups have set, and who has done a group's stretch of the day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("id", sa.BigInteger, autoincrement=False),
        sa.Column("zone", sa.String(64)),
        sa.Column("topic", sa.Integer),
        sa.Column("pace", sa.String(8), nullable=False),
        sa.Column("quiet_from", sa.String(5)),
        sa.Column("quiet_to", sa.String(5)),
        sa.Column("language", sa.String(16)),
        sa.Column("gone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
    )
    op.create_index("ix_groups_gone_at", "groups", ["gone_at"])
    op.create_table(
        "names",
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("chat", "person", name="pk_names"),
        sa.ForeignKeyConstraint(
            ["chat"], ["groups.id"], "fk_names_chat", onupdate="CASCADE", ondelete="CASCADE"
        ),
    )
    _create_boards()


def _create_boards() -> None:
    occurrence = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "boards",
        sa.Column("occurrence", occurrence, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("occurrence", name="pk_boards"),
        sa.ForeignKeyConstraint(
            ["occurrence"], ["occurrences.id"], "fk_boards_occurrence", ondelete="CASCADE"
        ),
    )
    stale = sa.text("shown <> version")
    op.create_index(
        "ix_boards_stale", "boards", ["occurrence"], sqlite_where=stale, postgresql_where=stale
    )
    op.create_table(
        "taps",
        sa.Column("occurrence", occurrence, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("occurrence", "person", name="pk_taps"),
        sa.ForeignKeyConstraint(
            ["occurrence"], ["boards.occurrence"], "fk_taps_occurrence", ondelete="CASCADE"
        ),
    )
