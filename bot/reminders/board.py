"""The board under a group's stretch of the day: who has done it, and how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.reminders.reminder import Occurrence, Reminder
from bot.reminders.streaks import Streak


class Tap(Enum):
    """What a press on Done came to."""

    COUNTED = auto()
    COUNTED_BEFORE = auto()
    GONE = auto()  # nothing of the group's any more


@dataclass(frozen=True, slots=True)
class Week:
    """A group's last week: how often something was done, by how many people, on how many days."""

    done: int
    people: int
    days: int


@dataclass(frozen=True, slots=True)
class Board:
    """What stands under one occurrence; `names` of those who allowed it, the first first.

    `version` tells this state from later ones. `week` is the week before, on the first occurrence
    of a new one; `conditions` are what leaves techniques out.
    """

    occurrence: Occurrence
    reminder: Reminder
    version: int
    done: int
    names: tuple[str, ...]
    streak: Streak
    week: Week | None = None
    conditions: tuple[str, ...] = ()
