"""Replies as plain text: for the terminal, and for whatever reads the bot's JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from bot.replies.reply import Block, Closing, Grid, Heading, Items, Paragraph, Reply, Warn

Style = Callable[[str], str]


def plain(reply: Reply, width: int | None = None, bold: Style = str, warn: Style = str) -> str:
    """The text of `reply`, its lines at most `width` wide where one is given.

    `bold` and `warn` mark headings and cautions up, for a terminal with colour.
    """
    return "\n\n".join(_block(block, width, bold, warn) for block in reply.blocks)


def _block(block: Block, width: int | None, bold: Style, warn: Style) -> str:
    match block:
        case Heading(text):
            return bold(_wrapped(text, width))
        case Paragraph() | Closing():
            return _paragraph(block, width, bold)
        case Items(items, label, numbered):
            marks = [f"{n}. " if numbered else "- " for n in range(1, len(items) + 1)]
            lines = [_wrapped(i, width, mark) for i, mark in zip(items, marks, strict=True)]
            return "\n".join([bold(f"{label}:"), *lines] if label else lines)
        case Grid(text):
            return text
        case Warn(lines):
            return "\n".join(warn(_wrapped(_labelled(line), width, "! ")) for line in lines)


def _paragraph(block: Paragraph | Closing, width: int | None, bold: Style) -> str:
    if isinstance(block, Closing) or block.label is None:
        return _wrapped(block.text, width)
    wrapped = _wrapped(_labelled(block), width)
    label = f"{block.label}:"
    return bold(label) + wrapped.removeprefix(label) if wrapped.startswith(label) else wrapped


def _labelled(paragraph: Paragraph) -> str:
    return f"{paragraph.label}: {paragraph.text}" if paragraph.label else paragraph.text


def _wrapped(text: str, width: int | None, mark: str = "") -> str:
    if width is None:
        return mark + text
    return textwrap.fill(
        text, width, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False
    )
