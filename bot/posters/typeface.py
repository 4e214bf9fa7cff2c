"""The letters of a poster: how wide they are when drawn, and which there are."""

from __future__ import annotations

from pathlib import Path

from PIL.ImageFont import FreeTypeFont, load_default, truetype

from bot.errors import BotError

STROKE = 0.022  # of the size: what makes a line bold, on each side of each stroke
_NO_LETTER = "\uffff"  # never a character, so it is drawn as what is missing is drawn

NO_FONT = "{file} cannot be read as a font. It takes a TrueType or OpenType file (.ttf, .otf)."
NO_FREETYPE = "Pillow was built without FreeType here and has no letters. Install its wheel."


class Typeface:
    """The letters that come with Pillow (those of English), or of a font file.

    Sizes and widths are in dots. Raises BotError for a file that is no font.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._sizes: dict[int, FreeTypeFont] = {}
        self._missing = self._drawn(_NO_LETTER)

    def at(self, size: int) -> FreeTypeFont:
        if size not in self._sizes:
            self._sizes[size] = _opened(self._file, size)
        return self._sizes[size]

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        """How wide `text` is in one line."""
        return self.at(size).getlength(text) + (2 * STROKE * size if bold else 0)

    def lacks(self, text: str) -> tuple[str, ...]:
        """The letters of `text` that are not there, in the order of the alphabet."""
        letters = sorted(set(text))
        return tuple(c for c in letters if not c.isspace() and self._drawn(c) == self._missing)

    def _drawn(self, letter: str) -> bytes:
        return bytes(self.at(40).getmask(letter))


def _opened(file: Path | None, size: int) -> FreeTypeFont:
    try:
        font = load_default(size) if file is None else truetype(file, size)
    except OSError as error:
        raise BotError(NO_FONT.format(file=file)) from error
    if not isinstance(font, FreeTypeFont):
        raise BotError(NO_FREETYPE)
    return font
