"""What a person or a group is reminded of while the bot runs, and that it is due now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot.reminders.database import Database
from bot.reminders.days import WEEK
from bot.reminders.reminder import Reminder, Schedule
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import REMINDERS
from tests.telegram import Group, Person, SentMessage

SOON = 10.0  # seconds within which what is due comes


def stretch(
    chat: Group | Person, database: Database, plan: str = "pelvic-tilt", topic: int | None = None
) -> Reminder:
    """A stretch of the day that the chat has, due in some hours."""
    now = datetime.now(UTC)
    at = (now + timedelta(hours=6)).time().replace(second=0, microsecond=0, tzinfo=None)
    made = Subscriptions(database).add(chat.id, Schedule(at, WEEK, "UTC"), plan, now, topic)
    assert isinstance(made, Reminder)
    return made


def due_now(database: Database, reminder: Reminder, at: datetime | None = None) -> None:
    """Lets it ring at once, for the date of `at`."""
    now = datetime.now(UTC)
    values = {"next_due_at": now, "next_day": (at or now).date()}
    with database.writing() as connection:
        connection.execute(update(REMINDERS).where(REMINDERS.c.id == reminder.id).values(values))


async def rings(chat: Group | Person, database: Database, plan: str = "pelvic-tilt") -> SentMessage:
    """The chat's stretch of the day, which comes now."""
    due_now(database, stretch(chat, database, plan))
    return await chat.reads(SOON)
