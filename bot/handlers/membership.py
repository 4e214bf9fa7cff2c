"""The bot's coming into groups, its leaving, and what it may do there; and being blocked."""

from __future__ import annotations

import logging

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import BaseHandler, ChatMemberHandler

from bot.handlers.context import Context
from bot.replies.groups import introduction
from bot.replies.html import messages

log = logging.getLogger(__name__)

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED)
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


async def follow(update: Update, context: Context) -> None:
    """Says once what it does when it comes into a group; sends nothing where it may not write.

    To be made an administrator changes nothing: it sees more, and is just as quiet.
    """
    changed = update.my_chat_member
    if changed is None:
        return
    chat, old, new = changed.chat, changed.old_chat_member, changed.new_chat_member
    if not _may_write(new):
        await context.hearing.leaves(chat.id, context.now)
        return
    if chat.type not in _GROUPS:
        return
    await context.hosting.comes(chat.id)
    if old.status in _OUTSIDE and new.status in _INSIDE:
        reply = introduction(context.hearing.talk.knowledge, f"@{context.bot.username}")
        try:
            await context.bot.send_message(chat.id, messages(reply)[0])
        except (BadRequest, Forbidden) as error:
            log.info("not introduced: chat=%d %s", chat.id, error)


def _may_write(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status not in _OUTSIDE


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    ChatMemberHandler(follow, ChatMemberHandler.MY_CHAT_MEMBER),
]
