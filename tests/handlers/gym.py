"""A gym's group for tests: who is in it, its stretch of the day, and what is tapped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot.reminders.database import Database
from bot.reminders.days import WEEK
from bot.reminders.reminder import Reminder, Schedule
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import REMINDERS
from tests.telegram import Group, Person, SentMessage

SOON = 10.0  # seconds within which what is due comes


async def opened(group: Group, boss: Person, members: Sequence[Person] = ()) -> Group:
    """The group with its creator, members and the bot, whose introduction has been read."""
    await group.add(boss, "creator")
    for member in members:
        await group.add(member)
    await group.add_bot()
    await group.reads()
    return group


async def ask(person: Person, group: Group, text: str, **how: object) -> SentMessage:
    await person.says_in(group, text, **how)  # type: ignore[arg-type]
    return await group.reads()


async def press(person: Person, group: Group, message: SentMessage, button: str) -> SentMessage:
    """The message that a press has changed, or brought."""
    await person.answer_to(await person.presses(message, button))
    return await group.reads()


async def toast(person: Person, message: SentMessage, button: str) -> str:
    return await person.answer_to(await person.presses(message, button))


def stretch(
    group: Group, database: Database, plan: str = "pelvic-tilt", topic: int | None = None
) -> Reminder:
    """A stretch of the day that the group has, due in some hours."""
    now = datetime.now(UTC)
    at = (now + timedelta(hours=6)).time().replace(second=0, microsecond=0, tzinfo=None)
    made = Subscriptions(database).add(group.id, Schedule(at, WEEK, "UTC"), plan, now, topic)
    assert isinstance(made, Reminder)
    return made


def due_now(database: Database, reminder: Reminder, at: datetime | None = None) -> None:
    """Lets it ring at once, for the date of `at`."""
    now = datetime.now(UTC)
    values = {"next_due_at": now, "next_day": (at or now).date()}
    with database.writing() as connection:
        connection.execute(update(REMINDERS).where(REMINDERS.c.id == reminder.id).values(values))


async def rings(group: Group, database: Database, plan: str = "pelvic-tilt") -> SentMessage:
    """The group's stretch of the day, which comes now."""
    due_now(database, stretch(group, database, plan))
    return await group.reads(SOON)


async def until(holds: Callable[[], bool]) -> None:
    """Returns once it holds: what the bot does after its message has come. AssertionError."""
    for _ in range(100):
        if holds():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not come to hold in 10 s")
