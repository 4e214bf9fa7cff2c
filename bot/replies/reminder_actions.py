"""What the buttons of reminders do: each action as callback data and back, at most 64 bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.reminders.days import WEEK, Days
from bot.reminders.outcomes import Draft
from bot.reminders.reminder import Reaction
from bot.reminders.schedule import is_zone
from bot.replies.digits import ID, read_number


@dataclass(frozen=True, slots=True)
class GoOn:
    """Go on with the reminder in the making: ask what it lacks, or set it."""

    draft: Draft


class Asks(StrEnum):
    """What of a reminder is to be chosen anew."""

    TIME = "time"
    DAYS = "days"
    PLAN = "plan"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class OpenReminder:
    """Show one reminder, and what can be done to it: in place, or `anew` as a new message."""

    id: int
    asks: Asks | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class ChangeReminder:
    id: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class PauseReminder:
    """Pause one reminder, or all where there is no id, perhaps until a day."""

    id: int | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PauseFor:
    """Pause one reminder for so many days."""

    id: int
    days: int


@dataclass(frozen=True, slots=True)
class ResumeReminder:
    id: int | None


@dataclass(frozen=True, slots=True)
class StopReminder:
    id: int | None


@dataclass(frozen=True, slots=True)
class OpenReminders:
    """Show all reminders, in place."""


@dataclass(frozen=True, slots=True)
class ChooseZone:
    """The person is in this zone."""

    zone: str


@dataclass(frozen=True, slots=True)
class React:
    """What the person did with what was sent; None takes it back."""

    occurrence: int
    reaction: Reaction | None


@dataclass(frozen=True, slots=True)
class Snooze:
    """Send it once more in so many minutes; None: this evening."""

    occurrence: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ShowSteps:
    """Answer with all the steps of what was sent."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class SetSilent:
    """Whether reminders come without a sound."""

    silent: bool


ReminderAction = (
    GoOn
    | OpenReminder
    | ChangeReminder
    | PauseReminder
    | PauseFor
    | ResumeReminder
    | StopReminder
    | OpenReminders
    | ChooseZone
    | React
    | Snooze
    | ShowSteps
    | SetSilent
)

_NONE = "-"
_DRAFT = re.compile(r"(-|\d{4}):(-|[0-9a-f]{1,2}):(-|[a-z0-9-]{1,40})(?::(.+))?")
_MINUTES, _DAYS = 4, 3  # digits: nobody else's data may ask for a day out of all bounds
_YEARS = range(2000, 3000)


def encode(action: ReminderAction) -> str:  # noqa: C901, PLR0912 - one line for each kind
    """The callback data of `action`."""
    match action:
        case GoOn(draft):
            return f"set:{_draft(draft)}"
        case OpenReminder(id, Asks() as asks):
            return f"r-ask:{id}:{asks}"
        case OpenReminder(id, _, anew):
            return f"r-new:{id}" if anew else f"r:{id}"
        case ChangeReminder(id, draft):
            return f"r-to:{id}:{_draft(draft)}"
        case PauseReminder(id, until):
            return f"r-pause:{_number(id)}:{until or _NONE}"
        case PauseFor(id, days):
            return f"r-for:{id}:{days}"
        case ResumeReminder(id):
            return f"r-resume:{_number(id)}"
        case StopReminder(id):
            return f"r-stop:{_number(id)}"
        case OpenReminders():
            return "reminders"
        case ChooseZone(name):
            return f"zone:{name}"
        case React(id, reaction):
            return f"o:{id}:{reaction or _NONE}"
        case Snooze(id, minutes):
            return f"o-later:{id}:{_number(minutes)}"
        case ShowSteps(id):
            return f"o-steps:{id}"
        case SetSilent(silent):
            return f"silent:{int(silent)}"


def decode(data: str) -> ReminderAction | None:
    """The action of callback data, or None where it is of no kind known here."""
    name, _, rest = data.partition(":")
    try:
        return _decoded(name, rest)
    except (ValueError, OSError):  # "Europe" is a folder of the zone database
        return None


def _decoded(name: str, rest: str) -> ReminderAction | None:  # noqa: C901, PLR0912
    """ValueError for data that is not ours."""
    first, _, second = rest.partition(":")
    match name:
        case "set":
            return GoOn(_read(rest))
        case "r":
            return OpenReminder(read_number(rest))
        case "r-new":
            return OpenReminder(read_number(rest), anew=True)
        case "r-ask":
            return OpenReminder(read_number(first), Asks(second))
        case "r-to":
            return ChangeReminder(read_number(first), _read(second))
        case "r-pause":
            return PauseReminder(_read_or_none(first), _read_day(second))
        case "r-for":
            return PauseFor(read_number(first), read_number(second, _DAYS))
        case "r-resume":
            return ResumeReminder(_read_or_none(rest))
        case "r-stop":
            return StopReminder(_read_or_none(rest))
        case "reminders":
            return OpenReminders()
        case "zone" if rest:
            return ChooseZone(_read_zone(rest))
        case "o":
            return React(read_number(first), None if second == _NONE else Reaction(second))
        case "o-later":
            return Snooze(read_number(first), _read_or_none(second, _MINUTES))
        case "o-steps":
            return ShowSteps(read_number(rest))
        case "silent":
            return SetSilent(bool(read_number(rest, 1)))
    return None


def _draft(draft: Draft) -> str:
    """A zone is left out beside a plan: both would not always fit."""
    at = f"{draft.at:%H%M}" if draft.at else _NONE
    there = f":{draft.zone}" if draft.zone and not draft.plan else ""
    return f"{at}:{_mask(draft.days)}:{draft.plan or _NONE}{there}"


def _read(text: str) -> Draft:
    match = _DRAFT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    at, days, plan, name = (None if part == _NONE else part for part in match.groups())
    clock = time(int(at[:2]), int(at[2:])) if at else None
    return Draft(clock, _days(days), plan, _read_zone(name) if name else None)


def _mask(days: Days | None) -> str:
    """The days as a bit each, in hexadecimal: seven names would not fit."""
    return f"{sum(1 << WEEK.index(day) for day in days):x}" if days else _NONE


def _days(mask: str | None) -> Days | None:
    chosen = int(mask, 16) if mask else 0
    return tuple(day for n, day in enumerate(WEEK) if chosen >> n & 1) or None


def _number(value: int | None) -> str:
    return _NONE if value is None else str(value)


def _read_or_none(text: str, most: int = ID) -> int | None:
    return None if text == _NONE else read_number(text, most)


def _read_day(text: str) -> date | None:
    day = None if text == _NONE else date.fromisoformat(text)
    if day is not None and day.year not in _YEARS:
        raise ValueError(text)
    return day


def _read_zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError(name)
    return name
