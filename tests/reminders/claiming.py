"""Reminders that are made and claimed, for the tests of the queue."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert

from bot.reminders.database import Database
from bot.reminders.days import WEEK, Days
from bot.reminders.due import Due, Sent
from bot.reminders.queue import Queue
from bot.reminders.reminder import VARIED, Occurrence, Reminder, Schedule, State
from bot.reminders.schedule import data_version
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import CHATS, REMINDERS

CHAT, OTHER = 42, -1001234567890  # a group's id needs 64 bits
MINUTE, SECOND, DAY = timedelta(minutes=1), timedelta(seconds=1), timedelta(days=1)
MONDAY = date(2026, 3, 2)
EVENING = datetime(2026, 3, 1, 20, tzinfo=UTC)  # when the reminders are made
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)  # when they ring for the first time
SENT = Sent(message=7, showed="couch-stretch")


def wish(at: str = "09:00", days: Days = WEEK, zone: str = "UTC") -> Schedule:
    return Schedule(time.fromisoformat(at), days, zone)


def add(subscriptions: Subscriptions, at: str = "09:00", chat: int = CHAT) -> Reminder:
    made = subscriptions.add(chat, wish(at), VARIED, EVENING)
    assert isinstance(made, Reminder)
    return made


def claim_one(queue: Queue, now: datetime = NINE) -> Due:
    (due,) = queue.claim(now, 10)
    return due


def occurred(subscriptions: Subscriptions, chat: int = CHAT) -> tuple[Occurrence, ...]:
    """All occurrences of the chat, the oldest first."""
    return subscriptions.occurrences(chat, EVENING - 365 * DAY)[::-1]


def states(subscriptions: Subscriptions, chat: int = CHAT) -> list[tuple[date, State, str | None]]:
    return [(o.day, o.state, o.reason) for o in occurred(subscriptions, chat)]


def fill(database: Database, count: int) -> None:
    """Reminders at nine, each of a chat of its own."""
    schedule = {"at": "09:00", "days": ",".join(WEEK), "zone": "UTC", "plan": VARIED}
    derived = {"next_due_at": NINE, "next_day": MONDAY, "zone_data": data_version()}
    with database.writing() as connection:
        chats = [{"id": id, "conditions": ""} for id in range(count)]
        connection.execute(insert(CHATS), chats)
        rows = [{"chat": id} | schedule | derived for id in range(count)]
        connection.execute(insert(REMINDERS), rows)
