"""A page as a picture: PNG in pixels, SVG in millimetres."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from itertools import groupby

from PIL import Image, ImageDraw

from bot.posters.layout import DOTS_PER_INCH, HEIGHT, HEIGHT_MM, WIDTH, WIDTH_MM, Code, Line, Page
from bot.posters.typeface import STROKE, Typeface

WHITE, INK = 255, 17
INK_NAME = "#111"
# The letters of the PNG are those of Aileron; the others have much the same widths.
FAMILIES = "Aileron, Helvetica, Arial, 'Liberation Sans', sans-serif"


def png(page: Page, typeface: Typeface) -> bytes:
    """The file; it says its resolution, so that it is printed at its true size."""
    image = Image.new("L", (WIDTH, HEIGHT), WHITE)
    draw = ImageDraw.Draw(image)
    for line in page.lines:
        stroke = STROKE * line.size if line.bold else 0
        font = typeface.at(line.size)
        place = (WIDTH / 2, line.y)
        draw.text(place, line.text, INK, font, anchor="ms", stroke_width=stroke)
    for x, y, width in _runs(page.code):
        draw.rectangle((x, y, x + width - 1, y + page.code.module - 1), INK)
    file = io.BytesIO()
    image.save(file, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH), optimize=True)
    return file.getvalue()


def svg(page: Page) -> str:
    """The file; each line of text keeps the width it was measured with, in any font."""
    module = page.code.module
    dark = "".join(f"M{x} {y}h{w}v{module}h-{w}z" for x, y, w in _runs(page.code))
    size = f'width="{WIDTH_MM}mm" height="{HEIGHT_MM}mm" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            f"<title>{escape(page.title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<path d="{dark}" fill="{INK_NAME}" shape-rendering="crispEdges"/>',
            f'<g font-family="{FAMILIES}" fill="{INK_NAME}" text-anchor="middle">',
            *map(_text, page.lines),
            "</g>",
            "</svg>",
            "",
        )
    )


def _runs(code: Code) -> Iterator[tuple[int, int, int]]:
    """The dark bars of the code, as (x, y, width)."""
    for number, row in enumerate(code.rows):
        x = code.x
        for dark, modules in groupby(row):
            width = code.module * len(list(modules))
            if dark:
                yield x, code.y + code.module * number, width
            x += width


def _text(line: Line) -> str:
    width = f"{2 * STROKE * line.size:.1f}"
    stroke = f' stroke="{INK_NAME}" stroke-width="{width}" stroke-linejoin="round"'
    return (
        f'<text x="{WIDTH / 2:g}" y="{line.y:.1f}" font-size="{line.size}"'
        f' textLength="{line.width:.1f}" lengthAdjust="spacingAndGlyphs"'
        f"{stroke if line.bold else ''}>{escape(line.text)}</text>"
    )
