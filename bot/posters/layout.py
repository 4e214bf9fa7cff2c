"""Where everything stands on a poster: A6 upright, in dots of which 300 make an inch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

import segno

from bot.errors import BotError
from bot.posters.content import Content
from bot.posters.typeface import Typeface
from bot.posters.wrapping import LEADING, Block, Style, fitted

DOTS_PER_INCH = 300
WIDTH_MM, HEIGHT_MM = 105, 148
WIDTH, HEIGHT = 1240, 1748
MARGIN = 95  # 8 mm: printers leave 5 blank
QUIET = 4  # modules of white around the code, as the standard asks
BASELINE = 0.95  # of the size, from the top of a line

TITLE = Style(largest=108, smallest=34, height=262, bold=True)
SUMMARY = Style(largest=50, smallest=20, height=226)
HOW = Style(largest=46, smallest=26, height=112)
NAME = Style(largest=54, smallest=24, height=66, bold=True)
LINK = Style(largest=32, smallest=22, height=54)
CAVEAT = Style(largest=30, smallest=22, height=80)
HEAD, GAP = (MARGIN, 610), 26  # top and bottom of title and summary, and what parts them
CODE_TOP, CODE_SIDE = 610, 688  # with the quiet zone
HOW_TOP, NAME_TOP, LINK_TOP, CAVEAT_TOP = 1298, 1426, 1492, HEIGHT - MARGIN - CAVEAT.height

_SCHEME = "https://"  # on paper it goes without saying

NO_LETTERS = """\
The poster needs letters that are not in its font: {letters}
Name a font that has them: --font FILE.ttf"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in the middle of the page; `y` is its baseline."""

    text: str
    y: float
    size: int
    width: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code without its quiet zone: its corner, the side of a module, True for dark."""

    x: int
    y: int
    module: int
    rows: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    lines: tuple[Line, ...]
    code: Code


def lay_out(content: Content, typeface: Typeface) -> Page:
    """The page. Raises BotError for letters that are missing, or for a text that is too long."""
    lacking = typeface.lacks("".join(astuple(content)))
    if lacking:
        raise BotError(NO_LETTERS.format(letters=" ".join(lacking)))
    lines = (
        *_head(content, typeface),
        *_set(typeface, content.how, HOW, HOW_TOP),
        *_set(typeface, content.name, NAME, NAME_TOP),
        *_set(typeface, content.link.removeprefix(_SCHEME), LINK, LINK_TOP),
        *_set(typeface, content.caveat, CAVEAT, CAVEAT_TOP),
    )
    return Page(content.title, lines, _code(content.link))


def _head(content: Content, typeface: Typeface) -> Iterator[Line]:
    """Title and summary, together in the middle of their box."""
    title = _fitted(typeface, content.title, TITLE)
    summary = _fitted(typeface, content.summary, SUMMARY)
    top, bottom = HEAD
    above = (bottom - top - title.height - GAP - summary.height) / 2
    yield from _lines(typeface, title, TITLE, top + above)
    yield from _lines(typeface, summary, SUMMARY, top + above + title.height + GAP)


def _set(typeface: Typeface, text: str, style: Style, top: float) -> Iterator[Line]:
    """The lines of `text`, in the middle of the box that begins at `top`."""
    block = _fitted(typeface, text, style)
    return _lines(typeface, block, style, top + (style.height - block.height) / 2)


def _fitted(typeface: Typeface, text: str, style: Style) -> Block:
    return fitted(typeface, text, style, WIDTH - 2 * MARGIN)


def _lines(typeface: Typeface, block: Block, style: Style, top: float) -> Iterator[Line]:
    for number, text in enumerate(block.lines):
        y = top + block.size * (BASELINE + number * LEADING)
        width = typeface.width(text, block.size, bold=style.bold)
        yield Line(text, y, block.size, width, style.bold)


def _code(link: str) -> Code:
    made = segno.make_qr(link, error="m")
    rows = tuple(tuple(map(bool, row)) for row in made.matrix)
    module = CODE_SIDE // (len(rows) + 2 * QUIET)
    side = module * len(rows)
    return Code((WIDTH - side) // 2, CODE_TOP + (CODE_SIDE - side) // 2, module, rows)
