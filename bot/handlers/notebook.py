"""What the bot keeps about a chat beside its conversation, and how the two are kept in step.

The database is asked in threads, so that a slow one keeps nobody else waiting; where it cannot be
read, questions are answered as if nothing were kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.answering.answers import Urgent
from bot.answering.conversation import Conversation
from bot.answering.triage import Alarm
from bot.errors import StoreError
from bot.reminders.desk import Desk
from bot.reminders.outcomes import Confirmed, Outcome
from bot.reminders.reminder import is_group
from bot.reminders.subscriptions import Chat, Subscriptions
from bot.replies.reminders import goes_on, on_hold, outcome_reply, said, toast
from bot.replies.reply import Reply
from bot.replies.talk import Talk

log = logging.getLogger(__name__)

Told = TypeVar("Told")


class Notebook:
    """The talk and the desk of one bot; `talk` may be replaced by one over newer knowledge."""

    def __init__(self, talk: Talk, subscriptions: Subscriptions) -> None:
        self.talk = talk
        self.subscriptions = subscriptions
        self.desk = Desk(subscriptions)

    async def recalled(self, chat: int, now: datetime, replied_to: int | None) -> Chat:
        """What is kept about the chat, put into its conversation."""
        kept = await self.tried(lambda: self.subscriptions.chat(chat)) or Chat(chat)
        showed = None
        if replied_to is not None:
            sent = await self.tried(lambda: self.subscriptions.sent_as(chat, replied_to))
            showed = sent.showed if sent else None
        self.talk.recall(chat, now, conditions=kept.conditions, flag=kept.flag, technique=showed)
        return kept

    async def known(self, person: int, now: datetime) -> Conversation:
        """The private conversation with a person, with what is kept; nothing is put down.

        The private chat with a person has the person's id.
        """
        kept = await self.tried(lambda: self.subscriptions.chat(person)) or Chat(person)
        return self.talk.so_far(person, now, conditions=kept.conditions, flag=kept.flag)

    async def raised(self, kept: Chat, urgent: Urgent, reply: Reply) -> Reply:
        """A red flag, told; reminders wait until it has been looked at."""
        flag = _own_flag(urgent.alarms)
        if flag is None or kept.flag == flag:
            return reply
        held = await self.tried(lambda: self.subscriptions.hold(kept.id, flag))
        return on_hold(self.talk.knowledge, reply) if held else reply

    async def in_step(self, kept: Chat, reply: Reply, now: datetime) -> Reply:
        """What the conversation has changed of what is kept is kept, too."""
        if is_group(kept.id):
            return reply  # what one of them has told holds for nobody else
        held = self.talk.held(kept.id, now)
        if kept.zone and set(held) != set(kept.conditions):
            await self.tried(lambda: self.subscriptions.remember(kept.id, held))
        if kept.flag and not self.talk.alarms(kept.id, now):
            freed = await self.tried(lambda: self.subscriptions.hold(kept.id, None))
            return goes_on(self.talk.knowledge, reply) if freed else reply
        return reply

    async def in_company(
        self, person: int, group: object, now: datetime, turn: Callable[[], Told]
    ) -> Told:
        """What `turn` of the person's conversation `group` returns.

        What is held of them in private holds in it, and what they tell, or take back, in it holds
        in private. The private chat with a person has the person's id.
        """
        kept = await self.recalled(person, now, None)
        self.talk.carry(person, group, now)
        said = turn()
        # There was no waiting since the first, so that nothing is lost.
        self.talk.carry(group, person, now, entry=True)
        await self._keep_up(kept, now)
        return said

    async def _keep_up(self, kept: Chat, now: datetime) -> None:
        """What is held of a person is kept with their reminders.

        What could not be read is not known, so it is not taken back.
        """
        held, flag = self.talk.held(kept.id, now), _own_flag(self.talk.alarms(kept.id, now))
        if kept.zone and set(held) != set(kept.conditions):
            await self.tried(lambda: self.subscriptions.remember(kept.id, held))
        if flag != kept.flag and (flag or kept.zone):
            await self.tried(lambda: self.subscriptions.hold(kept.id, flag))

    async def told(self, chat: int, call: Callable[[], Outcome], now: datetime) -> Reply:
        return await self.reply(chat, await self.tried(call), now)

    async def reply(self, chat: int, outcome: Outcome | None, now: datetime) -> Reply:
        """The reply; with a reminder, what is held of the person is kept."""
        if outcome is None:
            return said(self.talk.knowledge, self.talk.knowledge.messages.reminder.failed)
        if not isinstance(outcome, Confirmed) or is_group(chat):
            return outcome_reply(self.talk.knowledge, outcome, now)
        held = self.talk.held(chat, now)
        await self.tried(lambda: self.subscriptions.remember(chat, held))
        reply = outcome_reply(self.talk.knowledge, replace(outcome, conditions=held), now)
        flag = _own_flag(self.talk.alarms(chat, now))
        if flag is None:
            return reply
        await self.tried(lambda: self.subscriptions.hold(chat, flag))
        return on_hold(self.talk.knowledge, reply)

    def toast(self, outcome: Outcome | None) -> str:
        if outcome is None:
            return self.talk.knowledge.messages.reminder.failed
        return toast(self.talk.knowledge, outcome)

    async def tried(self, call: Callable[[], Told]) -> Told | None:
        """What the call returns; None where the database has failed, and nothing is changed."""
        try:
            return await asyncio.to_thread(call)
        except StoreError as error:
            log.error("not kept: %s", error)  # noqa: TRY400 - it says what is wrong
            return None


def _own_flag(alarms: Iterable[Alarm]) -> str | None:
    """The red flag that the person has named of themselves."""
    return next((alarm.flag for alarm in alarms if not alarm.of_other), None)
