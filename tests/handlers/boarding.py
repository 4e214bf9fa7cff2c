"""A group's stretch of the day that has gone out, over a database that may be away."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.reminders.boards import Boards
from bot.reminders.days import WEEK
from bot.reminders.due import Due, Sent
from bot.reminders.queue import Queue
from bot.reminders.reminder import Reminder, Schedule
from bot.reminders.subscriptions import Subscriptions
from tests.handlers.talking import Ailing

GROUP, SUPERGROUP = -4_000_001, -1_002_000_000_001
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PLAN = "pelvic-tilt"


class Gym:
    """A group with one stretch of the day, on SQLite."""

    def __init__(self, database: Ailing, group: int = GROUP, topic: int | None = None) -> None:
        self.database = database
        self.boards = Boards(database)
        self.subscriptions = Subscriptions(database)
        self.queue = Queue(database)
        schedule = Schedule(time(9), WEEK, "UTC")
        made = self.subscriptions.add(group, schedule, PLAN, NINE - MINUTE, topic)
        assert isinstance(made, Reminder)
        self.group = group

    def claim(self, now: datetime = NINE) -> Due:
        (due,) = self.queue.claim(now, 10)
        return due

    def rings(self, now: datetime = NINE, message: int = 7) -> int:
        """The occurrence that comes now, as `message`."""
        due = self.claim(now)
        assert self.queue.record(due, Sent(message, PLAN), now)
        return due.id

    def tap(self, occurrence: int, *people: int, group: int | None = None) -> None:
        for person in people:
            self.boards.tap(group or self.group, occurrence, person, NINE)

    def is_stale(self, occurrence: int) -> bool:
        return occurrence in self.boards.stale(NINE)

    def message(self, occurrence: int) -> int | None:
        found = self.boards.board(occurrence)
        return found.occurrence.message if found else None
