"""What is due: claimed in small batches under a lease, and recorded with its result.

The database is the only truth. An occurrence is one row for each reminder, local date and snooze,
so no restart, second process or jump of the clock can make a second one of it. On PostgreSQL
several processes claim side by side, each skipping the rows that another has locked; on SQLite
they take turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, or_, select, update

from bot.reminders.chats import leave, move
from bot.reminders.database import Database, insert_if_new
from bot.reminders.due import Again, Dropped, Due, Moved, Result, Sent
from bot.reminders.reminder import QUIZ, Pause, Reason, State
from bot.reminders.rows import Values, conditions_of, due_values, reminder_of, schedule_of
from bot.reminders.schedule import data_version, is_zone, moment, next_due
from bot.reminders.tables import BOARDS, CHATS, GROUPS, OCCURRENCES, REMINDERS

GRACE = timedelta(minutes=60)  # how late it is still sent
LEASE = timedelta(minutes=2)  # a process that has not told a result by then is taken for dead
KEPT = timedelta(days=90)  # what ended, and chats that are gone
ASKED = timedelta(days=1)  # chats that never said when or where they wish a reminder
BATCH = 2_000  # rows settled at once without sending

Ended = tuple[Due, Result, datetime]  # what was sent, how that ended, and when


class Queue:
    """The occurrences of all reminders, as the delivery sees them."""

    def __init__(self, database: Database, grace: timedelta = GRACE) -> None:
        self._database = database
        self._grace = grace

    def claim(self, now: datetime, room: int) -> tuple[Due, ...]:
        """At most `room` due occurrences, oldest first, now this caller's until the lease ends.

        What is too late to send is settled on the way. Raises StoreError.
        """
        with self._database.writing() as connection:
            self._settle_late(connection, now)
            waiting = self._claim_waiting(connection, now, room)
            return (*waiting, *self._claim_new(connection, now, room - len(waiting)))

    def record(self, due: Due, result: Result, now: datetime) -> bool:
        """Writes how a claimed occurrence ended; False where the claim is no longer the caller's.

        Raises StoreError; then the claim stands, and runs out with its lease.
        """
        return self.record_all([(due, result, now)])[0]

    def record_all(self, ended: Sequence[Ended]) -> list[bool]:
        """As `record`, for several in one transaction: one wait for the disk instead of many."""
        with self._database.writing() as connection:
            return [_record(connection, *one) for one in ended]

    def derive_anew(self, now: datetime, most: int = BATCH) -> int:
        """Derives next moments that an older zone database has told; how many there were."""
        version = data_version()
        outdated = (
            select(REMINDERS)
            .where(or_(REMINDERS.c.zone_data < version, REMINDERS.c.zone_data > version))
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            rows = connection.execute(outdated).all()
            _derive(connection, rows, now)
        return len(rows)

    def purge(self, now: datetime, most: int = BATCH) -> int:
        """Deletes chats that are gone and occurrences that ended long ago; how many rows."""
        old = now - KEPT
        gone = select(CHATS.c.id).where(CHATS.c.gone_at < old).limit(most)
        ended = (
            select(OCCURRENCES.c.id)
            .where(OCCURRENCES.c.due_at < old, OCCURRENCES.c.try_at.is_(None))
            .limit(most)
        )
        asked = select(CHATS.c.id).where(
            CHATS.c.pending_at < now - ASKED,
            ~select(REMINDERS.c.id).where(REMINDERS.c.chat == CHATS.c.id).exists(),
        )
        with self._database.writing() as connection:
            connection.execute(delete(CHATS).where(CHATS.c.id.in_(asked.limit(most))))
            connection.execute(delete(GROUPS).where(GROUPS.c.gone_at < old))
            chats = connection.execute(delete(CHATS).where(CHATS.c.id.in_(gone)))
            rest = connection.execute(delete(OCCURRENCES).where(OCCURRENCES.c.id.in_(ended)))
            return chats.rowcount + rest.rowcount

    def _settle_late(self, connection: Connection, now: datetime) -> None:
        """Records what is past the grace: one row for each missed date, none of them sent."""
        limit = now - self._grace
        rows = self._due_rows(connection, REMINDERS.c.next_due_at < limit, now, BATCH)
        self._occur(connection, rows, now, Reason.TOO_LATE)
        # Of one that was being sent when its process died nobody knows whether it arrived.
        missed = {State.WAITING: State.SKIPPED, State.CLAIMED: State.UNCERTAIN}
        for before, after in missed.items():
            reason = Reason.TOO_LATE if after is State.SKIPPED else Reason.NO_ANSWER
            connection.execute(
                update(OCCURRENCES)
                .where(
                    OCCURRENCES.c.try_at <= now,
                    OCCURRENCES.c.due_at < limit,
                    OCCURRENCES.c.state == before,
                )
                .values(state=after, reason=reason, try_at=None)
            )

    def _claim_waiting(self, connection: Connection, now: datetime, room: int) -> list[Due]:
        """Snoozes, retries, and what a dead process has left behind."""
        rows = connection.execute(
            select(
                REMINDERS,
                *(CHATS.c.conditions, CHATS.c.flag, CHATS.c.silent, CHATS.c.gone_at),
                OCCURRENCES.c.id.label("occurrence"),
                *(OCCURRENCES.c.day, OCCURRENCES.c.snooze, OCCURRENCES.c.due_at),
                OCCURRENCES.c.attempts,
            )
            .join(REMINDERS, REMINDERS.c.id == OCCURRENCES.c.reminder)
            .join(CHATS, CHATS.c.id == REMINDERS.c.chat)
            .where(OCCURRENCES.c.try_at <= now)
            # Not by the bare column: SQLite would walk its index rather than look up `try_at`.
            .order_by(func.coalesce(OCCURRENCES.c.due_at, now), OCCURRENCES.c.id)
            .limit(room)
            .with_for_update(of=OCCURRENCES, skip_locked=True)
        ).all()
        held = {row.occurrence: reason for row in rows if (reason := _held_back(row))}
        for occurrence, reason in held.items():
            _drop(connection, occurrence, reason)
        ready = [row for row in rows if row.occurrence not in held]
        _claim_again(connection, [row.occurrence for row in ready], now)
        return [
            Due(
                id=row.occurrence,
                attempt=row.attempts + 1,
                day=row.day,
                snooze=row.snooze,
                due_at=row.due_at,
                **_told(row, now),
            )
            for row in ready
        ]

    def _claim_new(self, connection: Connection, now: datetime, room: int) -> list[Due]:
        """Reminders whose moment has come: their occurrence is made, and the next derived."""
        if room <= 0:
            return []
        in_time = REMINDERS.c.next_due_at.between(now - self._grace, now)
        rows = self._due_rows(connection, in_time, now, room)
        self._occur(connection, [row for row in rows if row.flag], now, Reason.RED_FLAG)
        ready = [row for row in rows if not row.flag]
        made = self._occur(connection, ready, now)
        return [
            Due(
                id=made[row.id],
                attempt=1,
                day=row.next_day,
                snooze=0,
                due_at=row.next_due_at,
                **_told(row, now),
            )
            for row in ready
            if row.id in made
        ]

    def _due_rows(
        self, connection: Connection, due: Any, now: datetime, most: int
    ) -> Sequence[Row[Any]]:
        """Those of `most` that are due by the zone database of today; the others are put right."""
        chosen = (
            select(REMINDERS, CHATS.c.conditions, CHATS.c.flag, CHATS.c.silent)
            .join(CHATS, CHATS.c.id == REMINDERS.c.chat)
            .where(due)
            .order_by(REMINDERS.c.next_due_at, REMINDERS.c.id)
            .limit(most)
            .with_for_update(of=REMINDERS, skip_locked=True)
        )
        rows = connection.execute(chosen).all()
        wrong = [row for row in rows if row.zone_data != data_version() and not _is_due(row)]
        _derive(connection, wrong, now)
        return [row for row in rows if row not in wrong]

    def _occur(
        self,
        connection: Connection,
        rows: Sequence[Row[Any]],
        now: datetime,
        skipped: Reason | None = None,
    ) -> dict[int, int]:
        """Makes the occurrence of each of `rows`, and moves the reminder on to its next one.

        The ids of the occurrences by reminder, without those that were there already.
        """
        if not rows:
            return {}
        claimed = {"state": State.CLAIMED, "try_at": now + LEASE, "attempts": 1, "reason": None}
        ended = {"state": State.SKIPPED, "try_at": None, "attempts": 0, "reason": skipped}
        values = [
            {"reminder": row.id, "day": row.next_day, "due_at": row.next_due_at}
            | (ended if skipped else claimed)
            for row in rows
        ]
        made = connection.execute(
            insert_if_new(connection, OCCURRENCES).returning(
                OCCURRENCES.c.id, OCCURRENCES.c.reminder
            ),
            values,
        ).all()
        _update_each(connection, [_moved_on(row) for row in rows])
        return {row.reminder: row.id for row in made}


def _is_due(row: Row[Any]) -> bool:
    due: datetime = row.next_due_at
    return is_zone(row.zone) and moment(schedule_of(row), row.next_day) == due


def _derive(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> None:
    """Derives the next moments anew; a reminder whose zone is no more is paused."""
    known = [row for row in rows if is_zone(row.zone)]
    _update_each(connection, [_derived(row, now) for row in known])
    lost = [row.id for row in rows if not is_zone(row.zone)]
    gone = {"paused": Pause.ZONE_GONE, "next_due_at": None, "zone_data": data_version()}
    connection.execute(update(REMINDERS).where(REMINDERS.c.id.in_(lost)).values(gone))


def _derived(row: Row[Any], now: datetime) -> Values:
    """The same date's moment by the zone database of today, or the next where it has none."""
    schedule = schedule_of(row)
    due = row.next_due_at and (moment(schedule, row.next_day) or next_due(schedule, now))
    return {"id_": row.id, **due_values(schedule, due)}


