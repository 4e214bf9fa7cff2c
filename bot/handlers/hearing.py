"""What a person says in a chat that may have reminders: the talk and the desk together.

Knows nothing of Telegram.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

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
from bot.handlers.notebook import Notebook
from bot.handlers.pressing import Pressing
from bot.reminders.asides import Aside
from bot.reminders.dates import Until
from bot.reminders.reminder import VARIED, Reminder
from bot.reminders.schedule import zone
from bot.reminders.sessions import named_plan
from bot.reminders.subscriptions import Chat, Subscriptions
from bot.reminders.whereabouts import PlaceFault, Whereabout
from bot.reminders.wording import Action as Wished
from bot.reminders.wording import ReminderWish
from bot.replies.reminders import said, settings_reply
from bot.replies.reply import Reply
from bot.replies.talk import Talk
from bot.replies.wishes import reminding_reply

PLACE_NAME = 3  # words that, where a place was asked for, may be one nobody knows
NOWHERE = Whereabout(None, (), PlaceFault.UNKNOWN, is_reply=True)
NOT_GRANTED = (Wished.UNSUPPORTED, Wished.INVALID)


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
        self._book = Notebook(talk, subscriptions)
        self._desk = self._book.desk
        self.presses = Pressing(self._book).presses
        self.known = self._book.known

    @property
    def notebook(self) -> Notebook:
        return self._book

    @property
    def talk(self) -> Talk:
        return self._book.talk

    @talk.setter
    def talk(self, talk: Talk) -> None:
        self._book.talk = talk

    async def says(
        self, chat: int, text: str, now: datetime, replied_to: int | None = None
    ) -> Reply:
        """The answer to what a person says, perhaps in reply to a message of the bot's."""
        kept = await self._book.recalled(chat, now, replied_to)
        heard = _Heard(kept, text, now, replied_to)
        reply = await self._placed(heard)
        if reply is not None:
            return reply
        answer, reply = self._book.talk.says(chat, text, now)
        if isinstance(answer, Urgent):
            reply = await self._book.raised(kept, answer, reply)
            return await self._book.in_step(kept, reply, now)
        if isinstance(answer, Noted) and answer.note is Note.RESTARTED:
            self._book.talk.recall(chat, now, conditions=kept.conditions)
        return await self._book.in_step(kept, await self._followed(heard, answer, reply), now)

    async def wishes(self, chat: int, text: str, now: datetime) -> Reply:
        """The answer to /remind with `text` behind it: a wish, whatever else it sounds like."""
        kept = await self._book.recalled(chat, now, None)
        answer, reply = self._book.talk.says(chat, text, now) if text else (None, None)
        if isinstance(answer, Urgent) and reply is not None:
            reply = await self._book.raised(kept, answer, reply)
            return await self._book.in_step(kept, reply, now)
        if not isinstance(answer, Reminding):
            answer = self._wish(text, self._book.talk.held(chat, now))
        if answer.wish.action in NOT_GRANTED:
            reply = reminding_reply(self._book.talk.knowledge, answer)
        else:
            reply = await self._granted(_Heard(kept, text, now), answer)
        return await self._book.in_step(kept, reply, now)

    async def joins(self, chat: int, shared: Reminder | None, now: datetime) -> Reply:
        """The answer to somebody who wants the stretch of a group, at the same time."""
        await self._book.recalled(chat, now, None)
        texts = self._book.talk.knowledge.messages.reminder
        if shared is None:
            return said(self._book.talk.knowledge, texts.gone)
        schedule = replace(shared.schedule, spread=0)
        return await self._book.told(
            chat, lambda: self._desk.take(chat, schedule, shared.plan, now), now
        )

    async def places(self, chat: int, text: str, now: datetime) -> Reply | None:
        """What comes of the answer to "which city?"; None where it is none."""
        heard = _Heard(await self._book.recalled(chat, now, None), text, now)
        placed = await self._placed(heard)
        if placed is not None or len(text.split()) > PLACE_NAME:
            return placed
        look = self._book.talk.answerer.look(text)
        unknown = isinstance(self._book.talk.answerer.decide(look, ()), Fallback)
        return await self._placed_at(heard, NOWHERE) if unknown and not look.alarms else None

    def _wish(self, text: str, conditions: tuple[str, ...]) -> Reminding:
        """The wish to set a reminder that `text` tells, with the one technique it names."""
        named = self._book.talk.answerer.look(text).mentioned
        technique = self._book.talk.knowledge.techniques[named[0]] if len(named) == 1 else None
        wish = self._book.talk.answerer.wording.read(text, Wished.SET)
        return Reminding(wish, technique, conditions, mentioned=technique is not None)

    async def page(self, chat: int, name: str, now: datetime) -> Reply:
        """A page of the talk, or of the reminders."""
        kept = await self._book.recalled(chat, now, None)
        match name:
            case "reminders":
                return await self._book.told(chat, lambda: self._desk.listed(chat), now)
            case "next":
                return await self._book.told(chat, lambda: self._desk.coming(chat, now), now)
            case "log":
                return await self._book.told(chat, lambda: self._desk.log(chat, now), now)
            case "streak":
                return await self._book.told(chat, lambda: self._desk.month(chat, now), now)
            case "stop":
                return await self._book.told(
                    chat, lambda: self._desk.act(chat, Wished.STOP, None, None, now), now
                )
        reply = self._book.talk.page(chat, name, now)
        if name == "settings" and kept.zone:
            return settings_reply(self._book.talk.knowledge, reply, silent=kept.silent)
        if name != "start":
            return reply
        self._book.talk.recall(chat, now, conditions=kept.conditions)
        return await self._book.in_step(kept, reply, now)

    async def located(self, chat: int, zone: str | None, now: datetime) -> Reply:
        """The answer to somebody who has sent where they are."""
        if zone is None:
            return said(
                self._book.talk.knowledge,
                self._book.talk.knowledge.messages.reminder.ask.zone_unknown,
            )
        return await self._book.told(chat, lambda: self._desk.move(chat, zone, now), now)

    async def in_company(
        self, person: int, group: object, now: datetime, turn: Callable[[], Answer]
    ) -> Answer:
        """The answer that `turn` gives in the conversation `group`; what is held of the person in
        private holds there, and the other way round.
        """
        return await self._book.in_company(person, group, now, turn)

    async def leaves(self, chat: int, now: datetime) -> None:
        """The bot was blocked, or thrown out of a group."""
        await self._book.tried(lambda: self._book.subscriptions.leave(chat, now))

    async def moves(self, old: int, new: int) -> None:
        """A group has another id now."""
        await self._book.tried(lambda: self._book.subscriptions.move(old, new))

    async def _placed(self, heard: _Heard) -> Reply | None:
        """What comes of a place, where one was asked for and nothing else is said."""
        if heard.kept.pending is None or self._book.talk.answerer.look(heard.text).alarms:
            return None
        where = self._book.talk.answerer.wording.whereabouts.read(heard.text, heard.now)
        # A rare word may be a place that nobody knows, or anything else: that is seen later.
        known = where.is_reply and where.fault is not PlaceFault.UNKNOWN
        return await self._placed_at(heard, where) if known else None

    async def _placed_at(self, heard: _Heard, where: Whereabout) -> Reply | None:
        """What comes of `where`; None where no place was asked for."""
        if heard.kept.pending is None:
            return None
        chat, now = heard.kept.id, heard.now
        placed = await self._book.tried(lambda: self._desk.place(chat, where, now))
        return await self._book.reply(chat, placed, now) if placed else None

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
        look = self._book.talk.answerer.look(heard.text)
        said_to_it = self._book.talk.answerer.wording.asides.read(look.said)
        if said_to_it is None:
            return None
        chat, now, message = heard.kept.id, heard.now, heard.replied_to
        outcome = await self._book.tried(lambda: self._desk.aside(chat, said_to_it, now, message))
        if outcome is None and pauses and said_to_it.aside is Aside.LATER:
            return await self._book.told(chat, lambda: self._desk.listed(chat), now)
        return await self._book.reply(chat, outcome, now) if outcome else None

    async def _moved(self, heard: _Heard) -> Reply | None:
        """What comes of a place that nobody asked for, or that nobody knows."""
        chat, now = heard.kept.id, heard.now
        where = self._book.talk.answerer.wording.whereabouts.read(heard.text, now)
        if heard.kept.pending is not None and len(heard.text.split()) <= PLACE_NAME:
            return await self._placed_at(heard, NOWHERE)
        name = where.zone
        if heard.kept.zone is None or name is None or not where.is_reply:
            return None
        return await self._book.told(chat, lambda: self._desk.move(chat, name, now), now)

    async def _granted(self, heard: _Heard, reminding: Reminding) -> Reply:
        """What comes of a wish."""
        chat, now, wish = heard.kept.id, heard.now, reminding.wish
        until = Until(None, None)
        if wish.action is Wished.PAUSE:
            until = self._until(heard)
        wish = self._described(wish, heard.text)
        plan = self._plan(heard, reminding)
        return await self._book.told(
            chat, lambda: self._desk.wish(chat, wish, plan, until, now), now
        )

    def _described(self, wish: ReminderWish, text: str) -> ReminderWish:
        """`wish` with what tells the reminder that it means from others: "stop the 9 o'clock one".

        The days of a pause are rather those on which it ends.
        """
        if wish.action not in (Wished.STOP, Wished.PAUSE, Wished.RESUME):
            return wish
        about = self._book.talk.answerer.wording.read(text, Wished.CHANGE)
        days = about.days if wish.action is Wished.STOP else None
        return replace(wish, time=about.time, days=days)

    def _until(self, heard: _Heard) -> Until:
        """When a pause is to end; one that is for today alone ends tomorrow."""
        wording = self._book.talk.answerer.wording
        today = heard.now.astimezone(zone(heard.kept.zone or "UTC")).date()
        said_to_it = wording.asides.read(self._book.talk.answerer.look(heard.text).said)
        if said_to_it is not None and said_to_it.aside is Aside.SKIP:
            return Until(today + timedelta(days=1), None)
        return wording.dates.read(heard.text, today)

    def _plan(self, heard: _Heard, reminding: Reminding) -> str | None:
        """The plan that is named, or the technique that is meant, if the person may do it."""
        look = self._book.talk.answerer.look(heard.text)
        named = named_plan(self._book.talk.knowledge, look.said)
        if named is not None:
            return named
        technique = reminding.technique
        sets = reminding.wish.action is Wished.SET
        if technique is None or not (sets or reminding.mentioned):
            return None
        allowed = ruling(self._book.talk.knowledge, technique, reminding.conditions).allows
        return technique.id if allowed else VARIED
