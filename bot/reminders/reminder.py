"""What a reminder is: a wish in local time, its occurrences, and how each of them ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.reminders.days import Days

VARIED = "varied"  # the plan of a different technique each day
QUIZ = "quiz"  # the plan of a question to a group


def is_group(chat: int) -> bool:
    """Whether the id is that of a group: Telegram gives people positive ones."""
    return chat < 0


class Pause(StrEnum):
    """Why nothing is sent for a while."""

    WISHED = "wished"
    BLOCKED = "blocked"  # the bot was blocked, kicked, or the account is gone
    TOPIC_GONE = "topic-gone"  # a group's topic was deleted
    ZONE_GONE = "zone-gone"  # the zone database holds its zone no more


class State(StrEnum):
    """What became of an occurrence."""

    WAITING = "waiting"  # to be sent at its `try_at`
    CLAIMED = "claimed"  # being sent by one process, until its lease runs out
    SENT = "sent"
    LATE = "late"  # sent, within the grace
    SKIPPED = "skipped"
    REFUSED = "refused"  # Telegram will not take it
    UNCERTAIN = "uncertain"  # it went out and no answer came: it may have arrived


WENT = (State.SENT, State.LATE, State.UNCERTAIN)  # it has come, or may have


class Reason(StrEnum):
    """Why an occurrence was skipped, refused or tried again."""

    TOO_LATE = "too-late"  # the grace was over
    RED_FLAG = "red-flag"  # the person named one, and it has not been looked at
    PAUSED = "paused"  # the person paused it meanwhile
    NOTHING_FITS = "nothing-fits"  # no technique is allowed with the person's conditions
    BLOCKED = "blocked"
    REJECTED = "rejected"  # Telegram says that the message itself is wrong
    NO_ANSWER = "no-answer"


class Reaction(StrEnum):
    """What the person pressed under an occurrence."""

    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A wish: the time on the clock and the days, in a zone.

    `spread` are minutes that it comes later because too many wish the same minute.
    """

    at: time
    days: Days
    zone: str
    spread: int = 0


@dataclass(frozen=True, slots=True)
class Reminder:
    """A subscription of one chat, or of one topic of a group.

    `plan` is VARIED, QUIZ, the id of a plan, or the id of one technique; `next_due_at` is in UTC,
    and None while nothing is due.
    """

    id: int
    chat: int
    topic: int | None
    schedule: Schedule
    plan: str
    next_due_at: datetime | None
    paused: Pause | None = None
    paused_until: date | None = None  # the first day on which it rings again

    @property
    def is_groups(self) -> bool:
        return is_group(self.chat)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One reminder on one local date; `snooze` numbers the one-offs that came of it, from 1."""

    id: int
    reminder: int
    chat: int
    day: date
    snooze: int
    due_at: datetime
    state: State
    reason: Reason | None = None
    sent_at: datetime | None = None
    message: int | None = None
    showed: str | None = None  # the plan or technique that was sent
    reaction: Reaction | None = None
