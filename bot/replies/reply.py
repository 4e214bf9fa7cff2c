"""A reply as blocks of meaning and buttons, before it is set for Telegram or for a terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, led by a bold label where it has one."""

    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list under a bold label; `numbered` when the order matters."""

    items: tuple[str, ...]
    label: str | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Warn:
    """Lines that must not be overlooked, each with its own label."""

    lines: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """The caveat at the end."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of characters of the same width, such as a calendar."""

    text: str


Block = Heading | Paragraph | Items | Warn | Closing | Grid


@dataclass(frozen=True, slots=True)
class Button:
    """`data` says what a press does, see actions.py; at most 64 bytes. Or it opens a `url`."""

    text: str
    data: str = ""
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and the rows of buttons under it."""

    blocks: tuple[Block, ...]
    buttons: Rows = ()
