"""Free text in a private chat, and the buttons under the answers."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.handlers.context import Context
from bot.handlers.sending import edit, send
from bot.replies.actions import decode


async def answer_text(update: Update, context: Context) -> None:
    """Answers what was written; a picture's caption counts, a picture alone has no words."""
    message = update.effective_message
    if message is not None:
        said = message.text or message.caption or ""
        _, reply = context.talk.says(message.chat_id, said, context.now)
        await send(message, reply)


async def press_button(update: Update, context: Context) -> None:
    """Does what the button says: menus change in place, anything else is a new message."""
    query = update.callback_query
    if query is None:
        return
    await query.answer()
    action = decode(query.data or "")
    if query.message is None:
        return
    key = query.message.chat.id
    menu = context.talk.menu(key, action, context.now)
    if menu is not None:
        await edit(query, menu)
    elif isinstance(query.message, Message):
        await send(query.message, context.talk.presses(key, action, context.now))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(press_button),
    # Commands that no handler knows are answered like any other text.
    MessageHandler(filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, answer_text),
]
