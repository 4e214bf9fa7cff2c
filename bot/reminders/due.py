"""An occurrence that is due, and the ways in which sending it may end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.reminders.reminder import Reason, Reminder, State

LATE = timedelta(minutes=2)  # from when on a reminder says that it is late


@dataclass(frozen=True, slots=True)
class Due:
    """One claimed occurrence, and what there is to know to send it.

    `attempt` counts its claims from 1; `sent` is how often this reminder has been sent before.
    """

    id: int
    attempt: int
    reminder: Reminder
    day: date
    snooze: int
    due_at: datetime
    lease_until: datetime
    conditions: tuple[str, ...] = ()
    silent: bool = False
    sent: int = 0

    def is_late(self, now: datetime) -> bool:
        return now - self.due_at > LATE


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it: the id of its message, and the plan or technique shown."""

    message: int
    showed: str
    topic_gone: bool = False  # it went to the chat's root, since its topic is no more


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nothing is sent, for good: State.SKIPPED, State.REFUSED or State.UNCERTAIN."""

    state: State
    reason: Reason


@dataclass(frozen=True, slots=True)
class Again:
    """Surely not sent; to be tried again."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup with another id; to be tried again there."""

    chat: int


Result = Sent | Dropped | Again | Moved
