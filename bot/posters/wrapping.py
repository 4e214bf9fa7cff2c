"""Text in a box: as large as it fits, in lines of about the same width."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import BotError
from bot.posters.typeface import Typeface

LEADING = 1.2  # from line to line, of the size

TOO_LONG = "This is too long for a poster: {text}"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text may be set; sizes and the height of its box are in dots."""

    largest: int
    smallest: int
    height: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A text as it is set."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


def fitted(typeface: Typeface, text: str, style: Style, width: int) -> Block:
    """`text` in a box of `width` dots: smaller rather than longer, and words are broken last.

    Raises BotError where it does not even fit at the smallest.
    """
    for size in range(style.largest, style.smallest - 1, -2):
        wrapping = _Wrapping(typeface, size, bold=style.bold)
        words = text.split()
        if all(wrapping.width(word) <= width for word in words):
            block = Block(wrapping.wrapped(words, width), size)
            if block.height <= style.height:
                return Block(wrapping.balanced(words, width), size)
    wrapping = _Wrapping(typeface, style.smallest, bold=style.bold)
    block = Block(wrapping.wrapped(wrapping.broken(text, width), width), style.smallest)
    if block.height <= style.height:
        return block
    raise BotError(TOO_LONG.format(text=text))


@dataclass(frozen=True, slots=True)
class _Wrapping:
    typeface: Typeface
    size: int
    bold: bool

    def width(self, text: str) -> float:
        return self.typeface.width(text, self.size, bold=self.bold)

    def balanced(self, words: list[str], width: int) -> tuple[str, ...]:
        """As few lines as possible, and those as narrow as possible."""
        lines = self.wrapped(words, width)
        widest_word = int(max(map(self.width, words))) + 1
        widths = range(widest_word, width)
        narrow = bisect_left(widths, -len(lines), key=lambda w: -len(self.wrapped(words, w)))
        return self.wrapped(words, widths[narrow]) if narrow < len(widths) else lines

    def wrapped(self, words: list[str], width: int) -> tuple[str, ...]:
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)

    def broken(self, text: str, width: int) -> list[str]:
        """The words of `text`, those that are wider than a line in pieces."""
        return [piece for word in text.split() for piece in self._pieces(word, width)]

    def _pieces(self, word: str, width: int) -> Iterator[str]:
        piece = ""
        for letter in word:
            if piece and self.width(piece + letter) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece
