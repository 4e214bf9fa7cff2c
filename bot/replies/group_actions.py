"""What the buttons under an answer in a group do: each action as callback data and back.

They are for whoever asked, and the data says who that is, so they work after a restart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.replies.digits import is_number

PREFIX = "g:"
ANYBODY = 0
_ENTRY = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Choose:
    """Put the short answer of an entry in the place of the choice; `asker` may, or ANYBODY."""

    entry: str
    asker: int = ANYBODY


def encode(action: Choose) -> str:
    """The callback data: an id of Telegram's has at most 52 bits, so it fits in 64 bytes."""
    return f"{PREFIX}{action.asker}:{action.entry}"


def decode(data: str) -> Choose | None:
    """The action of callback data, or None where it is of no kind known here."""
    asker, _, entry = data.removeprefix(PREFIX).partition(":")
    if not data.startswith(PREFIX) or not is_number(asker) or not _ENTRY.fullmatch(entry):
        return None
    return Choose(entry, int(asker))
