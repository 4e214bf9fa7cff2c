"""The commands: each shows one of the fixed pages."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.handlers.context import Context
from bot.handlers.sending import send
from bot.replies.pages import COMMANDS


async def show_page(update: Update, context: Context) -> None:
    """Shows the page that the command names."""
    message = update.effective_message
    if message is not None and message.text is not None:
        name = message.text.split()[0].removeprefix("/").partition("@")[0].lower()
        await send(message, context.talk.page(message.chat_id, name, context.now))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler(list(COMMANDS), show_page, filters=filters.ChatType.PRIVATE),
]
