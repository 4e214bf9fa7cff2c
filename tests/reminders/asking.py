"""A desk over a real database and what is asked of it, for the tests of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.reminders.database import Database, open_database
from bot.reminders.dates import Until
from bot.reminders.days import WEEK, Days
from bot.reminders.desk import Desk
from bot.reminders.due import Sent
from bot.reminders.outcomes import Confirmed, Outcome
from bot.reminders.queue import Queue
from bot.reminders.reminder import VARIED, Occurrence, Schedule
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.wording import Action, ReminderWish

CHAT, OTHER = 42, 43
BERLIN, LONDON, TOKYO = "Europe/Berlin", "Europe/London", "Asia/Tokyo"
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)  # a Monday; 9 in Berlin
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_DATE = Until(None, None)
NINE, TEN, EIGHT, NOON = time(9), time(10), time(8), time(12)
WORKDAYS: Days = WEEK[:5]
Kind = TypeVar("Kind")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Alone on SQLite: what differs between the databases is below the desk."""
    opened = open_database(f"sqlite:///{tmp_path}/desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def desk(subscriptions: Subscriptions) -> Desk:
    return Desk(subscriptions)


def wish(
    desk: Desk,
    action: Action = Action.SET,
    at: time | None = None,
    days: Days | None = None,
    zone: str | None = None,
    *,
    plan: str | None = None,
    until: Until = NO_DATE,
    now: datetime = NOW,
) -> Outcome:
    return desk.wish(CHAT, ReminderWish(action, at, days, zone), plan, until, now)


def a(kind: type[Kind], outcome: Any) -> Kind:
    assert isinstance(outcome, kind), outcome
    return outcome


def schedules(subscriptions: Subscriptions) -> list[Schedule]:
    return [reminder.schedule for reminder in subscriptions.of(CHAT)]


def have(desk: Desk, *times: time, days: Days = WEEK, zone: str = BERLIN) -> None:
    """Reminders at these times, numbered from 1."""
    for at in times:
        a(Confirmed, wish(desk, at=at, days=days, zone=zone))


def ring(subscriptions: Subscriptions, queue: Queue, now: datetime, message: int = 7) -> Occurrence:
    """Sends the one reminder that is due."""
    (due,) = queue.claim(now, 10)
    assert queue.record(due, Sent(message, VARIED), now)
    found = subscriptions.occurrence(CHAT, due.id)
    assert found is not None
    return found
