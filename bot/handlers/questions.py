"""Free text in a private chat, and the buttons under the answers."""

from __future__ import annotations

from typing import TypeGuard

from telegram import MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.handlers.context import Context
from bot.handlers.gate import IN_PRIVATE
from bot.handlers.sending import answer, carry_out, send
from bot.replies.actions import decode


async def answer_text(update: Update, context: Context) -> None:
    """Answers what was written; a picture's caption counts, a picture alone has no words."""
    message = update.effective_message
    if message is not None:
        said = message.text or message.caption or ""
        before = message.reply_to_message
        replied_to = before.message_id if before else None
        reply = await context.hearing.says(message.chat_id, said, context.now, replied_to)
        await send(message, reply)


async def press_button(update: Update, context: Context) -> None:
    """Does what the button says: menus change in place, anything else is a new message."""
    query = update.callback_query
    if query is None:
        return
    if not _is_in_private(query.message):
        await answer(query)
        return
    action = decode(query.data or "")
    pressed = await context.hearing.presses(query.message.chat.id, action, context.now)
    await carry_out(query, pressed)


def _is_in_private(message: MaybeInaccessibleMessage | None) -> TypeGuard[MaybeInaccessibleMessage]:
    """Whether the button is under a message to a person: the data can be made up by anybody."""
    if message is None or message.chat.type != ChatType.PRIVATE:
        return False
    return not isinstance(message, Message) or message.business_connection_id is None


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(press_button),
    # Commands that no handler knows are answered like any other text.
    MessageHandler(IN_PRIVATE & ~filters.StatusUpdate.ALL, answer_text),
]
