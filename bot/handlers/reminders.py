"""What is only about reminders: /remind, where people are, and groups that move."""

from __future__ import annotations

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.handlers.context import Context
from bot.handlers.gate import IN_PRIVATE
from bot.handlers.sending import send
from bot.reminders.geography import zone_at


async def remind(update: Update, context: Context) -> None:
    """Sets a reminder in the words behind the command, or asks for what is missing."""
    message = update.effective_message
    if message is not None and message.text is not None:
        _, _, wish = message.text.partition(" ")
        await send(message, await context.hearing.wishes(message.chat_id, wish, context.now))


async def take_location(update: Update, context: Context) -> None:
    """Takes the time zone from where a person says to be."""
    message = update.effective_message
    if message is not None and message.location is not None:
        zone = zone_at(message.location.latitude, message.location.longitude)
        await send(message, await context.hearing.located(message.chat_id, zone, context.now))


async def follow_group(update: Update, context: Context) -> None:
    """Lets everything of a group move along when it becomes a supergroup."""
    message = update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        await context.hearing.moves(message.chat_id, message.migrate_to_chat_id)
        await context.bot_data.keeper.look()


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("remind", remind, filters=IN_PRIVATE),
    MessageHandler(IN_PRIVATE & filters.LOCATION, take_location),
    MessageHandler(filters.StatusUpdate.MIGRATE, follow_group),
]
