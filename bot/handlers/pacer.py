"""The pace of what is sent: under Telegram's limits, answers to people before reminders."""

from __future__ import annotations

import asyncio
import itertools
import logging
import re
import time
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from math import ceil, inf
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter
from telegram.warnings import PTBDeprecationWarning

from bot.handlers.windows import Chat, Limits, Line, Ticket

log = logging.getLogger(__name__)

REMINDER = "reminder"
ATTEMPTS = 3
LONGEST_WAIT = 60.0  # seconds: whoever asked has gone by then

Answer = bool | dict[str, Any] | list[dict[str, Any]]

# The methods that post or change a message. "is typing" is none.
_MESSAGES = re.compile(
    r"send(?!ChatAction$)|copyMessage|forwardMessage|editMessage|deleteMessages?$"
    r"|stopPoll$|stopMessageLiveLocation$|setGameScore$"
)


class StoppingError(TelegramError):
    """The message was not sent, because the bot is stopping."""

    def __init__(self) -> None:
        super().__init__("not sent: the bot is stopping")


class Pacer(BaseRateLimiter[str]):
    """Lets a message go when all limits have room; other calls go at once.

    `rate_limit_args` is REMINDER, or None for an answer to a person. Raises RetryAfter, for a
    reminder at the first 429, for an answer after ATTEMPTS, and for both, unsent, during a halt
    of more than LONGEST_WAIT; and StoppingError.
    """

    def __init__(
        self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._line = Line(limits or Limits())
        self._numbers = itertools.count()
        self._turns: dict[Ticket, asyncio.Future[None]] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._stopped = False

    @property
    def chats(self) -> int:
        """How many chats are remembered: those of the last minute."""
        return self._line.chats

    async def initialize(self) -> None:
        self._stopped = False

    async def shutdown(self) -> None:
        self._stopped = True
        self._refuse_all(StoppingError)
        self._set_alarm(inf)

    async def process_request(  # noqa: PLR0913, PLR0917 - python-telegram-bot's own
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Answer:
        chat = _chat(endpoint, data)
        if chat is None:
            return await callback(*args, **kwargs)
        ticket = Ticket(next(self._numbers), chat, rate_limit_args == REMINDER)
        attempt = 1
        while True:
            async with self._turn(ticket):
                try:
                    return await callback(*args, **kwargs)
                except RetryAfter as error:
                    self._halt(wished_wait(error), attempt)
                    if ticket.reminder or attempt == ATTEMPTS or wished_wait(error) > LONGEST_WAIT:
                        raise
            attempt += 1

    @asynccontextmanager
    async def _turn(self, ticket: Ticket) -> AsyncIterator[None]:
        """Begins when it is the ticket's turn, and ends when its answer has come."""
        try:
            await self._wait(ticket)
            yield
        finally:
            self._turns.pop(ticket, None)
            self._line.leave(ticket, self._clock())
            self._let_go()

    async def _wait(self, ticket: Ticket) -> None:
        while True:
            self._refuse_if_vain()
            turn = self._turns[ticket] = asyncio.get_running_loop().create_future()
            self._line.join(ticket)
            self._let_go()
            await turn
            if self._halted_for() <= 0:
                return
            # The halt was told between its turn and this line.
            self._line.leave(ticket, self._clock())

    def _let_go(self) -> None:
        gone, look_again_at = self._line.let_go(self._clock())
        for ticket in gone:
            turn = self._turns.pop(ticket)
            if not turn.done():  # cancelled at this very moment, and about to leave
                turn.set_result(None)
        self._set_alarm(look_again_at)

    def _set_alarm(self, at: float) -> None:
        if self._alarm:
            self._alarm.cancel()
        self._alarm = None
        if at < inf:
            delay = max(0.0, at - self._clock())
            self._alarm = asyncio.get_running_loop().call_later(delay, self._let_go)

    def _halt(self, seconds: float, attempt: int) -> None:
        # Telegram does not tell whose limit it was, the chat's or the bot's. A message to any
        # chat could be one too many, and each of those makes the wait longer.
        log.warning("too many messages: waiting=%.0f s attempt=%d", seconds, attempt)
        self._line.halt(self._clock() + seconds)
        if seconds > LONGEST_WAIT:
            self._refuse_all(lambda: _retry_after(seconds))

    def _halted_for(self) -> float:
        return self._line.halted_until - self._clock()

    def _refuse_if_vain(self) -> None:
        if self._stopped:
            raise StoppingError
        if self._halted_for() > LONGEST_WAIT:
            raise _retry_after(self._halted_for())

    def _refuse_all(self, error: Callable[[], TelegramError]) -> None:
        """Ends the waiting of all; they leave the line by themselves."""
        for turn in self._turns.values():
            if not turn.done():
                turn.set_exception(error())


def _chat(endpoint: str, data: Mapping[str, object]) -> Chat | None:
    """The chat to which this posts, or in which it changes a message; None for other calls."""
    chat = data.get("chat_id")
    if chat is None or not _MESSAGES.match(endpoint):
        return None
    try:
        return int(str(chat))
    except ValueError:
        return str(chat).lower()


def wished_wait(error: RetryAfter) -> float:
    """The seconds that Telegram told to wait."""
    with _quietly():
        told = error.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else float(told)


def _retry_after(seconds: float) -> RetryAfter:
    with _quietly():
        return RetryAfter(ceil(seconds))


def _quietly() -> warnings.catch_warnings[None]:
    """Without the library's warning that retry_after will be a timedelta: both are read."""
    return warnings.catch_warnings(action="ignore", category=PTBDeprecationWarning)
