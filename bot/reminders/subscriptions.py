"""The reminders of a chat, as the people in it see and change them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from bot.reminders.chats import come_back, leave, move
from bot.reminders.database import Database, insert_if_new
from bot.reminders.reminder import (
    WENT,
    Occurrence,
    Pause,
    Reaction,
    Reason,
    Reminder,
    Schedule,
    State,
)
from bot.reminders.rows import (
    Values,
    conditions_of,
    due_values,
    occurrence_of,
    reminder_of,
    schedule_values,
)
from bot.reminders.schedule import day_of, next_due, zone
from bot.reminders.spacing import too_close
from bot.reminders.tables import CHATS, DONE_DAYS, OCCURRENCES, REMINDERS

MOST = 5  # reminders of one chat
SNOOZES = 3  # a day
CROWD, SPREAD = 1_200, 10  # reminders in one minute that fill it, minutes to spread them over


@dataclass(frozen=True, slots=True)
class Chat:
    """What is kept about a chat; `flag` is the red flag that holds its reminders back."""

    id: int
    zone: str | None = None
    conditions: tuple[str, ...] = ()
    flag: str | None = None
    silent: bool = False
    pending: dict[str, Any] | None = None  # a wish that lacks something ...
    pending_at: datetime | None = None  # ... and when it was wished


@dataclass(frozen=True, slots=True)
class TooMany:
    """The chat has as many as it may have."""


@dataclass(frozen=True, slots=True)
class TooClose:
    """Another reminder of the chat rings within some minutes of this one."""

    other: Reminder


class Subscriptions:
    """Reads and changes reminders; every call is one transaction and may raise StoreError.

    Who may change what is checked by naming the chat: an id of another chat's is not found.
    """

    def __init__(self, database: Database, *, crowd: int = CROWD) -> None:
        self._database = database
        self._crowd = crowd

    def chat(self, id: int) -> Chat:
        """What is kept about the chat; a chat that nothing is kept about is an empty one."""
        with self._database.reading() as connection:
            row = connection.execute(select(CHATS).where(CHATS.c.id == id)).first()
        return _chat(row) if row else Chat(id)

    def of(self, chat: int) -> tuple[Reminder, ...]:
        """The chat's reminders, the oldest first."""
        with self._database.reading() as connection:
            return _reminders(connection, chat)

    def add(
        self, chat: int, schedule: Schedule, plan: str, now: datetime, topic: int | None = None
    ) -> Reminder | TooMany | TooClose:
        """A new reminder; it rings for the first time after `now`, today if that is ahead.

        Where its minute is crowded it gets a spread.
        """
        with self._database.writing() as connection:
            _keep(connection, chat, zone=schedule.zone, pending=None, pending_at=None)
            come_back(connection, chat)
            others = _reminders(connection, chat)
            if len(others) >= MOST:
                return TooMany()
            close = too_close(schedule, others, now)
            if close:
                return TooClose(close)
            spread = self._spread(connection, schedule, others, now)
            due = next_due(spread, now)
            values = schedule_values(spread) | due_values(spread, due)
            made = insert(REMINDERS).values(chat=chat, topic=topic, plan=plan, **values)
            id = connection.execute(made.returning(REMINDERS.c.id)).scalar_one()
            return _reminder(connection, chat, id)  # type: ignore[return-value]

    def change(
        self,
        chat: int,
        id: int,
        now: datetime,
        *,
        schedule: Schedule | None = None,
        plan: str | None = None,
    ) -> Reminder | TooClose | None:
        """The reminder with another schedule or plan; None where it is gone.

        It is no longer paused, unless only its zone is another. A date on which it has rung
        already is not rung again.
        """
        with self._database.writing() as connection:
            known = _reminder(connection, chat, id)
            if known is None:
                return None
            come_back(connection, chat)
            values: Values = {"plan": plan or known.plan}
            if schedule is not None:
                others = [other for other in _reminders(connection, chat) if other.id != id]
                close = too_close(schedule, others, now)
                if close:
                    return TooClose(close)
                spread = self._spread(connection, replace(schedule, spread=0), others, now)
                _keep(connection, chat, zone=schedule.zone)
                values |= schedule_values(spread) | _resumed(connection, id, spread, now)
                if known.paused is Pause.WISHED and _is_moved(known.schedule, schedule):
                    values |= _paused(spread, known.paused_until, now)
            _set(connection, id, values)
            return _reminder(connection, chat, id)

    def pause(
        self, chat: int, now: datetime, *, id: int | None = None, until: date | None = None
    ) -> tuple[Reminder, ...]:
        """Pauses one reminder of the chat, or all; with `until` it rings again from that day on.

        Those that were paused now. What was put off by a snooze is not sent either.
        """
        with self._database.writing() as connection:
            chosen = [r for r in _reminders(connection, chat) if id in (None, r.id)]
            come_back(connection, chat)
            for reminder in chosen:
                _set(connection, reminder.id, _paused(reminder.schedule, until, now))
                _drop_waiting(connection, reminder.id)
            ids = {reminder.id for reminder in chosen}
            return tuple(r for r in _reminders(connection, chat) if r.id in ids)

    def resume(self, chat: int, now: datetime, id: int | None = None) -> tuple[Reminder, ...]:
        """Lets one paused reminder of the chat ring again, or all; those that do so now."""
        with self._database.writing() as connection:
            paused = [r for r in _reminders(connection, chat) if r.paused and id in (None, r.id)]
            come_back(connection, chat)
            for reminder in paused:
                due = _resumed(connection, reminder.id, reminder.schedule, now)
                _set(connection, reminder.id, due)
            ids = {reminder.id for reminder in paused}
            return tuple(r for r in _reminders(connection, chat) if r.id in ids)

    def delete(self, chat: int, id: int | None = None) -> tuple[Reminder, ...]:
        """Deletes one reminder of the chat, or all; with the last one all that is kept about it.

        Those that are gone now.
        """
        with self._database.writing() as connection:
            before = _reminders(connection, chat)
            gone = tuple(r for r in before if id in (None, r.id))
            ids = [reminder.id for reminder in gone]
            connection.execute(delete(REMINDERS).where(REMINDERS.c.id.in_(ids)))
            if len(gone) == len(before):
                connection.execute(delete(CHATS).where(CHATS.c.id == chat))
            return gone

    def place(self, chat: int, zone: str) -> None:
        """Keeps the zone that the chat is in, for its next reminder."""
        with self._database.writing() as connection:
            _keep(connection, chat, zone=zone)

    def remember(self, chat: int, conditions: Iterable[str]) -> None:
        """Keeps these conditions for a chat that has reminders; for others nothing is kept."""
        self._update_chat(chat, conditions=",".join(conditions))

    def hold(self, chat: int, flag: str | None) -> bool:
        """Holds the chat's reminders back for a red flag, or lets them go; whether it has any."""
        return self._update_chat(chat, flag=flag)

    def silence(self, chat: int, silent: bool) -> bool:
        """Whether reminders come without a sound; whether the chat has any."""
        return self._update_chat(chat, silent=silent)

    def wait_for(self, chat: int, pending: dict[str, Any] | None, now: datetime) -> None:
        """Keeps a wish that lacks something; None forgets it."""
        text = None if pending is None else json.dumps(pending)
        with self._database.writing() as connection:
            _keep(connection, chat, pending=text, pending_at=pending and now)

    def occurrences(self, chat: int, since: datetime) -> tuple[Occurrence, ...]:
        """What became of the chat's reminders since then, the newest first."""
        return self._occurrences(and_(REMINDERS.c.chat == chat, OCCURRENCES.c.due_at >= since))

    def occurrence(self, chat: int, id: int) -> Occurrence | None:
        one = and_(REMINDERS.c.chat == chat, OCCURRENCES.c.id == id)
        return next(iter(self._occurrences(one)), None)

    def sent_as(self, chat: int, message: int) -> Occurrence | None:
        """The occurrence that was sent as `message`, an id of Telegram's."""
        sent = and_(REMINDERS.c.chat == chat, OCCURRENCES.c.message == message)
        return next(iter(self._occurrences(sent)), None)

    def react(self, occurrence: Occurrence, reaction: Reaction | None) -> None:
        """Keeps what was pressed under an occurrence; Done is kept as a done day, too.

        What was put off by a snooze is not sent any more.
        """
        with self._database.writing() as connection:
            connection.execute(
                update(OCCURRENCES)
                .where(OCCURRENCES.c.id == occurrence.id)
                .values(reaction=reaction)
            )
            put_off = and_(
                OCCURRENCES.c.reminder == occurrence.reminder,
                OCCURRENCES.c.day == occurrence.day,
                OCCURRENCES.c.state == State.WAITING,
            )
            connection.execute(delete(OCCURRENCES).where(put_off))
            day = and_(
                DONE_DAYS.c.reminder == occurrence.reminder, DONE_DAYS.c.day == occurrence.day
            )
            connection.execute(delete(DONE_DAYS).where(day))
            if reaction is Reaction.DONE:
                values = {"reminder": occurrence.reminder, "day": occurrence.day}
                connection.execute(insert(DONE_DAYS).values(values))

    def snooze(self, occurrence: Occurrence, at: datetime) -> bool:
        """Sends the occurrence once more at `at`; False where it was put off often enough."""
        one = and_(
            OCCURRENCES.c.reminder == occurrence.reminder, OCCURRENCES.c.day == occurrence.day
        )
        with self._database.writing() as connection:
            held = select(REMINDERS.c.id).where(REMINDERS.c.id == occurrence.reminder)
            connection.execute(held.with_for_update())  # one press at a time
            last = connection.execute(select(func.max(OCCURRENCES.c.snooze)).where(one)).scalar()
            if last is None or last >= SNOOZES:
                return False
            connection.execute(
                insert(OCCURRENCES).values(
                    reminder=occurrence.reminder,
                    day=occurrence.day,
                    snooze=last + 1,
                    due_at=at,
                    try_at=at,
                    state=State.WAITING,
                )
            )
            return True

    def sent(self, chat: int) -> dict[int, int]:
        """How often each of the chat's reminders has been sent, by its id."""
        found = select(REMINDERS.c.id, REMINDERS.c.sent).where(REMINDERS.c.chat == chat)
        with self._database.reading() as connection:
            return {row.id: row.sent for row in connection.execute(found)}

    def days(self, reminder: int) -> tuple[frozenset[date], frozenset[date]]:
        """The dates on which it was done, and those on which it was sent."""
        done = select(DONE_DAYS.c.day).where(DONE_DAYS.c.reminder == reminder)
        sent = select(OCCURRENCES.c.day).where(
            OCCURRENCES.c.reminder == reminder, OCCURRENCES.c.state.in_(WENT)
        )
        with self._database.reading() as connection:
            return (
                frozenset(connection.execute(done).scalars()),
                frozenset(connection.execute(sent).scalars()),
            )

    def leave(self, chat: int, now: datetime) -> None:
        """The bot was blocked or thrown out: nothing more is sent to the chat."""
        with self._database.writing() as connection:
            leave(connection, chat, now)

    def move(self, old: int, new: int) -> None:
        """The group has another id now."""
        with self._database.writing() as connection:
            move(connection, old, new)

    def _update_chat(self, chat: int, **values: Any) -> bool:
        """Changes a chat that is kept; whether there is one with reminders."""
        has = select(REMINDERS.c.id).where(REMINDERS.c.chat == chat).exists()
        changed = update(CHATS).where(CHATS.c.id == chat, has).values(values)
        with self._database.writing() as connection:
            return connection.execute(changed).rowcount > 0

    def _occurrences(self, which: Any) -> tuple[Occurrence, ...]:
        found = (
            select(OCCURRENCES, REMINDERS.c.chat)
            .join(REMINDERS, REMINDERS.c.id == OCCURRENCES.c.reminder)
            .where(which)
            .order_by(OCCURRENCES.c.due_at.desc(), OCCURRENCES.c.id.desc())
        )
        with self._database.reading() as connection:
            return tuple(occurrence_of(row) for row in connection.execute(found))

    def _spread(
        self, connection: Connection, schedule: Schedule, others: Iterable[Reminder], now: datetime
    ) -> Schedule:
        """`schedule`, some minutes later where too many wish the same minute."""
        if self._fullness(connection, next_due(schedule, now)) < self._crowd:
            return schedule
        spread = (replace(schedule, spread=minutes) for minutes in range(SPREAD + 1))
        tried = [one for one in spread if too_close(one, others, now) is None]
        full = [self._fullness(connection, next_due(one, now)) for one in tried]
        free = next((n for n, count in enumerate(full) if count < self._crowd), None)
        return tried[full.index(min(full)) if free is None else free]

    def _fullness(self, connection: Connection, due: datetime) -> int:
        """How many are due then, counted no further than needed."""
        some = select(REMINDERS.c.id).where(REMINDERS.c.next_due_at == due).limit(4 * self._crowd)
        return connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()


