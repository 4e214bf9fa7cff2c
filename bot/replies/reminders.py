"""What is said to wishes about reminders, once they were granted or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.reminder_texts import ReminderTexts
from bot.reminders import outcomes as o
from bot.reminders.dates import DateFault
from bot.reminders.reminder import QUIZ, Occurrence, Pause, Reaction, Reminder, State
from bot.reminders.schedule import Ringing, zone
from bot.reminders.sessions import session
from bot.reminders.streaks import Streak
from bot.reminders.wording import Action
from bot.replies import actions, moments
from bot.replies.calendar import month
from bot.replies.choosing import (
    asked_reply,
    asked_zone_reply,
    change_buttons,
    opened_buttons,
    plan_name,
)
from bot.replies.entries import closing
from bot.replies.reminder_actions import (
    ChangeReminder,
    OpenReminder,
    OpenReminders,
    PauseReminder,
    ResumeReminder,
    SetSilent,
    StopReminder,
)
from bot.replies.reply import Block, Button, Closing, Grid, Heading, Items, Paragraph, Reply
from bot.replies.sentences import listed


def outcome_reply(knowledge: Knowledge, outcome: o.Outcome, now: datetime) -> Reply:  # noqa: C901, PLR0912
    """The reply that tells `outcome`, the caveat at its end."""
    texts = knowledge.messages.reminder
    match outcome:
        case o.Asked(draft):
            return asked_reply(knowledge, draft)
        case o.AskedZone():
            return asked_zone_reply(knowledge, outcome)
        case o.Confirmed():
            return _confirmed(knowledge, outcome, now)
        case o.Refused(None):
            return said(knowledge, texts.too_many, _list_button(texts))
        case o.Refused(close) if close:
            return said(knowledge, texts.too_close.format(**_when(knowledge, close)))
        case o.Which():
            return _which(knowledge, outcome)
        case o.Paused(reminders):
            return said(knowledge, _paused(knowledge, reminders), _list_button(texts))
        case o.PauseRefused(fault):
            return said(knowledge, _FAULTS[fault](texts))
        case o.Resumed(reminders):
            return said(knowledge, _resumed(knowledge, reminders), _list_button(texts))
        case o.Stopped(reminders, left):
            return said(knowledge, _stopped(knowledge, reminders, left))
        case o.Listed():
            return _listed(knowledge, outcome)
        case o.Opened():
            return _opened(knowledge, outcome)
        case o.Coming():
            return _coming(knowledge, outcome)
        case o.Log(occurrences):
            return _log(knowledge, occurrences)
        case o.Month():
            return _month(knowledge, outcome)
        case o.Reacted() | o.Snoozed():
            return said(knowledge, toast(knowledge, outcome))
        case o.Gone(left) if left:
            return said(knowledge, texts.gone, _list_button(texts))
        case _:
            return said(knowledge, texts.none)


def toast(knowledge: Knowledge, outcome: o.Outcome) -> str:
    """What pops up for a moment when a button under a reminder was pressed; at most 200 letters."""
    texts = knowledge.messages.reminder
    match outcome:
        case o.Reacted(_, Reaction.DONE, streak):
            return texts.done.format(streak=_streak(texts, streak))
        case o.Reacted(_, Reaction.SKIPPED, _):
            return texts.skipped
        case o.Reacted():
            return texts.undone
        case o.Snoozed(None, _):
            return texts.snoozed_enough
        case o.Snoozed(at, wall) if at:
            return texts.snoozed.format(time=moments.clock(at.astimezone(zone(wall))))
        case _:
            return texts.gone


def said(knowledge: Knowledge, text: str, *buttons: Button) -> Reply:
    """One paragraph, with a row for each button."""
    rows = tuple((button,) for button in buttons)
    return Reply((Paragraph(text), closing(knowledge, full=False)), rows)


def on_hold(knowledge: Knowledge, reply: Reply) -> Reply:
    """`reply`, with word that reminders wait for a red flag to be looked at."""
    told = Paragraph(knowledge.messages.reminder.on_hold)
    looked = knowledge.messages.conversation.looked_at
    row = (Button(looked, actions.encode(actions.LookedAt())),)
    rows = reply.buttons if row in reply.buttons else (*reply.buttons, row)
    *first, last = reply.blocks
    ends = isinstance(last, Closing)
    return Reply((*first, told, last) if ends else (*first, last, told), rows)


def settings_reply(knowledge: Knowledge, page: Reply, *, silent: bool) -> Reply:
    """The settings of somebody who has reminders: what is kept with them, and with what sound."""
    texts = knowledge.messages.reminder
    for_now = Paragraph(knowledge.messages.conversation.held)
    kept = Paragraph(texts.kept_with)
    blocks = tuple(kept if block == for_now else block for block in page.blocks)
    text = texts.loud if silent else texts.silent
    button = Button(text, actions.encode(SetSilent(silent=not silent)))
    return Reply(blocks, (*page.buttons, (button,)))


def goes_on(knowledge: Knowledge, reply: Reply) -> Reply:
    """`reply`, with word that reminders go on."""
    *first, last = reply.blocks
    return Reply((*first, Paragraph(knowledge.messages.reminder.goes_on), last), reply.buttons)


def _confirmed(knowledge: Knowledge, confirmed: o.Confirmed, now: datetime) -> Reply:
    texts, reminder = knowledge.messages.reminder, confirmed.reminder
    text = texts.set if confirmed.new else texts.changed
    text = texts.set_group if reminder.is_groups else text
    blocks: list[Block] = [Paragraph(text.format(**_when(knowledge, reminder)))]
    due = reminder.next_due_at
    if due is not None:
        told = moments.moment(knowledge, due, reminder.schedule.zone)
        wait = moments.wait(knowledge, due, now)
        blocks.append(Paragraph(texts.next.format(moment=told, wait=wait)))
    if reminder.schedule.spread and due is not None:
        here = moments.clock(due.astimezone(zone(reminder.schedule.zone)))
        blocks.append(Paragraph(texts.crowded.format(time=here)))
    plan = plan_name(knowledge, reminder.plan)
    blocks.append(Paragraph(texts.plan.line.format(plan=plan)))
    if confirmed.conditions:
        names = listed(knowledge.conditions[id].name for id in confirmed.conditions)
        blocks.append(Paragraph(texts.minded.format(conditions=names)))
    buttons = opened_buttons(knowledge, reminder, back=False)
    return Reply((*blocks, closing(knowledge, full=False)), buttons)


def _which(knowledge: Knowledge, which: o.Which) -> Reply:
    texts = knowledge.messages.reminder
    rows = [
        (Button(_short(knowledge, one), actions.encode(_choice(which, one))),)
        for one in which.reminders
    ]
    all_of_them: dict[Action, actions.Action] = {
        Action.STOP: StopReminder(None),
        Action.PAUSE: PauseReminder(None, which.until),
        Action.RESUME: ResumeReminder(None),
    }
    everything = all_of_them.get(which.action)
    if everything is not None:
        rows.append((Button(texts.all, actions.encode(everything)),))
    question = texts.ask.which[which.action]
    return Reply((Paragraph(question), closing(knowledge, full=False)), tuple(rows))


def _choice(which: o.Which, reminder: Reminder) -> actions.Action:
    match which.action:
        case Action.STOP:
            return StopReminder(reminder.id)
        case Action.PAUSE:
            return PauseReminder(reminder.id, which.until)
        case Action.RESUME:
            return ResumeReminder(reminder.id)
        case _ if which.draft == o.Draft():
            return OpenReminder(reminder.id)
        case _:
            return ChangeReminder(reminder.id, which.draft)


def _listed(knowledge: Knowledge, outcome: o.Listed) -> Reply:
    texts = knowledge.messages.reminder
    blocks: list[Block] = [
        Heading(texts.listed_group if outcome.reminders[0].is_groups else texts.listed),
        Items(tuple(reminder_line(knowledge, one) for one in outcome.reminders), numbered=True),
    ]
    rows = [
        (Button(_short(knowledge, one), actions.encode(OpenReminder(one.id))),)
        for one in outcome.reminders
    ]
    if outcome.flag:
        blocks.append(Paragraph(texts.held))
        looked = knowledge.messages.conversation.looked_at
        rows.append((Button(looked, actions.encode(actions.LookedAt())),))
    return Reply((*blocks, closing(knowledge, full=False)), tuple(rows))


def _opened(knowledge: Knowledge, opened: o.Opened) -> Reply:
    line = Paragraph(reminder_line(knowledge, opened.reminder))
    asked = change_buttons(knowledge, opened.reminder, opened.asks)
    buttons = asked or opened_buttons(knowledge, opened.reminder)
    return Reply((line, closing(knowledge, full=False)), buttons)


def _coming(knowledge: Knowledge, coming: o.Coming) -> Reply:
    texts = knowledge.messages.reminder
    if coming.flag:
        return said(knowledge, texts.held)
    if not coming.ringings:
        return said(knowledge, texts.coming_none, _list_button(texts))
    lines = tuple(
        _coming_line(knowledge, reminder, ringing, number, coming.conditions)
        for reminder, ringing, number in coming.ringings
    )
    return Reply((Heading(texts.coming), Items(lines), closing(knowledge, full=False)))


def _coming_line(
    knowledge: Knowledge,
    reminder: Reminder,
    ringing: Ringing,
    number: int,
    conditions: tuple[str, ...],
) -> str:
    texts = knowledge.messages.reminder
    planned = session(knowledge, reminder.plan, conditions, ringing.day, number)
    moment = moments.moment(knowledge, ringing.at, reminder.schedule.zone)
    title = planned.title if planned else texts.reasons["nothing-fits"]
    title = plan_name(knowledge, QUIZ) if reminder.plan == QUIZ else title
    line = texts.coming_line.format(moment=moment, title=title)
    if ringing.shift is None:
        return line
    change = texts.clocks["forward" if ringing.shift > timedelta(0) else "back"]
    return f"{line} {change}"


def _log(knowledge: Knowledge, occurrences: Iterable[tuple[Occurrence, str]]) -> Reply:
    texts = knowledge.messages.reminder
    lines = tuple(_log_line(knowledge, one, wall) for one, wall in occurrences)
    if not lines:
        return said(knowledge, texts.log_none)
    return Reply((Heading(texts.log), Items(lines), closing(knowledge, full=False)))


def _log_line(knowledge: Knowledge, one: Occurrence, wall: str) -> str:
    texts = knowledge.messages.reminder
    state = texts.states[one.state]
    if one.sent_at:
        state = state.format(time=moments.clock(one.sent_at.astimezone(zone(wall))))
    if one.reason and one.state is not State.UNCERTAIN:
        state = f"{state}: {texts.reasons[one.reason]}"
    if one.reaction:
        state = f"{state}, {texts.reactions[one.reaction]}"
    text = texts.log_snooze if one.snooze else texts.log_line
    return text.format(moment=moments.moment(knowledge, one.due_at, wall), state=state)


def _month(knowledge: Knowledge, outcome: o.Month) -> Reply:
    texts = knowledge.messages.reminder
    grid = month(outcome.done, outcome.sent, outcome.today, _MonthNames(texts))
    blocks: list[Block] = [Paragraph(_streak(texts, outcome.streak)), Grid(grid)]
    blocks.append(Paragraph(texts.month_legend))
    if outcome.streak.best > outcome.streak.days:
        blocks.append(Paragraph(texts.best.format(n=outcome.streak.best)))
    return Reply((*blocks, closing(knowledge, full=False)))


@dataclass(frozen=True, slots=True)
class _MonthNames:
    """The names as the calendar takes them."""

    texts: ReminderTexts

    @property
    def months(self) -> tuple[str, ...]:
        return self.texts.calendar.months

    @property
    def weekdays(self) -> tuple[str, ...]:
        return self.texts.calendar.short_weekdays


def _streak(texts: ReminderTexts, streak: Streak) -> str:
    match streak.days:
        case 0:
            return texts.streak_none
        case 1:
            return texts.streak_one
        case n:
            return texts.streak.format(n=n)


def _paused(knowledge: Knowledge, reminders: tuple[Reminder, ...]) -> str:
    texts, which = knowledge.messages.reminder, _lines(knowledge, reminders)
    dues = [(r.next_due_at, r.schedule.zone) for r in reminders if r.next_due_at]
    if not dues:
        return texts.paused.format(which=which)
    return texts.paused_until.format(which=which, moment=moments.moment(knowledge, *min(dues)))


def _stopped(knowledge: Knowledge, reminders: tuple[Reminder, ...], left: int) -> str:
    texts = knowledge.messages.reminder
    return texts.stopped.format(which=_lines(knowledge, reminders)) if left else texts.stopped_all


def _resumed(knowledge: Knowledge, reminders: tuple[Reminder, ...]) -> str:
    dues = [(r.next_due_at, r.schedule.zone) for r in reminders if r.next_due_at]
    moment = moments.moment(knowledge, *min(dues))
    text = knowledge.messages.reminder.resumed
    return text.format(which=_lines(knowledge, reminders), moment=moment)


def _lines(knowledge: Knowledge, reminders: Iterable[Reminder]) -> str:
    return "; ".join(_short(knowledge, reminder) for reminder in reminders)


def _short(knowledge: Knowledge, reminder: Reminder) -> str:
    """ "on weekdays, 07:30"."""
    told = moments.days(knowledge, reminder.schedule.days)
    return f"{told}, {reminder.schedule.at:%H:%M}"


def reminder_line(knowledge: Knowledge, reminder: Reminder) -> str:
    """The whole reminder in a line, and when it comes next."""
    texts, due = knowledge.messages.reminder, reminder.next_due_at
    told = _when(knowledge, reminder) | {"plan": plan_name(knowledge, reminder.plan)}
    if due is None:
        text = {
            Pause.BLOCKED: texts.line_blocked,
            Pause.TOPIC_GONE: texts.line_blocked,
            Pause.ZONE_GONE: texts.line_zone_gone,
        }.get(reminder.paused or Pause.WISHED, texts.line_paused)
        return text.format(**told)
    text = texts.line_until if reminder.paused else texts.line
    return text.format(**told, moment=moments.moment(knowledge, due, reminder.schedule.zone))


def _when(knowledge: Knowledge, reminder: Reminder) -> dict[str, str]:
    schedule = reminder.schedule
    return {
        "days": moments.days(knowledge, schedule.days),
        "time": f"{schedule.at:%H:%M}",
        "zone": schedule.zone,
    }


def _list_button(texts: ReminderTexts) -> Button:
    return Button(texts.listed, actions.encode(OpenReminders()))


_FAULTS = {
    DateFault.PAST: lambda texts: texts.past_date,
    DateFault.UNKNOWN: lambda texts: texts.unknown_date,
    DateFault.FAR: lambda texts: texts.far_date,
}
