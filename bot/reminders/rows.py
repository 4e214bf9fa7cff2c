"""Rows of the tables as the reminders that the rest of the bot knows, and back."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import Row

from bot.reminders.reminder import Occurrence, Pause, Reaction, Reason, Reminder, Schedule, State
from bot.reminders.schedule import data_version, day_of

Values = dict[str, Any]


def schedule_of(row: Row[Any]) -> Schedule:
    hour, minute = row.at.split(":")
    at = time(int(hour), int(minute))
    return Schedule(at, tuple(row.days.split(",")), row.zone, row.spread)


def schedule_values(schedule: Schedule) -> Values:
    return {
        "at": f"{schedule.at:%H:%M}",
        "days": ",".join(schedule.days),
        "zone": schedule.zone,
        "spread": schedule.spread,
    }


def due_values(schedule: Schedule, due: datetime | None) -> Values:
    """The columns of the next moment, and by which zone database it was derived."""
    day = day_of(schedule, due) if due else None
    return {"next_due_at": due, "next_day": day, "zone_data": data_version()}


def conditions_of(row: Row[Any]) -> tuple[str, ...]:
    """The conditions of a chat, which stand in one column with commas."""
    return tuple(filter(None, row.conditions.split(",")))


def reminder_of(row: Row[Any]) -> Reminder:
    return Reminder(
        id=row.id,
        chat=row.chat,
        topic=row.topic,
        schedule=schedule_of(row),
        plan=row.plan,
        next_due_at=row.next_due_at,
        paused=Pause(row.paused) if row.paused else None,
        paused_until=row.paused_until,
    )


def occurrence_of(row: Row[Any]) -> Occurrence:
    """An occurrence, its row joined with the `chat` of its reminder."""
    return Occurrence(
        id=row.id,
        reminder=row.reminder,
        chat=row.chat,
        day=row.day,
        snooze=row.snooze,
        due_at=row.due_at,
        state=State(row.state),
        reason=Reason(row.reason) if row.reason else None,
        sent_at=row.sent_at,
        message=row.message,
        showed=row.showed,
        reaction=Reaction(row.reaction) if row.reaction else None,
    )
