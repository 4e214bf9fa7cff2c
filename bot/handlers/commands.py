"""The commands: each shows one of the pages."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.handlers.context import Context
from bot.handlers.sending import send
from bot.replies.pages import COMMANDS

REMINDERS = ("reminders", "next", "log", "streak", "stop")  # pages of the reminders


async def show_page(update: Update, context: Context) -> None:
    """Shows the page that the command names."""
    message = update.effective_message
    if message is not None and message.text is not None:
        name = message.text.split()[0].removeprefix("/").partition("@")[0].lower()
        await send(message, await context.hearing.page(message.chat_id, name, context.now))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler([*COMMANDS, *REMINDERS], show_page, filters=filters.ChatType.PRIVATE),
]
