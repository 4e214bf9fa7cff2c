"""The members of a group: how they change, and the methods that ask for them."""

from __future__ import annotations

from tests.telegram.access import Rights, reachable
from tests.telegram.errors import bad_request
from tests.telegram.members import Roster, chat_member, is_inside
from tests.telegram.schema import Json
from tests.telegram.state import Chat, State


def change_member(state: State, chat: Chat, actor: Json, member: Json) -> None:
    """Make this ChatMember the user's; the bot is told of itself, and as administrator of others.

    Whoever changes a member announces it to those who wait.
    """
    roster = roster_of(chat)
    user, bot_id = member["user"], state.bot["id"]
    old = roster.members.get(user["id"], chat_member(user, "left"))
    roster.members[user["id"]] = member
    update = {
        "chat": chat.as_json(),
        "from": actor,
        "date": state.date,
        "old_chat_member": old,
        "new_chat_member": member,
    }
    if user["id"] == bot_id:
        state.updates.add("my_chat_member", update)
    elif roster.rules(bot_id):
        state.updates.add("chat_member", update)


def roster_of(chat: Chat) -> Roster:
    """The chat's roster; ValueError for a chat that is no group."""
    if chat.roster is None:
        raise ValueError(f"chat {chat.id} has no members to change")
    return chat.roster


def get_chat_member(state: State, parameters: Json) -> Json:
    """getChatMember: "left" of whoever is known and not there."""
    chat = reachable(state, parameters["chat_id"], Rights.READ_MEMBERS)
    user_id = parameters["user_id"]
    members = _members(state, chat)
    if user_id in members:
        return members[user_id]
    if user_id not in state.users:
        raise bad_request("user not found")
    return chat_member(state.users[user_id], "left")


def get_chat_administrators(state: State, parameters: Json) -> list[Json]:
    """getChatAdministrators: without other bots, unless return_bots."""
    chat = reachable(state, parameters["chat_id"], Rights.READ_MEMBERS)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    others = parameters.get("return_bots", False)
    return [
        member
        for member in _members(state, chat).values()
        if member["status"] in {"administrator", "creator"}
        and (others or not member["user"]["is_bot"] or member["user"]["id"] == state.bot["id"])
    ]


def get_chat_member_count(state: State, parameters: Json) -> int:
    """getChatMemberCount: people and bots."""
    chat = reachable(state, parameters["chat_id"], Rights.READ_MEMBERS)
    return sum(map(is_inside, _members(state, chat).values()))


def leave_chat(state: State, parameters: Json) -> bool:
    """leaveChat: the bot is told that it is gone."""
    chat = reachable(state, parameters["chat_id"], Rights.READ)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if chat.roster is not None and chat.roster.holds(state.bot["id"]):
        change_member(state, chat, state.bot, chat_member(state.bot, "left"))
    return True


def _members(state: State, chat: Chat) -> dict[int, Json]:
    if chat.roster is not None:
        return chat.roster.members
    there = [state.bot] + [user for user in state.users.values() if user["id"] == chat.id]
    return {user["id"]: chat_member(user, "member") for user in there}
