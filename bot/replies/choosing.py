"""What is asked while a reminder is set or changed, and the buttons to choose from."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.knowledge.knowledge import Knowledge
from bot.reminders.days import WEEK, Days
from bot.reminders.outcomes import AskedZone, Draft
from bot.reminders.reminder import QUIZ, VARIED, Reminder
from bot.reminders.whereabouts import PlaceFault
from bot.replies import actions, moments
from bot.replies.entries import closing
from bot.replies.reminder_actions import (
    Asks,
    ChangeReminder,
    ChooseZone,
    GoOn,
    OpenReminder,
    OpenReminders,
    PauseFor,
    PauseReminder,
    ReminderAction,
    ResumeReminder,
    StopReminder,
)
from bot.replies.reply import Button, Items, Paragraph, Reply, Rows

DAY_CHOICES: tuple[Days, ...] = (
    WEEK,
    WEEK[:5],
    WEEK[5:],
    ("mon", "wed", "fri"),
    ("tue", "thu"),
)
PAUSES = (3, 7, 14)  # days
IN_A_ROW = 3  # buttons with a time


def asked_reply(knowledge: Knowledge, draft: Draft) -> Reply:
    """Asks for the first thing that a new reminder lacks."""
    texts = knowledge.messages.reminder.ask
    if draft.at is None:
        rows = _in_rows([_button(t, GoOn(replace(draft, at=_time(t)))) for t in texts.time_buttons])
        return _asked(knowledge, texts.time, rows)
    if draft.days is None:
        choices = [
            (_button(_capital(moments.days(knowledge, d)), GoOn(replace(draft, days=d))),)
            for d in DAY_CHOICES
        ]
        return _asked(knowledge, texts.days, tuple(choices))
    plans = tuple(
        (_button(title, GoOn(replace(draft, plan=id))),) for id, title in _plans(knowledge)
    )
    reply = _asked(knowledge, texts.plan, plans)
    told = tuple(f"{plan.title}: {plan.summary}" for plan in knowledge.plans.starters.values())
    question, end = reply.blocks
    return Reply((question, Items(told), end), plans)


def asked_zone_reply(knowledge: Knowledge, asked: AskedZone) -> Reply:
    texts = knowledge.messages.reminder.ask
    rows = _in_rows([_button(place_name(knowledge, name), ChooseZone(name)) for name in asked.like])
    if asked.like:
        text = texts.zone_offset if asked.fault is PlaceFault.OFFSET else texts.zone_like
    else:
        text = texts.zone_unknown if asked.fault else texts.zone
    return _asked(knowledge, text, rows)


def opened_buttons(knowledge: Knowledge, reminder: Reminder, *, back: bool = True) -> Rows:
    """What can be done to a reminder."""
    texts, id = knowledge.messages.reminder, reminder.id
    again = (
        _button(texts.resume, ResumeReminder(id))
        if reminder.paused
        else _button(texts.pause, OpenReminder(id, Asks.PAUSE))
    )
    rows: Rows = (
        (
            _button(texts.change_time, OpenReminder(id, Asks.TIME)),
            _button(texts.change_days, OpenReminder(id, Asks.DAYS)),
        ),
        (_button(texts.change_plan, OpenReminder(id, Asks.PLAN)),),
        (again, _button(texts.delete, StopReminder(id))),
    )
    return (*rows, (_button(texts.back, OpenReminders()),)) if back else rows


def change_buttons(knowledge: Knowledge, reminder: Reminder, asks: str | None) -> Rows:
    """The choices for one part of a reminder, and the way back; nothing where none is asked."""
    texts, id = knowledge.messages.reminder, reminder.id
    back = (_button(texts.back, OpenReminder(id)),)
    match asks:
        case Asks.TIME:
            times = texts.ask.time_buttons
            row = [_button(t, ChangeReminder(id, Draft(at=_time(t)))) for t in times]
            return (*_in_rows(row), back)
        case Asks.DAYS:
            return (
                *(
                    (
                        _button(
                            _capital(moments.days(knowledge, d)), ChangeReminder(id, Draft(days=d))
                        ),
                    )
                    for d in DAY_CHOICES
                ),
                back,
            )
        case Asks.PLAN:
            plans = _plans(knowledge)
            rows = ((_button(title, ChangeReminder(id, Draft(plan=p))),) for p, title in plans)
            return (*rows, back)
        case Asks.PAUSE:
            days = [_button(texts.pause_days.format(n=n), PauseFor(id, n)) for n in PAUSES]
            return (tuple(days), (_button(texts.pause_open, PauseReminder(id)),), back)
    return ()


def plan_name(knowledge: Knowledge, plan: str) -> str:
    """What a plan, or the technique that is sent each time, is called in a sentence."""
    texts = knowledge.messages.reminder.plan
    if plan in knowledge.plans.starters:
        return knowledge.plans.starters[plan].title
    if plan in knowledge.techniques:
        return texts.one.format(title=knowledge.techniques[plan].title)
    if plan == QUIZ:
        return texts.quiz
    return texts.varied_text


def place_name(knowledge: Knowledge, zone: str) -> str:
    """The city that a zone is shown as."""
    known = knowledge.reminder_words.well_known
    return known.get(zone) or zone.rpartition("/")[2].replace("_", " ")


def _plans(knowledge: Knowledge) -> list[tuple[str, str]]:
    varied = (VARIED, knowledge.messages.reminder.plan.varied)
    return [varied, *((plan.id, plan.title) for plan in knowledge.plans.starters.values())]


def _asked(knowledge: Knowledge, question: str, rows: Rows) -> Reply:
    return Reply((Paragraph(question), closing(knowledge, full=False)), rows)


def _button(text: str, action: ReminderAction) -> Button:
    return Button(text, actions.encode(action))


def _in_rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
