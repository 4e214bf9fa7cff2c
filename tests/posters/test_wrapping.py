"""Any text is set whole, within its box."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BotError
from bot.knowledge.knowledge import Knowledge
from bot.posters.content import content
from bot.posters.layout import LINK, MARGIN, NAME, SUMMARY, TITLE, WIDTH, lay_out
from bot.posters.typeface import Typeface
from bot.posters.wrapping import Style, fitted

TYPEFACE = Typeface()
BREADTH = WIDTH - 2 * MARGIN
LETTERS = string.ascii_letters + string.digits + string.punctuation + " " * 20


def texts(longest: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=1, max_size=longest).filter(str.strip)


@pytest.mark.parametrize(("style", "longest"), [(TITLE, 60), (SUMMARY, 400)])
@given(st.data())
def test_every_text_that_an_entry_may_have_fits(
    style: Style, longest: int, data: st.DataObject
) -> None:
    text = data.draw(texts(longest))
    block = fitted(TYPEFACE, text, style, BREADTH)
    assert "".join(block.lines).replace(" ", "") == "".join(text.split())
    assert block.height <= style.height
    assert style.smallest <= block.size <= style.largest
    widths = [TYPEFACE.width(line, block.size, bold=style.bold) for line in block.lines]
    assert max(widths) <= BREADTH


@pytest.mark.parametrize(
    ("style", "longest"), [(TITLE, 60), (SUMMARY, 400), (NAME, 45), (LINK, 86)]
)
@pytest.mark.parametrize("letter", ["W", "@", "m"])
def test_the_widest_letters_fit(style: Style, longest: int, letter: str) -> None:
    assert "".join(fitted(TYPEFACE, letter * longest, style, BREADTH).lines) == letter * longest


def test_words_are_broken_only_where_nothing_else_helps() -> None:
    block = fitted(TYPEFACE, "Physiotherapeutically recommended", TITLE, BREADTH)
    assert block.lines == ("Physiotherapeutically", "recommended")


def test_what_is_too_long_is_said_and_not_cut_off() -> None:
    with pytest.raises(BotError, match="too long for a poster"):
        fitted(TYPEFACE, "on and on " * 200, SUMMARY, BREADTH)


def test_letters_that_are_missing_are_named(knowledge: Knowledge) -> None:
    said = replace(content(knowledge, "remind", "psoas_bot"), title="Hüftbeuger 膝")
    with pytest.raises(BotError, match=r"ü 膝\n.*--font"):
        lay_out(said, TYPEFACE)


@pytest.mark.parametrize("name", ["README.md", "no/such/font.ttf", "tests"])
def test_a_file_that_is_no_font(name: str) -> None:
    with pytest.raises(BotError, match="cannot be read as a font"):
        Typeface(Path(name))
