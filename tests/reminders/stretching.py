"""A group's stretch of the day that has gone out, for the tests of boards."""

from __future__ import annotations

from datetime import datetime

from bot.reminders.boards import Boards
from bot.reminders.due import Due, Sent
from bot.reminders.queue import Queue
from bot.reminders.reminder import VARIED, Reminder
from bot.reminders.subscriptions import Subscriptions
from tests.reminders.claiming import DAY, EVENING, NINE, OTHER, wish

GROUP, SUPERGROUP = -4_000_001, OTHER
ADA, BOB, EVE = 52 * 10**14, 7, 1_000  # a person's id needs 64 bits, too


def stretch(
    subscriptions: Subscriptions, group: int = GROUP, at: str = "09:00", plan: str = VARIED
) -> Reminder:
    made = subscriptions.add(group, wish(at), plan, EVENING)
    assert isinstance(made, Reminder)
    return made


def claimed(queue: Queue, now: datetime = NINE) -> Due:
    """The one that is due; days that were missed before it are passed over one at a time."""
    while not (dues := queue.claim(now, 10)):
        pass
    (due,) = dues
    return due


def rung(queue: Queue, now: datetime = NINE, message: int = 7) -> Due:
    """The one that is due, sent."""
    due = claimed(queue, now)
    assert queue.record(due, Sent(message, "couch-stretch"), now)
    return due


def on_days(queue: Queue, *days: int) -> list[Due]:
    """Sent on these days, counted from the first Monday; nothing in between."""
    return [rung(queue, NINE + day * DAY) for day in days]


def board(boards: Boards, occurrence: int) -> tuple[int, tuple[str, ...]]:
    """How many have done it, and whose names are shown."""
    found = boards.board(occurrence)
    assert found is not None
    return found.done, found.names
