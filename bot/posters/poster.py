"""A poster as two files."""

from __future__ import annotations

from pathlib import Path

from bot.errors import BotError
from bot.posters.content import Content
from bot.posters.drawing import png, svg
from bot.posters.layout import lay_out
from bot.posters.typeface import Typeface

NOT_WRITTEN = "The poster cannot be written to {folder}: {why}. Name another folder: --out FOLDER"


def write_poster(
    content: Content, name: str, folder: Path, font: Path | None = None
) -> tuple[Path, Path]:
    """Writes <name>.png and <name>.svg into `folder`, which is made where it is missing.

    Raises BotError where that cannot be done; then at most the first of them is there.
    """
    typeface = Typeface(font)
    page = lay_out(content, typeface)
    picture, drawing = png(page, typeface), svg(page)
    paths = folder / f"{name}.png", folder / f"{name}.svg"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths[0].write_bytes(picture)
        paths[1].write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise BotError(NOT_WRITTEN.format(folder=folder, why=error.strerror)) from error
    return paths
