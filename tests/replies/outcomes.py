"""All kinds of outcomes, as large as they come, for the tests of what is said to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.knowledge.loader import load
from bot.reminders.dates import DateFault
from bot.reminders.days import WEEK
from bot.reminders.outcomes import (
    Asked,
    AskedZone,
    Coming,
    Confirmed,
    Draft,
    Gone,
    Listed,
    Log,
    Month,
    Opened,
    Outcome,
    Paused,
    PauseRefused,
    Reacted,
    Refused,
    Resumed,
    Snoozed,
    Stopped,
    Which,
)
from bot.reminders.reminder import (
    VARIED,
    Occurrence,
    Pause,
    Reaction,
    Reason,
    Reminder,
    Schedule,
    State,
)
from bot.reminders.schedule import Ringing, upcoming
from bot.reminders.streaks import Streak
from bot.reminders.whereabouts import PlaceFault
from bot.reminders.wording import Action
from bot.replies.actions import Action as Press
from bot.replies.actions import decode
from bot.replies.reminder_actions import Asks
from bot.replies.reply import Closing, Reply
from tests.conftest import ENGLISH
from tests.replies.button_data import LARGEST

KNOWLEDGE = load(ENGLISH, examples=False)
TEXTS = KNOWLEDGE.messages.reminder
END = Closing(KNOWLEDGE.messages.caveat.short)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DUE = datetime(2026, 3, 3, 8, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
BERLIN = "Europe/Berlin"
FLAG = next(iter(KNOWLEDGE.red_flags))
CONDITIONS = tuple(KNOWLEDGE.conditions)
LONGEST = max(KNOWLEDGE.techniques, key=lambda one: len(KNOWLEDGE.techniques[one].title))

DAILY = Reminder(1, 42, None, Schedule(time(9), WEEK, BERLIN), VARIED, DUE)
FRIDAYS = Reminder(2, 42, None, Schedule(time(18, 30), ("mon", "fri"), BERLIN), "desk-day", DUE)
SPREAD = replace(DAILY, schedule=Schedule(time(9), WEEK, BERLIN, spread=4))
WAITING = replace(DAILY, paused=Pause.WISHED, next_due_at=None)
UNTIL = replace(DAILY, paused=Pause.WISHED, paused_until=MONDAY)
BLOCKED = replace(DAILY, paused=Pause.BLOCKED, next_due_at=None)
TOPIC_GONE = replace(DAILY, topic=3, paused=Pause.TOPIC_GONE, next_due_at=None)
LONG = Reminder(
    *(LARGEST, 42, None),
    *(Schedule(time(23, 59), WEEK[:6], "America/Argentina/ComodRivadavia", 9), LONGEST, DUE),
)
FIVE = tuple(replace(LONG, id=LARGEST - n) for n in range(5))

WENT = Occurrence(7, 1, 42, MONDAY, 0, DUE, State.SENT, sent_at=DUE, message=5, showed=VARIED)
STREAK = Streak(3, 9, missed_this_week=False)


def occurrences() -> list[Occurrence]:
    """One in each state, for each reason, with each reaction."""
    ended = [replace(WENT, state=state, sent_at=None) for state in State if state is not State.LATE]
    late = [replace(WENT, state=State.LATE, snooze=n) for n in (0, 2)]
    why = [replace(WENT, state=State.SKIPPED, reason=reason, sent_at=None) for reason in Reason]
    did = [replace(WENT, reaction=reaction) for reaction in Reaction]
    return [
        *ended,
        *late,
        *why,
        *did,
        replace(WENT, state=State.UNCERTAIN, reason=Reason.NO_ANSWER),
    ]


def ringing(reminder: Reminder, shift: timedelta | None = None) -> Ringing:
    return Ringing(MONDAY, DUE, shift)


def week() -> Coming:
    """As much as can come: five reminders on seven days."""
    rings = [(r, one, 50) for r in FIVE for one in upcoming(r.schedule, NOW)]
    return Coming(tuple(rings), CONDITIONS[:1])


OUTCOMES: list[Outcome] = [
    Asked(Draft()),
    Asked(Draft(time(9))),
    Asked(Draft(time(9), WEEK)),
    Asked(Draft(None, ("tue",), LONGEST)),
    AskedZone(Draft(time(9), WEEK, VARIED)),
    AskedZone(Draft(time(9)), (BERLIN, "America/Argentina/ComodRivadavia", "Asia/Tokyo", "UTC")),
    AskedZone(Draft(time(9)), (), PlaceFault.UNKNOWN),
    AskedZone(Draft(time(9)), (BERLIN,), PlaceFault.OFFSET),
    AskedZone(Draft(time(9)), (), PlaceFault.OFFSET),
    Confirmed(DAILY, new=True),
    Confirmed(FRIDAYS, new=False, conditions=CONDITIONS[:1]),
    Confirmed(SPREAD, new=True, conditions=CONDITIONS),
    Confirmed(LONG, new=True, conditions=CONDITIONS),
    Confirmed(WAITING, new=False),
    Refused(),
    Refused(FRIDAYS),
    *(Which(action, (DAILY, FRIDAYS)) for action in (Action.CHANGE, Action.STOP)),
    *(Which(action, FIVE) for action in (Action.PAUSE, Action.RESUME)),
    Which(Action.CHANGE, FIVE, Draft(time(7, 30), WEEK[:5], LONGEST)),
    Which(Action.CHANGE, FIVE, Draft(time(7, 30), zone="Asia/Tokyo")),
    Which(Action.PAUSE, (DAILY, FRIDAYS), until=MONDAY),
    Paused((WAITING,)),
    Paused((UNTIL, FRIDAYS)),
    *(PauseRefused(fault) for fault in DateFault),
    Resumed((DAILY, FRIDAYS)),
    Stopped((DAILY,), 1),
    Stopped((DAILY, FRIDAYS), 0),
    Listed((DAILY, FRIDAYS, WAITING, UNTIL, BLOCKED)),
    Listed((TOPIC_GONE,), FLAG),
    Listed(FIVE, FLAG),
    *(Opened(one) for one in (DAILY, WAITING, UNTIL, BLOCKED, TOPIC_GONE, LONG)),
    *(Opened(LONG, asks) for asks in Asks),
    *(Opened(replace(LONG, paused=Pause.WISHED), asks) for asks in Asks),
    Coming((), ()),
    Coming(((DAILY, ringing(DAILY), 0),), (), FLAG),
    Coming(((DAILY, ringing(DAILY, timedelta(hours=1)), 0),), ()),
    Coming(((FRIDAYS, ringing(FRIDAYS, timedelta(hours=-1)), 99),), CONDITIONS),
    week(),
    Log(()),
    Log(tuple((one, BERLIN) for one in occurrences())),
    Month(STREAK, frozenset({MONDAY}), frozenset({MONDAY}), MONDAY),
    *(Month(replace(STREAK, days=n), frozenset(), frozenset(), MONDAY) for n in (0, 1, 9)),
    *(
        Reacted(WENT, reaction, replace(STREAK, days=n))
        for reaction in (*Reaction, None)
        for n in (0, 1)
    ),
    Reacted(WENT, Reaction.DONE, Streak(10_000, 10_000, missed_this_week=True)),
    Snoozed(DUE, BERLIN),
    Snoozed(None, BERLIN),
    Gone(),
    Gone(left=2),
]


def pressed(reply: Reply) -> list[Press | None]:
    return [decode(button.data) for row in reply.buttons for button in row]
