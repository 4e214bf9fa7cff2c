"""Days, times and waits in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.knowledge.knowledge import Knowledge
from bot.reminders import days as named
from bot.reminders.days import WEEK, Days
from bot.reminders.schedule import zone
from bot.replies.sentences import listed

FEW = 2  # days that are named as left out
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def days(knowledge: Knowledge, chosen: Days) -> str:
    """ "on weekdays", "Monday, Friday", "every day but Sunday"."""
    texts = knowledge.messages.reminder.calendar
    left_out = [day for day in WEEK if day not in chosen]
    if named.name(chosen) in texts.days:
        return texts.days[named.name(chosen)]
    if len(left_out) <= FEW:
        return texts.but.format(days=listed(texts.days[day] for day in left_out))
    return listed(texts.days[day] for day in chosen)


def moment(knowledge: Knowledge, at: datetime, zone_name: str) -> str:
    """ "Monday 23 November at 07:30", on the clock of the zone."""
    here = at.astimezone(zone(zone_name))
    text = knowledge.messages.reminder.calendar.moment
    return text.format(**_names(knowledge, here.date()), time=clock(here))


def day(knowledge: Knowledge, on: date) -> str:
    """ "Monday 23 November"."""
    return knowledge.messages.reminder.calendar.date.format(**_names(knowledge, on))


def clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def wait(knowledge: Knowledge, at: datetime, now: datetime) -> str:
    """ "in 7 h 12 min"."""
    texts, left = knowledge.messages.reminder.calendar, at - now
    minutes = left // timedelta(minutes=1)
    if left >= DAY:
        return texts.days_hours.format(days=left // DAY, hours=left % DAY // HOUR)
    if left >= HOUR:
        return texts.hours_minutes.format(hours=minutes // 60, minutes=minutes % 60)
    return texts.minutes.format(minutes=minutes) if minutes > 0 else texts.now


def _names(knowledge: Knowledge, on: date) -> dict[str, object]:
    texts = knowledge.messages.reminder.calendar
    return {
        "weekday": texts.weekdays[on.weekday()],
        "day": on.day,
        "month": texts.months[on.month - 1],
    }