def _moved_on(row: Row[Any]) -> Values:
    """The next occurrence; a pause until a date has ended with this one."""
    schedule = schedule_of(row)
    ended = {"paused": None, "paused_until": None}
    return {"id_": row.id, **ended, **due_values(schedule, next_due(schedule, row.next_due_at))}


def _update_each(connection: Connection, changes: list[Values]) -> None:
    """Changes reminders by their `id_`, with the values named beside it."""
    if changes:
        columns: Values = {name: bindparam(name) for name in changes[0] if name != "id_"}
        statement = update(REMINDERS).where(REMINDERS.c.id == bindparam("id_")).values(columns)
        connection.execute(statement, changes)


def _held_back(row: Row[Any]) -> Reason | None:
    """Why a waiting one must not be sent after all; a snooze may be newer than the pause."""
    if row.flag or row.gone_at:
        return Reason.RED_FLAG if row.flag else Reason.BLOCKED
    return Reason.PAUSED if row.paused and not row.snooze else None


def _claim_again(connection: Connection, occurrences: Sequence[int], now: datetime) -> None:
    claimed = {"state": State.CLAIMED, "try_at": now + LEASE}
    connection.execute(
        update(OCCURRENCES)
        .where(OCCURRENCES.c.id.in_(occurrences))
        .values(attempts=OCCURRENCES.c.attempts + 1, **claimed)
    )


