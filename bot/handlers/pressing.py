"""What a press of a button leads to. Knows nothing of Telegram."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.handlers.notebook import Notebook
from bot.reminders.outcomes import Outcome, Reacted
from bot.reminders.reminder import Reaction
from bot.reminders.subscriptions import Chat
from bot.reminders.wording import Action as Wished
from bot.replies import reminder_actions as a
from bot.replies.actions import Action, ForgetCondition, LookedAt, OpenEntry
from bot.replies.reminders import said, settings_reply
from bot.replies.reply import Reply, Rows
from bot.replies.sessions import occurrence_buttons, steps_reply


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press leads to: a word that pops up, another message in its place, a new message."""

    toast: str | None = None
    edit: Reply | None = None
    buttons: Rows | None = None  # other buttons under the same text
    send: Reply | None = None


class Pressing:
    """Does what the buttons say."""

    def __init__(self, notebook: Notebook) -> None:
        self._book = notebook
        self._desk = notebook.desk

    async def presses(self, chat: int, action: Action | None, now: datetime) -> Pressed:
        """What a press of a button leads to."""
        kept = await self._book.recalled(chat, now, None)
        match action:
            case a.React(id, reaction):
                return await self._reacted(chat, id, reaction, now)
            case a.Snooze(id, minutes):
                put_off = await self._book.tried(lambda: self._desk.snooze(chat, id, minutes, now))
                return Pressed(toast=self._book.toast(put_off))
            case a.ShowSteps(id):
                return Pressed(send=await self._steps(chat, id, now))
            case a.OpenReminder(id, _, True):
                return Pressed(
                    send=await self._book.told(chat, lambda: self._desk.opened(chat, id), now)
                )
            case a.SetSilent(silent):
                return await self._set_silent(kept, silent, now)
        outcome = self._at_the_desk(chat, action, now)
        if outcome is not None:
            return Pressed(edit=await self._book.told(chat, outcome, now))
        menu = self._book.talk.menu(chat, action, now)
        reply = menu or self._book.talk.presses(chat, action, now)
        if isinstance(action, ForgetCondition) and kept.zone:
            reply = settings_reply(self._book.talk.knowledge, reply, silent=kept.silent)
        if isinstance(action, LookedAt | ForgetCondition):
            reply = await self._book.in_step(kept, reply, now)
        return Pressed(edit=reply) if menu is not None else Pressed(send=reply)

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

    async def _reacted(
        self, chat: int, id: int, reaction: Reaction | None, now: datetime
    ) -> Pressed:
        outcome = await self._book.tried(lambda: self._desk.react(chat, id, reaction, now))
        told = self._book.toast(outcome)
        if not isinstance(outcome, Reacted):
            return Pressed(toast=told)
        reminder = outcome.occurrence.reminder
        rows = occurrence_buttons(self._book.talk.knowledge, id, reminder, reaction)
        return Pressed(toast=told, buttons=rows)

    async def _steps(self, chat: int, id: int, now: datetime) -> Reply:
        """All the steps of what was sent: a technique's page, or a plan's techniques to open."""
        sent = await self._book.tried(lambda: self._book.subscriptions.occurrence(chat, id))
        texts = self._book.talk.knowledge.messages.reminder
        if sent is None or sent.showed is None:
            return said(self._book.talk.knowledge, texts.gone)
        plan = self._book.talk.knowledge.plans.starters.get(sent.showed)
        if plan is None or self._book.talk.alarms(chat, now):
            return self._book.talk.presses(chat, OpenEntry(sent.showed), now)
        return steps_reply(self._book.talk.knowledge, plan, self._book.talk.held(chat, now))

    async def _set_silent(self, kept: Chat, silent: bool, now: datetime) -> Pressed:
        if (
            await self._book.tried(lambda: self._book.subscriptions.silence(kept.id, silent))
            is None
        ):
            return Pressed(toast=self._book.talk.knowledge.messages.reminder.failed)
        page = self._book.talk.page(kept.id, "settings", now)
        return Pressed(edit=settings_reply(self._book.talk.knowledge, page, silent=silent))
