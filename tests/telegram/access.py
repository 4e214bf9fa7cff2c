"""Which chats the bot may look into, write to and clear: the checks before a method does anything.

They follow telegram-bot-api's own check of access, in its order. A chat without a roster (private,
or put into the state by hand) is open unless the bot is blocked.
"""

from __future__ import annotations

from enum import Enum, auto

from tests.telegram.errors import BLOCKED, ApiError, bad_request
from tests.telegram.members import Roster, is_inside
from tests.telegram.sent import Record
from tests.telegram.state import Chat, State


class Rights(Enum):
    """What a method needs."""

    READ = auto()
    READ_MEMBERS = auto()
    EDIT = auto()
    WRITE = auto()


def reachable(state: State, chat_id: int | str, rights: Rights) -> Chat:
    """The chat; ApiError 400 for none or for one that migrated, 403 where the bot is not in."""
    chat = state.chat(chat_id)
    if chat.blocked and rights in {Rights.EDIT, Rights.WRITE}:
        raise ApiError(*BLOCKED)
    if chat.roster is not None:
        _check_group(state, chat, chat.roster, rights)
    return chat


def check_may_send(state: State, chat: Chat, right: str, what: str) -> None:
    """ApiError 400 where the bot is restricted from sending what needs the right."""
    member = chat.roster.members[state.bot["id"]] if chat.roster else {}
    if member.get("status") == "restricted" and not member.get(right):
        raise bad_request(f"not enough rights to send {what} to the chat")


def may_delete(state: State, chat: Chat, record: Record) -> bool:
    """Whether the bot may delete: its own messages, and those of others where it has the right.

    A service message about a new topic stays. An administrator of a basic group needs no right.
    """
    roster, bot_id = chat.roster, state.bot["id"]
    if roster is None:
        return True
    if "forum_topic_created" in record.message or "supergroup_chat_created" in record.message:
        return False
    if record.message["from"]["id"] == bot_id:
        return True
    may = bool(roster.members[bot_id].get("can_delete_messages"))
    return roster.rules(bot_id) and (may or chat.type == "group")


def _check_group(state: State, chat: Chat, roster: Roster, rights: Rights) -> None:
    basic = chat.type == "group"
    if roster.migrated_to is not None:
        if rights in {Rights.READ_MEMBERS, Rights.WRITE}:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, reason, {"migrate_to_chat_id": roster.migrated_to})
        return
    if basic and rights is Rights.READ:
        return
    member = roster.members[state.bot["id"]]
    if member["status"] == "kicked":
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.type} chat")
    closed = basic or "username" not in chat.about or rights in {Rights.EDIT, Rights.WRITE}
    if closed and not is_inside(member):
        raise ApiError(403, f"Forbidden: bot is not a member of the {chat.type} chat")
