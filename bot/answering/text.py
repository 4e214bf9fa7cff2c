"""From any string to words: what every later step of answering reads.

Nothing here knows a language: words are runs of letters, runs of digits, and marks between them.
"""

from __future__ import annotations

import re
import unicodedata

Words = tuple[str, ...]

COMMA = ","

_APOSTROPHES = re.compile(r"['\u2019\u2018\u02bc`\u00b4]")
_LINKS = re.compile(r"(?:https?://|www\.)\S+")
_REPEATED = re.compile(r"(?<=[^\W\d_])([^\W\d_])\1{2,}|([^\W\d_])\2{2,}(?=[^\W\d_])")
_SENTENCE_END = re.compile(r"[!?;\n\u2026]+|\.(?!\d)|(?<!\d)\.|\s[-\u2013\u2014]+\s")
_WORD = re.compile(r"\d+(?:[.:/]\d+)?|[^\W\d_]+|,")


def normalize(text: str) -> str:
    """`text` lower-cased and folded, one line a sentence, words and commas set apart by spaces.

    Accents, apostrophes, links, emoji and every other mark are dropped; a letter typed three times
    or more stands once ("sooo" -> "so"). Idempotent.
    """
    return "\n".join(" ".join(sentence) for sentence in sentences(text))


def sentences(text: str) -> tuple[Words, ...]:
    """The words of `text`, a tuple for each sentence; commas count as words of their own."""
    found = (tuple(_WORD.findall(part)) for part in _SENTENCE_END.split(fold(text)))
    return tuple(sentence for sentence in found if any(word != COMMA for word in sentence))


def words(text: str) -> Words:
    """All words of `text` in order, commas left out."""
    if text.isascii() and text.replace(" ", "").isalpha():  # the same, ten times as fast
        return tuple(_REPEATED.sub(r"\1\2", text.lower()).split())
    return tuple(word for sentence in sentences(text) for word in sentence if word != COMMA)


def fold(text: str) -> str:
    """`text` in lower case without accents, apostrophes, links and threefold letters."""
    plain = text.lower() if text.isascii() else _without_accents(text)
    plain = _APOSTROPHES.sub("", _LINKS.sub(" ", plain))
    return _REPEATED.sub(r"\1\2", plain)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))
