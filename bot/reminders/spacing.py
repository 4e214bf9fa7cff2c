"""How far apart the reminders of one chat must be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.reminders.reminder import Reminder, Schedule
from bot.reminders.schedule import upcoming

APART = timedelta(minutes=10)
WEEK_AHEAD = 8  # days that are looked at


def too_close(schedule: Schedule, others: Iterable[Reminder], now: datetime) -> Reminder | None:
    """One of `others` that rings within some minutes of `schedule` in the coming week."""
    own = [ringing.at for ringing in upcoming(schedule, now, WEEK_AHEAD)]
    for other in others:
        theirs = [ringing.at for ringing in upcoming(other.schedule, now, WEEK_AHEAD)]
        if any(abs(one - two) < APART for one in own for two in theirs):
            return other
    return None
