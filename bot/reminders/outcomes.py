"""What comes of a wish about reminders: one small type for each kind of outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.reminders.dates import DateFault
from bot.reminders.days import Days
from bot.reminders.reminder import Occurrence, Reaction, Reminder
from bot.reminders.schedule import Ringing
from bot.reminders.streaks import Streak
from bot.reminders.whereabouts import PlaceFault
from bot.reminders.wording import Action


@dataclass(frozen=True, slots=True)
class Draft:
    """A reminder in the making, as far as it is known."""

    at: time | None = None
    days: Days | None = None
    plan: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The draft lacks something; what is asked for is the first that it lacks."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AskedZone:
    """All is known but the zone. `like` are zones to choose from.

    `fault`: what is wrong with the place that was told.
    """

    draft: Draft
    like: tuple[str, ...] = ()
    fault: PlaceFault | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The reminder as it is now; `new` or changed. `conditions` are minded in what is sent."""

    reminder: Reminder
    new: bool
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """There are as many as there may be, or one rings within some minutes of it."""

    close: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Which:
    """The chat has several: which one is meant?"""

    action: Action
    reminders: tuple[Reminder, ...]
    draft: Draft = Draft()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    reminders: tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class PauseRefused:
    """The date of the pause makes no sense."""

    fault: DateFault


@dataclass(frozen=True, slots=True)
class Resumed:
    reminders: tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """These are deleted; `left` are still there."""

    reminders: tuple[Reminder, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The chat's reminders; `flag` is the red flag that holds them back."""

    reminders: tuple[Reminder, ...]
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One reminder, with what can be done to it; `asks`: which change is being chosen."""

    reminder: Reminder
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """The coming week, the earliest first: a reminder, its moment, how many it has sent by then."""

    ringings: tuple[tuple[Reminder, Ringing, int], ...]
    conditions: tuple[str, ...]
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """What became of the last days' occurrences, the newest first, with the zone of each."""

    occurrences: tuple[tuple[Occurrence, str], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The chat's streak and the days of this month, by its own local date."""

    streak: Streak
    done: frozenset[date]
    sent: frozenset[date]
    today: date


@dataclass(frozen=True, slots=True)
class Reacted:
    """An occurrence was done, skipped, or neither after all."""

    occurrence: Occurrence
    reaction: Reaction | None
    streak: Streak


@dataclass(frozen=True, slots=True)
class Snoozed:
    """It comes once more then; None: it was put off often enough today."""

    at: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The reminder or occurrence is not there any more; `left` reminders still are."""

    left: int = 0


Outcome = (
    Asked
    | AskedZone
    | Confirmed
    | Refused
    | Which
    | Paused
    | PauseRefused
    | Resumed
    | Stopped
    | Listed
    | Opened
    | Coming
    | Log
    | Month
    | Reacted
    | Snoozed
    | Gone
)
