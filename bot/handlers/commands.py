"""The commands: each shows one of the pages."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.handlers.context import Context
from bot.handlers.sending import send
from bot.replies.actions import OpenEntry
from bot.replies.links import REMIND, linked_entry, linked_reminder
from bot.replies.pages import COMMANDS

REMINDERS = ("reminders", "next", "log", "streak", "stop")  # pages of the reminders


async def show_page(update: Update, context: Context) -> None:
    """Shows the page that the command names."""
    message = update.effective_message
    if message is not None and message.text is not None:
        name = message.text.split()[0].removeprefix("/").partition("@")[0].lower()
        await send(message, await context.hearing.page(message.chat_id, name, context.now))


async def start(update: Update, context: Context) -> None:
    """Begins anew, or where a link has led: at an entry, or at a reminder."""
    message = update.effective_message
    if message is None:
        return
    hearing, now = context.hearing, context.now
    payload = context.args[0] if context.args else ""
    entry = linked_entry(payload)
    if entry is not None:
        pressed = await hearing.presses(message.chat_id, OpenEntry(entry), now)
        await send(message, pressed.send or await hearing.page(message.chat_id, "start", now))
    elif (shared := linked_reminder(payload)) is not None:
        stretch = await context.hosting.shared(shared)
        await send(message, await hearing.joins(message.chat_id, stretch, now))
    elif payload == REMIND:
        await send(message, await hearing.wishes(message.chat_id, "", now))
    else:
        await send(message, await hearing.page(message.chat_id, "start", now))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("start", start, filters=filters.ChatType.PRIVATE),
    CommandHandler([*COMMANDS, *REMINDERS], show_page, filters=filters.ChatType.PRIVATE),
]
