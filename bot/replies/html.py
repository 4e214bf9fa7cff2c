"""Replies as Telegram's HTML, in messages within Telegram's limit."""

from __future__ import annotations

from html import escape

from bot.replies.reply import Block, Closing, Grid, Heading, Items, Paragraph, Reply, Warn

LIMIT = 4096  # UTF-16 code units of one message, after the entities are parsed
WARNING = "\N{WARNING SIGN}\N{VARIATION SELECTOR-16}"


def messages(reply: Reply) -> tuple[str, ...]:
    """The HTML of each message that `reply` takes: blocks are kept whole, none passes LIMIT."""
    parts: list[list[str]] = [[]]
    room = LIMIT
    for block in reply.blocks:
        html = _block(block)
        size = length(html) + 2
        if size > room and parts[-1]:
            parts.append([])
            room = LIMIT
        parts[-1].append(html)
        room -= size
    return tuple("\n\n".join(part) for part in parts)


def length(html: str) -> int:
    """UTF-16 code units of `html`, markup included: never less than what Telegram counts."""
    return len(html.encode("utf-16-le")) // 2


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<b>{_text(text)}</b>"
        case Paragraph():
            return _paragraph(block)
        case Items(items, label, numbered):
            marks = (f"{n}." if numbered else "•" for n in range(1, len(items) + 1))
            lines = [f"{mark} {_text(item)}" for mark, item in zip(marks, items, strict=True)]
            return "\n".join([f"<b>{_text(label)}</b>", *lines] if label else lines)
        case Warn(lines):
            warned = "\n".join(_paragraph(line) for line in lines)
            return f"<blockquote>{WARNING} {warned}</blockquote>"
        case Closing(text):
            return f"<i>{_text(text)}</i>"
        case Grid(text):
            return f"<pre>{_text(text)}</pre>"


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.label is None:
        return _text(paragraph.text)
    return f"<b>{_text(paragraph.label)}:</b> {_text(paragraph.text)}"


def _text(text: str) -> str:
    return escape(text, quote=False)
