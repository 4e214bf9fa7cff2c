"""What a person says or presses in a chat that may have reminders: the talk and the desk together.

Knows nothing of Telegram. The database is asked in threads, so that a slow one keeps nobody else
waiting; where it cannot be read, questions are answered as if nothing were kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.answering.answers import (
    Answer,
    Choice,
    Fallback,
    Note,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.answering.safety import ruling
from bot.answering.triage import Alarm
from bot.errors import StoreError
from bot.reminders.asides import Aside
from bot.reminders.dates import Until
from bot.reminders.desk import Desk
from bot.reminders.outcomes import Confirmed, Outcome, Reacted
from bot.reminders.reminder import VARIED, Reaction
from bot.reminders.schedule import zone
from bot.reminders.sessions import named_plan
from bot.reminders.subscriptions import Chat, Subscriptions
from bot.reminders.whereabouts import PlaceFault, Whereabout
from bot.reminders.wording import Action as Wished
from bot.reminders.wording import ReminderWish
from bot.replies import reminder_actions as a
from bot.replies.actions import Action, ForgetCondition, LookedAt, OpenEntry
from bot.replies.reminders import goes_on, on_hold, outcome_reply, said, settings_reply, toast
from bot.replies.reply import Reply, Rows
from bot.replies.sessions import occurrence_buttons, steps_reply
from bot.replies.talk import Talk
from bot.replies.wishes import reminding_reply

log = logging.getLogger(__name__)

PLACE_NAME = 3  # words that, where a place was asked for, may be one nobody knows
NOWHERE = Whereabout(None, (), PlaceFault.UNKNOWN, is_reply=True)
NOT_GRANTED = (Wished.UNSUPPORTED, Wished.INVALID)

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press leads to: a word that pops up, another message in its place, a new message."""

    toast: str | None = None
    edit: Reply | None = None
    buttons: Rows | None = None  # other buttons under the same text
    send: Reply | None = None


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message of a chat that something is kept about."""

    kept: Chat
    text: str
    now: datetime
    replied_to: int | None = None


class Hearing:
    """Answers one chat at a time; `talk` may be replaced by one over newer knowledge."""

    def __init__(self, talk: Talk, subscriptions: Subscriptions) -> None:
        self.talk = talk
        self.subscriptions = subscriptions
        self._desk = Desk(subscriptions)

    async def says(
        self, chat: int, text: str, now: datetime, replied_to: int | None = None
    ) -> Reply:
        """The answer to what a person says, perhaps in reply to a message of the bot's."""
        kept = await self._recalled(chat, now, replied_to)
        heard = _Heard(kept, text, now, replied_to)
        reply = await self._placed(heard)
        if reply is not None:
            return reply
        answer, reply = self.talk.says(chat, text, now)
        if isinstance(answer, Urgent):
            return await self._raised(kept, answer, reply)
        if isinstance(answer, Noted) and answer.note is Note.RESTARTED:
            self.talk.recall(chat, now, conditions=kept.conditions)
        return await self._in_step(kept, await self._followed(heard, answer, reply), now)

    async def wishes(self, chat: int, text: str, now: datetime) -> Reply:
        """The answer to /remind with `text` behind it: a wish, whatever else it sounds like."""
        kept = await self._recalled(chat, now, None)
        answer, reply = self.talk.says(chat, text, now) if text else (None, None)
        if isinstance(answer, Urgent) and reply is not None:
            return await self._raised(kept, answer, reply)
        if not isinstance(answer, Reminding):
            answer = Reminding(self.talk.answerer.wording.read(text, Wished.SET))
        if answer.wish.action in NOT_GRANTED:
            reply = reminding_reply(self.talk.knowledge, answer)
        else:
            reply = await self._granted(_Heard(kept, text, now), answer)
        return await self._in_step(kept, reply, now)

    async def page(self, chat: int, name: str, now: datetime) -> Reply:
        """A page of the talk, or of the reminders."""
        kept = await self._recalled(chat, now, None)
        match name:
            case "reminders":
                return await self._told(chat, lambda: self._desk.listed(chat), now)
            case "next":
                return await self._told(chat, lambda: self._desk.coming(chat, now), now)
            case "log":
                return await self._told(chat, lambda: self._desk.log(chat, now), now)
            case "streak":
                return await self._told(chat, lambda: self._desk.month(chat, now), now)
            case "stop":
                return await self._told(
                    chat, lambda: self._desk.act(chat, Wished.STOP, None, None, now), now
                )
        reply = self.talk.page(chat, name, now)
        if name == "settings" and kept.zone:
            return settings_reply(self.talk.knowledge, reply, silent=kept.silent)
        if name != "start":
            return reply
        self.talk.recall(chat, now, conditions=kept.conditions)
        return await self._in_step(kept, reply, now)

    async def located(self, chat: int, zone: str | None, now: datetime) -> Reply:
        """The answer to somebody who has sent where they are."""
        if zone is None:
            return said(self.talk.knowledge, self.talk.knowledge.messages.reminder.ask.zone_unknown)
        return await self._told(chat, lambda: self._desk.move(chat, zone, now), now)

    async def presses(self, chat: int, action: Action | None, now: datetime) -> Pressed:
        """What a press of a button leads to."""
        kept = await self._recalled(chat, now, None)
        match action:
            case a.React(id, reaction):
                return await self._reacted(chat, id, reaction, now)
            case a.Snooze(id, minutes):
                put_off = await self._tried(lambda: self._desk.snooze(chat, id, minutes, now))
                return Pressed(toast=self._toast(put_off))
            case a.ShowSteps(id):
                return Pressed(send=await self._steps(chat, id, now))
            case a.OpenReminder(id, _, True):
                return Pressed(
                    send=await self._told(chat, lambda: self._desk.opened(chat, id), now)
                )
            case a.SetSilent(silent):
                return await self._set_silent(kept, silent, now)
        outcome = self._at_the_desk(chat, action, now)
        if outcome is not None:
            return Pressed(edit=await self._told(chat, outcome, now))
        menu = self.talk.menu(chat, action, now)
        reply = menu or self.talk.presses(chat, action, now)
        if isinstance(action, ForgetCondition) and kept.zone:
            reply = settings_reply(self.talk.knowledge, reply, silent=kept.silent)
        if isinstance(action, LookedAt | ForgetCondition):
            reply = await self._in_step(kept, reply, now)
        return Pressed(edit=reply) if menu is not None else Pressed(send=reply)

    async def leaves(self, chat: int, now: datetime) -> None:
        """The bot was blocked, or thrown out of a group."""
        await self._tried(lambda: self.subscriptions.leave(chat, now))

    async def moves(self, old: int, new: int) -> None:
        """A group has another id now."""
        await self._tried(lambda: self.subscriptions.move(old, new))

    def _at_the_desk(
        self, chat: int, action: Action | None, now: datetime
    ) -> Callable[[], Outcome] | None:
        """The call that a button of the reminders' menus stands for."""
        desk = self._desk
        match action:
            case a.GoOn(draft):
                return lambda: desk.draft(chat, draft, now)
            case a.OpenReminder(id, asks):
                return lambda: desk.opened(chat, id, asks)
            case a.ChangeReminder(id, draft):
                return lambda: desk.change(chat, id, draft, now)
            case a.PauseReminder(some, until):
                return lambda: desk.act(chat, Wished.PAUSE, some, until, now)
            case a.PauseFor(id, days):
                return lambda: desk.pause_for(chat, id, days, now)
            case a.ResumeReminder(some):
                return lambda: desk.act(chat, Wished.RESUME, some, None, now)
            case a.StopReminder(some):
                return lambda: desk.act(chat, Wished.STOP, some, None, now)
            case a.OpenReminders():
                return lambda: desk.listed(chat)
            case a.ChooseZone(zone):
                return lambda: desk.move(chat, zone, now)
            case _:
                return None

    async def _recalled(self, chat: int, now: datetime, replied_to: int | None) -> Chat:
        """What is kept about the chat, put into its conversation."""
        kept = await self._tried(lambda: self.subscriptions.chat(chat)) or Chat(chat)
        showed = None
        if replied_to is not None:
            sent = await self._tried(lambda: self.subscriptions.sent_as(chat, replied_to))
            showed = sent.showed if sent else None
        self.talk.recall(chat, now, conditions=kept.conditions, flag=kept.flag, technique=showed)
        return kept

    async def _raised(self, kept: Chat, urgent: Urgent, reply: Reply) -> Reply:
        """A red flag, told; reminders wait until it has been looked at."""
        flag = _own_flag(urgent.alarms)
        if flag is None or kept.flag == flag:
            return reply
        held = await self._tried(lambda: self.subscriptions.hold(kept.id, flag))
        return on_hold(self.talk.knowledge, reply) if held else reply

    async def _in_step(self, kept: Chat, reply: Reply, now: datetime) -> Reply:
        """What the conversation has changed of what is kept is kept, too."""
        held = self.talk.held(kept.id, now)
        if kept.zone and set(held) != set(kept.conditions):
            await self._tried(lambda: self.subscriptions.remember(kept.id, held))
        if kept.flag and not self.talk.alarms(kept.id, now):
            freed = await self._tried(lambda: self.subscriptions.hold(kept.id, None))
            return goes_on(self.talk.knowledge, reply) if freed else reply
        return reply

    async def _placed(self, heard: _Heard) -> Reply | None:
        """What comes of a place, where one was asked for and nothing else is said."""
        if heard.kept.pending is None or self.talk.answerer.look(heard.text).alarms:
            return None
        where = self.talk.answerer.wording.whereabouts.read(heard.text, heard.now)
        # A rare word may be a place that nobody knows, or anything else: that is seen later.
        known = where.is_reply and where.fault is not PlaceFault.UNKNOWN
        return await self._placed_at(heard, where) if known else None

    async def _placed_at(self, heard: _Heard, where: Whereabout) -> Reply | None:
        """What comes of `where`; None where no place was asked for."""
        if heard.kept.pending is None:
            return None
        chat, now = heard.kept.id, heard.now
        placed = await self._tried(lambda: self._desk.place(chat, where, now))
        return await self._reply(chat, placed, now) if placed else None

    async def _followed(self, heard: _Heard, answer: Answer, reply: Reply) -> Reply:
        """The reply, or what comes of a wish, or of "done"."""
        aside = await self._aside(heard, answer)
        if aside is not None:
            return aside
        if isinstance(answer, Reminding) and answer.wish.action not in NOT_GRANTED:
            return await self._granted(heard, answer)
        if isinstance(answer, Fallback):
            return await self._moved(heard) or reply
        return reply

    async def _aside(self, heard: _Heard, answer: Answer) -> Reply | None:
        """What comes of "done", "later" or "not today", said to what came; None for all else."""
        pauses = isinstance(answer, Reminding) and answer.wish.action is Wished.PAUSE
        unsaid = isinstance(answer, SmallTalk | Fallback | Choice) or pauses
        if not unsaid and heard.replied_to is None:
            return None
        look = self.talk.answerer.look(heard.text)
        said_to_it = self.talk.answerer.wording.asides.read(look.said)
        if said_to_it is None:
            return None
        chat, now, message = heard.kept.id, heard.now, heard.replied_to
        outcome = await self._tried(lambda: self._desk.aside(chat, said_to_it, now, message))
        if outcome is None and pauses and said_to_it.aside is Aside.LATER:
            return await self._told(chat, lambda: self._desk.listed(chat), now)
        return await self._reply(chat, outcome, now) if outcome else None

    async def _moved(self, heard: _Heard) -> Reply | None:
        """What comes of a place that nobody asked for, or that nobody knows."""
        chat, now = heard.kept.id, heard.now
        where = self.talk.answerer.wording.whereabouts.read(heard.text, now)
        if heard.kept.pending is not None and len(heard.text.split()) <= PLACE_NAME:
            return await self._placed_at(heard, NOWHERE)
        name = where.zone
        if heard.kept.zone is None or name is None or not where.is_reply:
            return None
        return await self._told(chat, lambda: self._desk.move(chat, name, now), now)

    async def _granted(self, heard: _Heard, reminding: Reminding) -> Reply:
        """What comes of a wish."""
        chat, now, wish = heard.kept.id, heard.now, reminding.wish
        until = Until(None, None)
        if wish.action is Wished.PAUSE:
            until = self._until(heard)
        wish = self._described(wish, heard.text)
        plan = self._plan(heard, reminding)
        return await self._told(chat, lambda: self._desk.wish(chat, wish, plan, until, now), now)

    def _described(self, wish: ReminderWish, text: str) -> ReminderWish:
        """`wish` with what tells the reminder that it means from others: "stop the 9 o'clock one".

        The days of a pause are rather those on which it ends.
        """
        if wish.action not in (Wished.STOP, Wished.PAUSE, Wished.RESUME):
            return wish
        about = self.talk.answerer.wording.read(text, Wished.CHANGE)
        days = about.days if wish.action is Wished.STOP else None
        return replace(wish, time=about.time, days=days)

    def _until(self, heard: _Heard) -> Until:
        """When a pause is to end; one that is for today alone ends tomorrow."""
        wording = self.talk.answerer.wording
        today = heard.now.astimezone(zone(heard.kept.zone or "UTC")).date()
        said_to_it = wording.asides.read(self.talk.answerer.look(heard.text).said)
        if said_to_it is not None and said_to_it.aside is Aside.SKIP:
            return Until(today + timedelta(days=1), None)
        return wording.dates.read(heard.text, today)

    def _plan(self, heard: _Heard, reminding: Reminding) -> str | None:
        """The plan that is named, or the technique that is meant, if the person may do it."""
        look = self.talk.answerer.look(heard.text)
        named = named_plan(self.talk.knowledge, look.said)
        if named is not None:
            return named
        technique = reminding.technique
        sets = reminding.wish.action is Wished.SET
        if technique is None or not (sets or reminding.mentioned):
            return None
        allowed = ruling(self.talk.knowledge, technique, reminding.conditions).allows
        return technique.id if allowed else VARIED

    async def _reacted(
        self, chat: int, id: int, reaction: Reaction | None, now: datetime
    ) -> Pressed:
        outcome = await self._tried(lambda: self._desk.react(chat, id, reaction, now))
        told = self._toast(outcome)
        if not isinstance(outcome, Reacted):
            return Pressed(toast=told)
        reminder = outcome.occurrence.reminder
        rows = occurrence_buttons(self.talk.knowledge, id, reminder, reaction)
        return Pressed(toast=told, buttons=rows)

    async def _steps(self, chat: int, id: int, now: datetime) -> Reply:
        """All the steps of what was sent: a technique's page, or a plan's techniques to open."""
        sent = await self._tried(lambda: self.subscriptions.occurrence(chat, id))
        texts = self.talk.knowledge.messages.reminder
        if sent is None or sent.showed is None:
            return said(self.talk.knowledge, texts.gone)
        plan = self.talk.knowledge.plans.starters.get(sent.showed)
        if plan is None or self.talk.alarms(chat, now):
            return self.talk.presses(chat, OpenEntry(sent.showed), now)
        return steps_reply(self.talk.knowledge, plan, self.talk.held(chat, now))

    async def _set_silent(self, kept: Chat, silent: bool, now: datetime) -> Pressed:
        if await self._tried(lambda: self.subscriptions.silence(kept.id, silent)) is None:
            return Pressed(toast=self.talk.knowledge.messages.reminder.failed)
        page = self.talk.page(kept.id, "settings", now)
        return Pressed(edit=settings_reply(self.talk.knowledge, page, silent=silent))

    async def _told(self, chat: int, call: Callable[[], Outcome], now: datetime) -> Reply:
        return await self._reply(chat, await self._tried(call), now)

    async def _reply(self, chat: int, outcome: Outcome | None, now: datetime) -> Reply:
        """The reply; with a reminder, what is held of the person is kept."""
        if outcome is None:
            return said(self.talk.knowledge, self.talk.knowledge.messages.reminder.failed)
        if not isinstance(outcome, Confirmed):
            return outcome_reply(self.talk.knowledge, outcome, now)
        held = self.talk.held(chat, now)
        await self._tried(lambda: self.subscriptions.remember(chat, held))
        reply = outcome_reply(self.talk.knowledge, replace(outcome, conditions=held), now)
        flag = _own_flag(self.talk.alarms(chat, now))
        if flag is None:
            return reply
        await self._tried(lambda: self.subscriptions.hold(chat, flag))
        return on_hold(self.talk.knowledge, reply)

    def _toast(self, outcome: Outcome | None) -> str:
        if outcome is None:
            return self.talk.knowledge.messages.reminder.failed
        return toast(self.talk.knowledge, outcome)

    async def _tried(self, call: Callable[[], Told]) -> Told | None:
        """What the call returns; None where the database has failed, and nothing is changed."""
        try:
            return await asyncio.to_thread(call)
        except StoreError as error:
            log.error("not kept: %s", error)  # noqa: TRY400 - it says what is wrong
            return None


def _own_flag(alarms: Iterable[Alarm]) -> str | None:
    """The red flag that the person has named of themselves."""
    return next((alarm.flag for alarm in alarms if not alarm.of_other), None)
