"""The two files of each poster there can be: size, letters, and the code read back from them."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops, ImageDraw

from bot.knowledge.knowledge import Knowledge
from bot.posters.content import content
from bot.posters.drawing import png, svg
from bot.posters.layout import HEIGHT, MARGIN, QUIET, WIDTH, Line, Page, lay_out
from bot.posters.poster import write_poster
from bot.posters.typeface import STROKE, Typeface
from bot.replies.links import GROUP, REMIND
from tests.conftest import ENGLISH
from tests.posters.reading import SVG, Seen, code_in_png, code_in_svg, read

IDS = sorted(
    path.stem for kind in ("techniques", "symptoms", "topics") for path in ENGLISH.glob(f"{kind}/*")
)
EVERY = [*IDS, REMIND, GROUP]
SHORT, LONG = "psoas_bot", "a_username_of_thirty_two_letters"
POSTERS = [
    *((id, SHORT) for id in EVERY),
    *((id, LONG) for id in (min(IDS, key=len), max(IDS, key=len), REMIND, GROUP)),
]
TYPEFACE = Typeface()
OTHER_LETTERS = 1.15  # another font than ours may be so much wider where textLength is not obeyed


def page_of(knowledge: Knowledge, id: str, username: str) -> Page:
    return lay_out(content(knowledge, id, username), TYPEFACE)


def ink(line: Line) -> tuple[float, float, float, float]:
    """The box of what is drawn of a line: left, top, right, bottom."""
    stroke = STROKE * line.size if line.bold else 0
    draw = ImageDraw.Draw(Image.new("L", (1, 1)))
    place, font = (WIDTH / 2, line.y), TYPEFACE.at(line.size)
    return draw.textbbox(place, line.text, font, anchor="ms", stroke_width=stroke)


@pytest.mark.parametrize(("id", "username"), POSTERS)
def test_nothing_is_cut_off_and_nothing_overlaps(
    knowledge: Knowledge, id: str, username: str
) -> None:
    page = page_of(knowledge, id, username)
    boxes = [ink(line) for line in page.lines]
    assert all(left >= MARGIN - 2 and right <= WIDTH - MARGIN + 2 for left, _, right, _ in boxes)
    assert all(line.width * OTHER_LETTERS < WIDTH for line in page.lines)
    assert boxes[0][1] >= MARGIN
    assert boxes[-1][3] <= HEIGHT - MARGIN
    quiet = page.code.module * QUIET
    top, bottom = page.code.y - quiet, page.code.y + page.code.module * len(page.code.rows) + quiet
    tops_and_bottoms = sorted([*((box[1], box[3]) for box in boxes), (top, bottom)])
    assert all(above[1] <= below[0] for above, below in pairwise(tops_and_bottoms))


@pytest.mark.parametrize(("id", "username"), POSTERS)
def test_every_word_is_there(knowledge: Knowledge, id: str, username: str) -> None:
    said = content(knowledge, id, username)
    texts = (said.title, said.summary, said.how, said.name, said.link, said.caveat)
    drawn = "".join(line.text for line in page_of(knowledge, id, username).lines)
    expected = "".join(texts).replace("https://", "")
    assert drawn.replace(" ", "") == expected.replace(" ", "")
    assert said.caveat == knowledge.messages.caveat.short


@pytest.mark.parametrize(("id", "username"), POSTERS)
def test_the_codes_say_the_link(knowledge: Knowledge, id: str, username: str) -> None:
    page, link = page_of(knowledge, id, username), content(knowledge, id, username).link
    picture = png(page, TYPEFACE)
    seen = code_in_png(picture)
    assert read(seen.matrix)[0] == link
    assert read(seen.matrix)[1] in "MQH"
    assert code_in_svg(svg(page)) == seen
    assert is_quiet_around(picture, seen)


def is_quiet_around(picture: bytes, seen: Seen) -> bool:
    """Whether four modules of white are around the code."""
    image = Image.open(io.BytesIO(picture))
    side, quiet = seen.module * len(seen.matrix), QUIET * seen.module
    image.paste(255, (seen.x, seen.y, seen.x + side, seen.y + side))
    around = (seen.x - quiet, seen.y - quiet, seen.x + side + quiet, seen.y + side + quiet)
    return image.crop(around).getextrema() == (255, 255)


def test_the_picture_is_a6_at_300_dots_an_inch(knowledge: Knowledge, tmp_path: Path) -> None:
    path, _ = write_poster(content(knowledge, IDS[0], "psoas_bot"), "a", tmp_path)
    image = Image.open(path)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    millimetres = [length / 300 * 25.4 for length in image.size]
    assert millimetres == pytest.approx([105, 148], abs=0.1)
    white = Image.new("L", image.size, 255)
    left, top, right, bottom = ImageChops.difference(image, white).getbbox() or (0, 0, 0, 0)
    assert min(left, top, image.width - right, image.height - bottom) >= MARGIN - 2


@pytest.mark.parametrize("id", EVERY)
def test_the_drawing_is_a6_and_holds_the_same(knowledge: Knowledge, id: str) -> None:
    page = page_of(knowledge, id, "psoas_bot")
    root = ET.fromstring(svg(page))
    assert (root.attrib["width"], root.attrib["height"]) == ("105mm", "148mm")
    assert root.attrib["viewBox"] == f"0 0 {WIDTH} {HEIGHT}"
    texts = root.findall(f".//{SVG}text")
    assert [text.text for text in texts] == [line.text for line in page.lines]
    for text, line in zip(texts, page.lines, strict=True):
        assert float(text.attrib["textLength"]) == pytest.approx(line.width, abs=0.1)
        assert float(text.attrib["y"]) == pytest.approx(line.y, abs=0.1)


def test_the_same_poster_is_the_same_file(knowledge: Knowledge) -> None:
    page = page_of(knowledge, "pigeon-pose", "psoas_bot")
    assert png(page, TYPEFACE) == png(page, Typeface())