def _chat(row: Row[Any]) -> Chat:
    return Chat(
        id=row.id,
        zone=row.zone,
        conditions=conditions_of(row),
        flag=row.flag,
        silent=row.silent,
        pending=json.loads(row.pending) if row.pending else None,
        pending_at=row.pending_at,
    )


def _reminders(connection: Connection, chat: int) -> tuple[Reminder, ...]:
    found = select(REMINDERS).where(REMINDERS.c.chat == chat).order_by(REMINDERS.c.id)
    return tuple(reminder_of(row) for row in connection.execute(found))


def _reminder(connection: Connection, chat: int, id: int) -> Reminder | None:
    one = select(REMINDERS).where(REMINDERS.c.chat == chat, REMINDERS.c.id == id)
    row = connection.execute(one.with_for_update()).first()
    return reminder_of(row) if row else None


def _set(connection: Connection, id: int, values: Values) -> None:
    connection.execute(update(REMINDERS).where(REMINDERS.c.id == id).values(values))


def _keep(connection: Connection, chat: int, **values: Any) -> None:
    """Changes the chat's row, made where there is none, and holds it until the transaction ends."""
    connection.execute(insert_if_new(connection, CHATS).values(id=chat, conditions=""))
    connection.execute(update(CHATS).where(CHATS.c.id == chat).values({"id": chat} | values))


