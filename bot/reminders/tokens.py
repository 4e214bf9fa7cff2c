"""A wish about reminders as tokens: words, numbers, and times such as 7:30."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.answering.text import fold

Tokens = tuple[str, ...]

DASH, COMMA = "-", ","
TIME = re.compile(r"(\d{1,2})[:.h](\d{2})")

_TOKEN = re.compile(r"\d{1,2}[:.h]\d{2}(?![\d:])|\d+|[^\W\d_]+|[-\u2013,@&]")
_HALF_OF_DAY = re.compile(r"(?<![a-z])([ap])\.?\s?m\b\.?")
_SENTENCE_END = re.compile(r"[.!?;()\n]+(?=\s|$)|[()]")
_TENS = range(20, 60, 10)


def tokens(text: str, numbers: Mapping[str, int]) -> Tokens:
    """The tokens of `text`, its number words as digits."""
    return counted(split(text), numbers)


def split(text: str) -> Tokens:
    """The tokens of `text`, its number words as they are."""
    plain = _HALF_OF_DAY.sub(r" \1m ", fold(text)).replace("\u2013", DASH)
    plain = _SENTENCE_END.sub(f" {COMMA} ", plain)
    return tuple(_TOKEN.findall(plain))


def counted(said: Iterable[str], numbers: Mapping[str, int]) -> Tokens:
    """`said` with the words of `numbers` as digits, "twenty" "five" as "25"."""
    return tuple(_joined([str(numbers.get(token, token)) for token in said]))


def _joined(said: list[str]) -> Iterator[str]:
    """`said` with "20" "5" as "25"."""
    at = 0
    while at < len(said):
        one, two = said[at], said[at + 1] if at + 1 < len(said) else ""
        tens = one.isdecimal() and int(one) in _TENS
        if tens and len(two) == 1 and two in "123456789":
            yield str(int(one) + int(two))
            at += 2
        else:
            yield one
            at += 1