def _drop(connection: Connection, occurrence: int, reason: Reason) -> None:
    ended = {"state": State.SKIPPED, "reason": reason, "try_at": None}
    connection.execute(update(OCCURRENCES).where(OCCURRENCES.c.id == occurrence).values(ended))


def _told(row: Row[Any], now: datetime) -> dict[str, Any]:
    """What a claim knows of its reminder and chat."""
    return {
        "reminder": reminder_of(row),
        "lease_until": now + LEASE,
        "conditions": conditions_of(row),
        "silent": row.silent,
        "sent": row.sent,
    }


def _record(connection: Connection, due: Due, result: Result, now: datetime) -> bool:
    ours = and_(
        OCCURRENCES.c.id == due.id,
        OCCURRENCES.c.attempts == due.attempt,
        OCCURRENCES.c.state == State.CLAIMED,
    )
    values = _values(due, result, now)
    if not connection.execute(update(OCCURRENCES).where(ours).values(values)).rowcount:
        return False
    _follow_up(connection, due, result, now)
    return True


def _values(due: Due, result: Result, now: datetime) -> Values:
    match result:
        case Sent(message, showed):
            state = State.LATE if due.is_late(now) else State.SENT
            return {
                "state": state,
                "reason": None,
                "try_at": None,
                "sent_at": now,
                "message": message,
                "showed": showed,
            }
        case Dropped(state, reason):
            return {"state": state, "reason": reason, "try_at": None}
        case Again(after):
            return {"state": State.WAITING, "try_at": now + after}
        case Moved():
            return {"state": State.WAITING, "try_at": now}


def _follow_up(connection: Connection, due: Due, result: Result, now: datetime) -> None:
    """What a result means beyond its occurrence."""
    match result:
        case Sent(topic_gone=gone):
            changes: Values = {"sent": REMINDERS.c.sent + 1}
            if gone:
                changes |= {"paused": Pause.TOPIC_GONE, "next_due_at": None}
            one = REMINDERS.c.id == due.reminder.id
            connection.execute(update(REMINDERS).where(one).values(changes))
            if due.reminder.is_groups and due.reminder.plan != QUIZ:
                _put_up(connection, due)
        case Dropped(reason=Reason.BLOCKED):
            leave(connection, due.reminder.chat, now)
        case Moved(chat):
            move(connection, due.reminder.chat, chat)


def _put_up(connection: Connection, due: Due) -> None:
    """Begins the board; where the group has moved meanwhile, it is to be shown there anew."""
    connection.execute(insert_if_new(connection, BOARDS).values(occurrence=due.id))
    where = select(REMINDERS.c.chat).where(REMINDERS.c.id == due.reminder.id)
    if connection.execute(where).scalar() == due.reminder.chat:
        return
    one = update(OCCURRENCES).where(OCCURRENCES.c.id == due.id)
    connection.execute(one.values(message=None))
    board = update(BOARDS).where(BOARDS.c.occurrence == due.id)
    connection.execute(board.values(version=BOARDS.c.version + 1))
