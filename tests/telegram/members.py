"""Who is in a group, as the Bot API's ChatMember objects, and what else only groups have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.telegram.schema import Json, Shape, bot_api, checked

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

# Whoever writes on behalf of the group itself.
ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}

_TYPES: dict[Status, str] = {
    "creator": "ChatMemberOwner",
    "administrator": "ChatMemberAdministrator",
    "member": "ChatMemberMember",
    "restricted": "ChatMemberRestricted",
    "left": "ChatMemberLeft",
    "kicked": "ChatMemberBanned",
}


@dataclass
class Roster:
    """members are ChatMember by user id, also of those who left; topics are names by id.

    last_bot is the bot that wrote last; migrated_to the supergroup that the group became.
    """

    members: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    last_bot: int | None = None
    migrated_to: int | None = None

    def status(self, user_id: int) -> str:
        """The member's status, "left" for whoever was never there."""
        member = self.members.get(user_id)
        return str(member["status"]) if member else "left"

    def holds(self, user_id: int) -> bool:
        """Whether the user is in the group now."""
        return is_inside(self.members[user_id]) if user_id in self.members else False

    def rules(self, user_id: int) -> bool:
        """Whether the user is an administrator or the creator."""
        return self.status(user_id) in {"administrator", "creator"}


def chat_member(user: Json, status: Status, rights: Json | None = None) -> Json:
    """A ChatMember; rights that are not named are not given. ValueError for unknown rights."""
    shape = bot_api().types[_TYPES[status]]
    assert isinstance(shape, Shape)
    flags = {name: False for name, types in shape.required.items() if types == ("Boolean",)}
    dates = {name: 0 for name, types in shape.required.items() if types == ("Integer",)}
    always = {"is_member": True} if status == "restricted" else {}
    if status == "administrator":
        always = {"can_manage_chat": True}
    member = {"status": status, "user": user} | flags | dates | always | (rights or {})
    return checked(_TYPES[status], member)


def is_inside(member: Json) -> bool:
    """Whether a ChatMember is in the group; a restricted one may have left."""
    return bool(member.get("is_member", member["status"] not in {"left", "kicked"}))
