"""Sending one due reminder to Telegram, and what its answer, or its silence, means."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from telegram import Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.handlers.context import App
from bot.handlers.letters import Letter, groups_letter, persons_letter
from bot.handlers.pacer import REMINDER, StoppingError, wished_wait
from bot.handlers.sending import keyboard, send_quiz
from bot.reminders.due import Again, Dropped, Due, Moved, Result, Sent
from bot.reminders.reminder import Reason, State
from bot.replies.html import messages
from bot.replies.links import deep_link
from bot.replies.sessions import with_topic_gone
from bot.replies.talk import Talk

log = logging.getLogger(__name__)

SOON, LATER = timedelta(seconds=10), timedelta(minutes=1)  # before it is tried again
# The request did not leave this machine. After any other break of the connection it may have
# arrived; a second one could be a duplicate.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_GONE = (
    *("chat not found", "deactivated", "kicked"),
    *("not enough rights", "no rights to send", "need administrator"),
)
_CLOSED = ("topic_closed", "chat_write_forbidden", "chat_restricted")
_TOPIC_GONE = ("message thread not found", "topic_deleted")


class Poster:
    """Sends what is due; see delivery.py for what becomes of the result."""

    def __init__(self, app: App, clock: Callable[[], datetime], *, paid: bool = False) -> None:
        """`paid`: as a paid broadcast, for which Telegram allows more messages a second."""
        self._app = app
        self._clock = clock
        self._paid = paid

    async def __call__(self, due: Due) -> Result:
        """Sends `due`. Raises nothing that Telegram or the network may answer with."""
        talk, chat, now = self._app.bot_data.hearing.talk, due.reminder.chat, self._clock()
        if talk.alarms(chat, now):  # named since it was claimed
            return Dropped(State.SKIPPED, Reason.RED_FLAG)
        letter = await self._letter(due, talk, now)
        if letter is None:
            return Dropped(State.SKIPPED, Reason.NOTHING_FITS)
        try:
            return Sent(await self._send(due, letter, due.reminder.topic), letter.shows)
        except BadRequest as error:
            if due.reminder.topic is None or not _says(error, _TOPIC_GONE):
                return _failed(due, error)
        except TelegramError as error:
            return _failed(due, error)
        letter = replace(letter, reply=with_topic_gone(talk.knowledge, letter.reply))
        try:  # the topic is gone: once to the chat itself
            message = await self._send(due, letter, None)
        except TelegramError as error:
            return _failed(due, error)
        return Sent(message, letter.shows, topic_gone=True)

    async def _letter(self, due: Due, talk: Talk, now: datetime) -> Letter | None:
        """What is sent; to a group in its language. None where nothing fits."""
        chat = due.reminder.chat
        if not due.reminder.is_groups:
            held = (*due.conditions, *talk.held(chat, now))
            return persons_letter(talk.knowledge, due, held, now)
        hosting = self._app.bot_data.hosting
        knowledge = hosting.talk(await hosting.rules(chat)).knowledge
        history = await hosting.history(due.reminder.id, due.day)
        name = self._app.bot.username
        return groups_letter(knowledge, due, history, now, lambda load: deep_link(name, load))

    async def _send(self, due: Due, letter: Letter, topic: int | None) -> int:
        """The id of the message: of the question, where something is said beside it."""
        bot, chat = self._app.bot, due.reminder.chat
        how: dict[str, Any] = {
            "message_thread_id": topic,
            "disable_notification": due.silent,
            "allow_paid_broadcast": self._paid or None,
            "rate_limit_args": REMINDER,
        }
        sent: list[Message] = []
        if letter.poll is not None:
            sent.append(await send_quiz(bot, chat, letter.poll, **how))
        if letter.reply is not None:
            text, buttons = messages(letter.reply)[0], keyboard(letter.reply.buttons)
            sent.append(await bot.send_message(chat, text, reply_markup=buttons, **how))
        return sent[0].message_id


def may_have_arrived(error: NetworkError) -> bool:
    """Whether no answer came to a request that went out; an HTTP status is an answer."""
    cause = error.__cause__
    return cause is not None and not isinstance(cause, (*_NEVER_SENT, TelegramError))


def _failed(due: Due, error: TelegramError) -> Result:
    """What an error means for the occurrence."""
    log.info("reminder not taken: occurrence=%d %s", due.id, error)
    match error:
        case RetryAfter():
            return Again(timedelta(seconds=wished_wait(error)))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Dropped(State.REFUSED, Reason.BLOCKED)
        case BadRequest():
            reason = Reason.BLOCKED if _says(error, _GONE) else Reason.REJECTED
            return Dropped(State.REFUSED, reason)
        case NetworkError() if may_have_arrived(error):
            return Dropped(State.UNCERTAIN, Reason.NO_ANSWER)
        case NetworkError() | StoppingError():
            return Again(SOON)
        case _:
            return Again(LATER)


def may_not_write(error: BadRequest) -> bool:
    """Whether the chat is closed to the bot, for now or for ever."""
    return _says(error, (*_GONE, *_CLOSED, *_TOPIC_GONE))


def _says(error: BadRequest, signs: tuple[str, ...]) -> bool:
    return any(sign in error.message.lower() for sign in signs)
