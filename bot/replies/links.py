"""Links that open the private chat at a certain place, or add the bot to a group."""

from __future__ import annotations

from collections.abc import Callable

from bot.replies.digits import is_number

ASK, REMIND, GROUP = "ask", "remind", "group"
LAST = "last"  # what the person was answered with last, where a link must not say what it was
LINKED_PAGES = (ASK, LAST, "techniques", "symptoms", "privacy")
_ENTRY, _JOIN = "e-", "j-"
_ID = 9  # digits: more than reminders are ever numbered with

Link = Callable[[str], str]  # a payload -> the address that opens the private chat with it


def deep_link(username: str, payload: str) -> str:
    """The address; a payload has at most 64 of A-Z a-z 0-9 _ -, and an id at most 40."""
    return f"https://t.me/{username}?start={payload}"


def group_link(username: str) -> str:
    """The address that lets a person choose a group to add the bot to.

    There the bot then gets "/start@username group".
    """
    return f"https://t.me/{username}?startgroup={GROUP}"


def entry_link(id: str) -> str:
    """The payload that opens an entry."""
    return f"{_ENTRY}{id}"


def linked_entry(payload: str) -> str | None:
    """The id that a payload names, or None where it is of another kind."""
    return payload.removeprefix(_ENTRY) if payload.startswith(_ENTRY) else None


def joining_link(reminder: int) -> str:
    """The payload that gives a person the same reminder that a group has."""
    return f"{_JOIN}{reminder}"


def linked_reminder(payload: str) -> int | None:
    """The id of the group's reminder that a payload names, or None where it is of another kind."""
    id = payload.removeprefix(_JOIN)
    return int(id) if payload.startswith(_JOIN) and is_number(id, _ID) else None
