"""Links that open the private chat at a certain place: what stands behind ?start=."""

from __future__ import annotations

ASK, REMIND = "ask", "remind"
_ENTRY = "e-"


def deep_link(username: str, payload: str) -> str:
    """The address; a payload has at most 64 of A-Z a-z 0-9 _ -, and an id at most 40."""
    return f"https://t.me/{username}?start={payload}"


def entry_link(id: str) -> str:
    """The payload that opens an entry."""
    return f"{_ENTRY}{id}"


def linked_entry(payload: str) -> str | None:
    """The id that a payload names, or None where it is of another kind."""
    return payload.removeprefix(_ENTRY) if payload.startswith(_ENTRY) else None
