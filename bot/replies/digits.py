"""Numbers in what a button or a link brings back: anybody may have written them."""

from __future__ import annotations

ID = 16  # digits: an id of Telegram's has at most 52 bits


def is_number(text: str, most: int = ID) -> bool:
    """Whether it is 1 to `most` of the digits 0 to 9, and nothing else."""
    return text.isascii() and text.isdigit() and len(text) <= most


def read_number(text: str, most: int = ID) -> int:
    """ValueError where it is no number of at most so many digits."""
    if not is_number(text, most):
        raise ValueError(text)
    return int(text)
