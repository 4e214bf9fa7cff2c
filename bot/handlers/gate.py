"""What nobody has said to the bot, and is passed over before any other handler sees it.

That is: channels and the chats of businesses, other bots, what is only passed on into a group, what
is changed there afterwards, and what holds neither words nor a picture or the like. That a group
has changed is nobody's message; who keeps a group's settings wants to know of it.
"""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.handlers.context import Context

# What is written to the bot itself, or changed there. Without the second condition it would also be
# what others write to each other where the bot is called as a guest.
IN_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES


async def pass_over(update: Update, context: Context) -> None:
    """Does nothing, and so keeps the update from the handlers that come later."""


class _Uninvited(filters.UpdateFilter):
    """Asked about messages of all kinds, and about nothing else."""

    def filter(self, update: Update) -> bool:
        posts = update.channel_post or update.edited_channel_post
        if posts or update.business_message or update.edited_business_message:
            return True
        message = update.message or update.edited_message
        if message is None:  # somebody calls the bot as a guest
            return False
        if message.business_connection_id is not None:
            return True
        told = bool(filters.StatusUpdate.ALL.check_update(update))  # the chat itself has changed
        if message.chat.type == ChatType.PRIVATE:
            return told or not (_is_by_a_person(message) and _says_something(message))
        here = update.edited_message is None and _is_written_here(message)
        return not told and not (here and _says_something(message))


def _is_by_a_person(message: Message) -> bool:
    """Also what somebody has picked of another bot, but not of this one."""
    own = message.via_bot is not None and message.via_bot.id == message.get_bot().id
    sender = message.from_user
    return sender is not None and sender.is_bot is False and not own


def _says_something(message: Message) -> bool:
    """Not so the traces of payments and the like."""
    if message.text or message.caption:
        return True
    if message.successful_payment or message.invoice or message.passport_data:
        return False
    return bool(message.effective_attachment or message.checklist)


def _is_written_here(message: Message) -> bool:
    """Whether a member of the group has written it, perhaps as an anonymous administrator."""
    behalf = message.sender_chat is not None and message.sender_chat.id == message.chat_id
    passed_on = message.forward_origin or message.via_bot or message.is_automatic_forward
    by_bot = message.from_user is None or message.from_user.is_bot is not False
    return not passed_on and (behalf or not by_bot)


HANDLERS: list[BaseHandler[Update, Context, None]] = [MessageHandler(_Uninvited(), pass_over)]
