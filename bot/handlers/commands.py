"""The commands: each shows one of the pages."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot.handlers.context import Context
from bot.handlers.gate import IN_PRIVATE
from bot.handlers.sending import send
from bot.replies.actions import OpenEntry
from bot.replies.links import LINKED_PAGES, REMIND, group_link, linked_entry, linked_reminder
from bot.replies.pages import COMMANDS
from bot.replies.reply import Button, Reply

REMINDERS = ("reminders", "next", "log", "streak", "stop")  # pages of the reminders
HELP = "help"


async def show_page(update: Update, context: Context) -> None:
    """Shows the page that the command names."""
    message = update.effective_message
    if message is not None and message.text is not None:
        name = message.text.split()[0].removeprefix("/").partition("@")[0].lower()
        page = await context.hearing.page(message.chat_id, name, context.now)
        await send(message, _inviting(page, context) if name == HELP else page)


async def start(update: Update, context: Context) -> None:
    """Begins anew, or where a link has led: at an entry, a page, or a reminder."""
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
    elif payload in LINKED_PAGES:
        await send(message, await hearing.page(message.chat_id, payload, now))
    else:
        page = await hearing.page(message.chat_id, "start", now)
        await send(message, _inviting(page, context))


def _inviting(page: Reply, context: Context) -> Reply:
    """The page with a last button that adds the bot to a group."""
    add = context.hearing.talk.knowledge.messages.group.add
    row = (Button(add, url=group_link(context.bot.username)),)
    return Reply(page.blocks, (*page.buttons, row))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("start", start, filters=IN_PRIVATE),
    CommandHandler([*COMMANDS, *REMINDERS], show_page, filters=IN_PRIVATE),
]
