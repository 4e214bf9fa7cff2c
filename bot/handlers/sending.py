"""Sending replies: as new messages, or in place of the message whose button was pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.replies.html import messages
from bot.replies.reply import Reply, Rows

_NOT_MODIFIED = "message is not modified"


async def send(to: Message, reply: Reply) -> None:
    """Sends `reply` to the chat of `to`, its buttons under the last message."""
    *first, last = messages(reply)
    for html in first:
        await to.reply_html(html)
    await to.reply_html(last, reply_markup=keyboard(reply.buttons))


async def edit(query: CallbackQuery, reply: Reply) -> None:
    """Puts `reply` in the place of the message under which the button was pressed."""
    text, markup = messages(reply)[0], keyboard(reply.buttons)
    await _edited(partial(query.edit_message_text, text, reply_markup=markup))


async def edit_buttons(query: CallbackQuery, rows: Rows) -> None:
    """Puts other buttons under the message whose button was pressed."""
    await _edited(partial(query.edit_message_reply_markup, keyboard(rows)))


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    buttons = [
        [InlineKeyboardButton(b.text, url=b.url, callback_data=b.data or None) for b in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(buttons) if buttons else None


async def _edited(call: Callable[[], Awaitable[object]]) -> None:
    """Makes the change; that it is made already, by another press, is fine."""
    try:
        await call()
    except BadRequest as error:
        if _NOT_MODIFIED not in error.message.lower():
            raise
