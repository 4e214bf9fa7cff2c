"""Sending replies: as new messages, or in place of the message whose button was pressed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, RetryAfter

from bot.replies.html import messages
from bot.replies.reply import Reply

log = logging.getLogger(__name__)

ATTEMPTS = 3
LONGEST_WAIT = 60.0  # seconds: whoever asked has gone by then
_NOT_MODIFIED = "message is not modified"


async def send(to: Message, reply: Reply) -> None:
    """Sends `reply` to the chat of `to`, its buttons under the last message."""
    *first, last = messages(reply)
    for html in first:
        await _patiently(partial(to.reply_html, html))
    await _patiently(partial(to.reply_html, last, reply_markup=_keyboard(reply)))


async def edit(query: CallbackQuery, reply: Reply) -> None:
    """Puts `reply` in the place of the message under which the button was pressed."""
    text, keyboard = messages(reply)[0], _keyboard(reply)
    try:
        await _patiently(partial(query.edit_message_text, text, reply_markup=keyboard))
    except BadRequest as error:
        if _NOT_MODIFIED not in error.message.lower():
            raise


async def _patiently(call: Callable[[], Awaitable[object]]) -> None:
    """Calls, and waits as long as Telegram says before it tries again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            await call()
        except RetryAfter as error:
            told = error.retry_after
            wait = told.total_seconds() if isinstance(told, timedelta) else float(told)
            if attempt == ATTEMPTS or wait > LONGEST_WAIT:
                raise
            log.warning("too many messages: waiting=%.0f s attempt=%d", wait, attempt)
            await asyncio.sleep(wait)
        else:
            return


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(button.text, callback_data=button.data) for button in row]
        for row in reply.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None
