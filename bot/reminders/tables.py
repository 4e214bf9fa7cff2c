"""The tables of the database, as the code sees them; migrations/ makes and changes them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware moment, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment if dialect.name != "sqlite" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


# A chat that asked for reminders. `conditions` are ids with commas; `flag` is the red flag that
# keeps its reminders back; `pending` is a wish that lacks its zone, as JSON.
CHATS = Table(
    "chats",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", String(64)),
    Column("conditions", Text, nullable=False, default=""),
    Column("flag", String(40)),
    Column("silent", Boolean, nullable=False, default=False),
    Column("pending", Text),
    Column("pending_at", Utc),
    Column("gone_at", Utc, index=True),
)

# `next_due_at` rings for the local date `next_day`, as derived from the zone database of version
# `zone_data`; `sent` counts what has been sent, for the plan to go on where it was.
REMINDERS = Table(
    "reminders",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "chat",
        BigInteger,
        ForeignKey("chats.id", onupdate="CASCADE", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("topic", Integer),
    Column("at", String(5), nullable=False),
    Column("days", String(27), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("spread", SmallInteger, nullable=False, default=0),
    Column("plan", String(40), nullable=False),
    Column("next_due_at", Utc, index=True),
    Column("next_day", Date),
    Column("zone_data", String(32), nullable=False, index=True),
    Column("paused", String(16)),
    Column("paused_until", Date),
    Column("sent", Integer, nullable=False, default=0),
    sqlite_autoincrement=True,  # a button of a deleted reminder must never hit another
)

# `try_at` is when a waiting one is to be sent, or when the lease of a claimed one runs out; none
# once it has ended. `attempts` tells claims of the same occurrence apart.
OCCURRENCES = Table(
    "occurrences",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("reminder", Integer, ForeignKey("reminders.id", ondelete="CASCADE"), nullable=False),
    Column("day", Date, nullable=False),
    Column("snooze", SmallInteger, nullable=False, default=0),
    Column("due_at", Utc, nullable=False, index=True),
    Column("try_at", Utc),
    Column("attempts", SmallInteger, nullable=False, default=0),
    Column("state", String(9), nullable=False),
    Column("reason", String(16)),
    Column("sent_at", Utc),
    Column("message", BigInteger),
    Column("showed", String(40)),
    Column("reaction", String(8)),
    UniqueConstraint("reminder", "day", "snooze"),
    sqlite_autoincrement=True,
)
Index(
    "ix_occurrences_try_at",
    OCCURRENCES.c.try_at,
    sqlite_where=OCCURRENCES.c.try_at.is_not(None),
    postgresql_where=OCCURRENCES.c.try_at.is_not(None),
)

# Kept longer than the occurrences, for the streak.
DONE_DAYS = Table(
    "done_days",
    METADATA,
    Column("reminder", Integer, ForeignKey("reminders.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
)

# What a group's administrators have set; see house_rules.py. One that nothing is set for has no
# row. `topic` is the only one to answer in, 0 the General one.
GROUPS = Table(
    "groups",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", String(64)),
    Column("topic", Integer),
    Column("pace", String(8), nullable=False, default="normal"),
    Column("quiet_from", String(5)),
    Column("quiet_to", String(5)),
    Column("language", String(16)),
    Column("gone_at", Utc, index=True),
)

# Who lets their name stand on the boards of a group.
NAMES = Table(
    "names",
    METADATA,
    Column(
        "chat",
        BigInteger,
        ForeignKey("groups.id", onupdate="CASCADE", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("person", BigInteger, primary_key=True),
    Column("name", String(64), nullable=False),
)

# The count under an occurrence that went to a group: `version` grows with each change, `shown` is
# the one that stands in the message.
_OCCURRENCE = BigInteger().with_variant(Integer, "sqlite")
BOARDS = Table(
    "boards",
    METADATA,
    Column(
        "occurrence",
        _OCCURRENCE,
        ForeignKey("occurrences.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("version", Integer, nullable=False, default=0),
    Column("shown", Integer, nullable=False, default=0),
)
Index(
    "ix_boards_stale",
    BOARDS.c.occurrence,
    sqlite_where=BOARDS.c.shown != BOARDS.c.version,
    postgresql_where=BOARDS.c.shown != BOARDS.c.version,
)

TAPS = Table(
    "taps",
    METADATA,
    Column(
        "occurrence",
        _OCCURRENCE,
        ForeignKey("boards.occurrence", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("person", BigInteger, primary_key=True),
    Column("at", Utc, nullable=False),
)
