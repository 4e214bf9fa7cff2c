"""Sending replies: as new messages, or in place of the message whose button was pressed."""

from __future__ import annotations

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.replies.html import messages
from bot.replies.reply import Reply

_NOT_MODIFIED = "message is not modified"


async def send(to: Message, reply: Reply) -> None:
    """Sends `reply` to the chat of `to`, its buttons under the last message."""
    *first, last = messages(reply)
    for html in first:
        await to.reply_html(html)
    await to.reply_html(last, reply_markup=_keyboard(reply))


async def edit(query: CallbackQuery, reply: Reply) -> None:
    """Puts `reply` in the place of the message under which the button was pressed."""
    try:
        await query.edit_message_text(messages(reply)[0], reply_markup=_keyboard(reply))
    except BadRequest as error:
        if _NOT_MODIFIED not in error.message.lower():
            raise


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(button.text, callback_data=button.data) for button in row]
        for row in reply.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None