def _resumed(connection: Connection, id: int, schedule: Schedule, now: datetime) -> Values:
    """The next moment of a date on which it has not rung."""
    due = next_due(schedule, now)
    known = and_(OCCURRENCES.c.reminder == id, OCCURRENCES.c.day >= day_of(schedule, due))
    rung = frozenset(connection.execute(select(OCCURRENCES.c.day).where(known)).scalars())
    while day_of(schedule, due) in rung:  # two dates, if it came from a zone further east
        due = next_due(schedule, due)
    return {"paused": None, "paused_until": None, **due_values(schedule, due)}


def _paused(schedule: Schedule, until: date | None, now: datetime) -> Values:
    due = _first_from(schedule, until, now) if until else None
    return {"paused": Pause.WISHED, "paused_until": until, **due_values(schedule, due)}


def _is_moved(old: Schedule, new: Schedule) -> bool:
    """Whether nothing but the zone is another."""
    return old.zone != new.zone and (old.at, old.days) == (new.at, new.days)


def _first_from(schedule: Schedule, day: date, now: datetime) -> datetime:
    """The first moment on the local date `day` or later."""
    begins = datetime.combine(day, time.min, zone(schedule.zone)) - timedelta(minutes=1)
    return next_due(schedule, max(begins, now))


def _drop_waiting(connection: Connection, reminder: int) -> None:
    waiting = and_(OCCURRENCES.c.reminder == reminder, OCCURRENCES.c.state == State.WAITING)
    ended = {"state": State.SKIPPED, "reason": Reason.PAUSED, "try_at": None}
    connection.execute(update(OCCURRENCES).where(waiting).values(ended))
