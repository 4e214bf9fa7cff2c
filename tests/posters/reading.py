"""Reads QR codes back, by the standard (ISO/IEC 18004) and knowing nothing of how they were made.

Finds the code in a picture by its finder patterns, then undoes mask, order and blocks. It corrects
no errors, since there are none in a file, and knows versions 2 to 6 with at least correction M.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree as ET

from PIL import Image

Matrix = tuple[tuple[bool, ...], ...]
SVG = "{http://www.w3.org/2000/svg}"

_LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
# Data words of each block, by version and level.
_BLOCKS = {
    (2, "M"): [28],
    (2, "Q"): [22],
    (2, "H"): [16],
    (3, "M"): [44],
    (3, "Q"): [17] * 2,
    (3, "H"): [13] * 2,
    (4, "M"): [32] * 2,
    (4, "Q"): [24] * 2,
    (4, "H"): [9] * 4,
    (5, "M"): [43] * 2,
    (5, "Q"): [15, 15, 16, 16],
    (5, "H"): [11, 11, 12, 12],
    (6, "M"): [27] * 4,
    (6, "Q"): [19] * 4,
    (6, "H"): [15] * 4,
}


@dataclass(frozen=True)
class Seen:
    """A code in a picture: where it begins, the side of a module, and the modules."""

    x: int
    y: int
    module: int
    matrix: Matrix


def code_in_png(data: bytes) -> Seen:
    """The one code of a picture. AssertionError where a module is not of one colour."""
    image = Image.open(io.BytesIO(data)).convert("L")
    for row in range(image.height):
        finders = _finders(image, row)
        if len(finders) > 1:  # between the two, data may look like a third
            (x, module), (right, same) = finders[0], finders[-1]
            assert module == same
            y, size = row - 2 * module, (right - x) // module + 7
            return Seen(x, y, module, _sampled(image, x, y, module, size))
    raise AssertionError("no code in the picture")


def code_in_svg(text: str) -> Seen:
    """The code that the drawing's path draws, as bars of one module's height."""
    path = ET.fromstring(text).find(f"{SVG}path")
    assert path is not None
    found = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z", path.attrib["d"])
    bars = [tuple(map(int, bar)) for bar in found]
    x, y, module = min(b[0] for b in bars), min(b[1] for b in bars), bars[0][3]
    assert all(w == back and h == module for _, _, w, h, back in bars)
    dark = {
        ((left + step - x) // module, (top - y) // module)
        for left, top, width, _, _ in bars
        for step in range(0, width, module)
    }
    size = max(column for column, _ in dark) + 1
    matrix = tuple(tuple((c, r) in dark for c in range(size)) for r in range(size))
    return Seen(x, y, module, matrix)


def read(matrix: Matrix) -> tuple[str, str]:
    """What the code says, and its level of error correction."""
    level, mask = _format(matrix)
    bits = [matrix[r][c] ^ _masked(mask, r, c) for r, c in _data_places(len(matrix))]
    words = [_number(bits[n : n + 8]) for n in range(0, len(bits) - 7, 8)]
    blocks = _BLOCKS[(len(matrix) - 17) // 4, level]
    data = [bit for word in _in_order(words, blocks) for bit in map(int, f"{word:08b}")]
    assert _number(data[:4]) == 0b0100, "not in bytes"
    length = _number(data[4:12])
    said = bytes(_number(data[n : n + 8]) for n in range(12, 12 + 8 * length, 8))
    return said.decode("ascii"), level


def _finders(image: Image.Image, row: int) -> list[tuple[int, int]]:
    """Where finder patterns are crossed in the middle: (x, module)."""
    runs, x = [], 0
    for pixel, same in groupby(image.crop((0, row, image.width, row + 1)).tobytes()):
        length = len(list(same))
        runs.append((x, length, pixel < 128))
        x += length
    found = []
    for five in zip(*(runs[n:] for n in range(5)), strict=False):
        module = five[0][1]
        if five[0][2] and [r[1] for r in five] == [module, module, 3 * module, module, module]:
            found.append((five[0][0], module))
    return [f for f in found if f[1] >= 8]


def _sampled(image: Image.Image, x: int, y: int, module: int, size: int) -> Matrix:
    def colour(row: int, column: int) -> bool:
        left, top = x + column * module, y + row * module
        shades = set(image.crop((left, top, left + module, top + module)).tobytes())
        assert len(shades) == 1, f"module {row}, {column} is of two colours"
        return shades.pop() < 128

    return tuple(tuple(colour(row, column) for column in range(size)) for row in range(size))


def _format(matrix: Matrix) -> tuple[str, int]:
    places = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4)]
    bits = _number([matrix[row][column] for row, column in places]) ^ 0b10101
    return _LEVELS[bits >> 3], bits & 0b111


def _masked(mask: int, r: int, c: int) -> bool:
    return [
        (r + c) % 2,
        r % 2,
        c % 3,
        (r + c) % 3,
        (r // 2 + c // 3) % 2,
        r * c % 2 + r * c % 3,
        (r * c % 2 + r * c % 3) % 2,
        ((r + c) % 2 + r * c % 3) % 2,
    ][mask] == 0


def _data_places(size: int) -> Iterator[tuple[int, int]]:
    """The modules that carry data, two columns at a time, up and down by turns."""
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in reversed(range(size)) if upwards else range(size):
            yield from ((row, c) for c in (right, right - 1) if not _is_fixed(size, row, c))
        upwards = not upwards


def _is_fixed(size: int, r: int, c: int) -> bool:
    """Whether a module belongs to the finders, the format, the timing or the alignment."""
    finder = (r < 9 and (c < 9 or c >= size - 8)) or (r >= size - 8 and c < 9)
    alignment = abs(r - (size - 7)) <= 2 and abs(c - (size - 7)) <= 2
    return finder or 6 in (r, c) or alignment


def _in_order(words: list[int], blocks: list[int]) -> list[int]:
    """The data words, block after block; they come a word of each block by turns."""
    read: list[list[int]] = [[] for _ in blocks]
    turns = (b for n in range(max(blocks)) for b, length in enumerate(blocks) if n < length)
    for word, block in zip(words, turns, strict=False):
        read[block].append(word)
    return [word for block in read for word in block]


def _number(bits: list[bool] | list[int]) -> int:
    return int("".join(str(int(bit)) for bit in bits), 2)
