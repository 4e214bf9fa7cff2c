"""Where the boards under groups' stretches of the day are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select, update

from bot.reminders.board import Board, Tap, Week
from bot.reminders.database import Database, insert_if_new
from bot.reminders.reminder import WENT, State
from bot.reminders.rows import conditions_of, occurrence_of, reminder_of
from bot.reminders.streaks import Streak, streak
from bot.reminders.tables import BOARDS, CHATS, DONE_DAYS, NAMES, OCCURRENCES, REMINDERS, TAPS

RECENT = timedelta(days=2)  # how old a board may be that is put right after a restart
WEEK = timedelta(days=7)


class Boards:
    """Every call is one transaction and may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tap(
        self, group: int, occurrence: int, person: int, now: datetime, message: int | None = None
    ) -> Tap:
        """Counts a person as having done it, once.

        `message` is where they tapped: of an occurrence whose arrival was uncertain it tells more.
        """
        with self._database.writing() as connection:
            sent = _sent(occurrence).where(REMINDERS.c.chat == group)
            # The reminder must not be deleted before its board has the tap.
            kept = sent.with_for_update(read=True, key_share=True, of=REMINDERS)
            found = connection.execute(kept).first()
            if found is None:
                return Tap.GONE
            if found.message is None and found.state == State.UNCERTAIN:
                _arrived(connection, occurrence, message)
            connection.execute(insert_if_new(connection, BOARDS).values(occurrence=occurrence))
            values = {"occurrence": occurrence, "person": person, "at": now}
            tap = insert_if_new(connection, TAPS).values(values).returning(TAPS.c.person)
            if connection.execute(tap).first() is None:
                return Tap.COUNTED_BEFORE
            _count(connection, occurrence)
            day = {"reminder": found.reminder, "day": found.day}
            connection.execute(insert_if_new(connection, DONE_DAYS).values(day))
            return Tap.COUNTED

    def stale(self, now: datetime) -> tuple[int, ...]:
        """The occurrences of the last days whose message shows an older state."""
        found = (
            select(BOARDS.c.occurrence)
            .join(OCCURRENCES, OCCURRENCES.c.id == BOARDS.c.occurrence)
            .where(BOARDS.c.shown != BOARDS.c.version, OCCURRENCES.c.due_at >= now - RECENT)
            .order_by(BOARDS.c.occurrence)
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(found).scalars())

    def board(self, occurrence: int) -> Board | None:
        """What is to stand under the occurrence; None where it is not there any more."""
        with self._database.reading() as connection:
            found = connection.execute(
                _sent(occurrence)
                .add_columns(BOARDS.c.version, CHATS.c.conditions)
                .join(BOARDS, BOARDS.c.occurrence == OCCURRENCES.c.id)
                .join(CHATS, CHATS.c.id == REMINDERS.c.chat)
            ).first()
            if found is None:
                return None
            one = select(REMINDERS).where(REMINDERS.c.id == found.reminder)
            reminder = reminder_of(connection.execute(one).one())
            taps = select(func.count()).where(TAPS.c.occurrence == occurrence)
            return Board(
                occurrence=occurrence_of(found),
                reminder=reminder,
                version=found.version,
                done=connection.execute(taps).scalar_one(),
                names=_names(connection, reminder.chat, occurrence),
                streak=_streak(connection, reminder.id, found.day),
                week=_week(connection, reminder.id, found.day),
                conditions=conditions_of(found),
            )

    def before(self, reminder: int, day: date) -> tuple[Streak, Week | None]:
        """How it went before the occurrence of `day`."""
        with self._database.reading() as connection:
            return _streak(connection, reminder, day), _week(connection, reminder, day)

    def shown(self, occurrence: int, version: int, message: int | None = None) -> None:
        """Notes which state the message shows now, or that there is a new message."""
        with self._database.writing() as connection:
            one = BOARDS.c.occurrence == occurrence
            connection.execute(update(BOARDS).where(one).values(shown=version))
            if message is not None:
                sent = update(OCCURRENCES).where(OCCURRENCES.c.id == occurrence)
                connection.execute(sent.values(message=message))


def _sent(occurrence: int) -> Select[Any]:
    """The occurrence with its chat, if it went out; that it did may not be recorded yet."""
    return (
        select(OCCURRENCES, REMINDERS.c.chat)
        .join(REMINDERS, REMINDERS.c.id == OCCURRENCES.c.reminder)
        .where(OCCURRENCES.c.id == occurrence, OCCURRENCES.c.state.in_((State.CLAIMED, *WENT)))
    )


def _arrived(connection: Connection, occurrence: int, message: int | None) -> None:
    one = update(OCCURRENCES).where(OCCURRENCES.c.id == occurrence)
    connection.execute(one.values(message=message))


def _count(connection: Connection, occurrence: int) -> None:
    one = update(BOARDS).where(BOARDS.c.occurrence == occurrence)
    connection.execute(one.values(version=BOARDS.c.version + 1))


def _names(connection: Connection, group: int, occurrence: int) -> tuple[str, ...]:
    allowed = and_(NAMES.c.person == TAPS.c.person, NAMES.c.chat == group)
    found = (
        select(NAMES.c.name)
        .join(TAPS, allowed)
        .where(TAPS.c.occurrence == occurrence)
        .order_by(TAPS.c.at, TAPS.c.person)
    )
    return tuple(connection.execute(found).scalars())


def _streak(connection: Connection, reminder: int, today: date) -> Streak:
    """The group's: a day counts that anybody has done."""
    done = select(DONE_DAYS.c.day).where(DONE_DAYS.c.reminder == reminder)
    sent = select(OCCURRENCES.c.day).where(
        OCCURRENCES.c.reminder == reminder, OCCURRENCES.c.state.in_(WENT)
    )
    days = [frozenset(connection.execute(found).scalars()) for found in (done, sent)]
    return streak(_until(days[0], today), _until(days[1], today), today)


def _until(days: Iterable[date], today: date) -> frozenset[date]:
    return frozenset(day for day in days if day <= today)


def _week(connection: Connection, reminder: int, day: date) -> Week | None:
    """The ISO week before that of `day`, if `day` is the first to be sent in its own."""
    begins = day - timedelta(days=day.weekday())
    sent = and_(OCCURRENCES.c.reminder == reminder, OCCURRENCES.c.state.in_(WENT))
    this = and_(OCCURRENCES.c.day >= begins, OCCURRENCES.c.day < day)
    if connection.execute(select(OCCURRENCES.c.id).where(sent, this).limit(1)).first():
        return None
    counted = (
        select(
            func.count(),
            func.count(func.distinct(TAPS.c.person)),
            func.count(func.distinct(OCCURRENCES.c.day)),
        )
        .select_from(TAPS)
        .join(OCCURRENCES, OCCURRENCES.c.id == TAPS.c.occurrence)
        .where(
            OCCURRENCES.c.reminder == reminder,
            OCCURRENCES.c.day >= begins - WEEK,
            OCCURRENCES.c.day < begins,
        )
    )
    done, people, days = connection.execute(counted).one()
    return Week(done, people, days) if done else None
