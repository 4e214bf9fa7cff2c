"""Free text in a private chat, and the buttons under the answers."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.handlers.context import Context
from bot.handlers.sending import edit, edit_buttons, send
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
    if query.message is None:
        await query.answer()
        return
    action = decode(query.data or "")
    pressed = await context.hearing.presses(query.message.chat.id, action, context.now)
    await query.answer(pressed.toast)
    if pressed.edit is not None:
        await edit(query, pressed.edit)
    if pressed.buttons is not None:
        await edit_buttons(query, pressed.buttons)
    if pressed.send is not None and isinstance(query.message, Message):
        await send(query.message, pressed.send)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(press_button),
    # Commands that no handler knows are answered like any other text.
    MessageHandler(filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, answer_text),
]
