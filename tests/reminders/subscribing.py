"""Reminders that are made and that ring, for the tests of subscriptions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.reminders.days import WEEK, Days
from bot.reminders.due import Due, Sent
from bot.reminders.queue import Queue
from bot.reminders.reminder import VARIED, Occurrence, Reminder, Schedule
from bot.reminders.subscriptions import Subscriptions

CHAT, OTHER = 42, -1001234567890  # a group's id needs 64 bits
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN, AUCKLAND, HONOLULU = "Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu"
MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
NINE = NOW + HOUR


def wish(at: str = "09:00", zone: str = "UTC", days: Days = WEEK) -> Schedule:
    return Schedule(time.fromisoformat(at), days, zone)


def add(
    subscriptions: Subscriptions, schedule: Schedule | None = None, chat: int = CHAT
) -> Reminder:
    made = subscriptions.add(chat, schedule or wish(), VARIED, NOW)
    assert isinstance(made, Reminder)
    return made


def ring(queue: Queue, now: datetime = NINE) -> Due:
    """Sends the one reminder that is due."""
    (due,) = queue.claim(now, 10)
    assert queue.record(due, Sent(7, "couch-stretch"), now)
    return due


def rung(subscriptions: Subscriptions, queue: Queue) -> Occurrence:
    """What became of a reminder at nine on Monday."""
    add(subscriptions)
    found = subscriptions.occurrence(CHAT, ring(queue).id)
    assert found is not None
    return found


def due(subscriptions: Subscriptions, chat: int = CHAT) -> list[datetime | None]:
    return [reminder.next_due_at for reminder in subscriptions.of(chat)]
