"""Text and its entities: UTF-16 offsets, trimming, and what Telegram finds in plain text by itself.

Offsets and lengths of entities count UTF-16 code units.
"""

import re
from dataclasses import dataclass

from tests.telegram.schema import Json

# What Telegram marks without being asked; the first that matches a place wins. Phone numbers,
# cashtags and addresses under rarer top-level domains are not imitated.
_AUTOMATIC = (
    ("url", re.compile(r"(?<![\w@/.])https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<![\w@/.-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|edu|gov)(?![\w-])(?:/[^\s<>]*)?",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII)),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])", re.ASCII),
    ),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d])\w{1,255}")),
)
_SOLID = {"code", "pre"}


@dataclass(frozen=True)
class Formatted:
    """Text as a person reads it, with its entities in Telegram's order."""

    text: str
    entities: tuple[Json, ...] = ()


def utf16_length(text: str) -> int:
    """How long Telegram holds the text to be."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def finished(draft: Formatted) -> Formatted:
    """The text as Telegram stores it.

    Trimmed, without formatting inside code, with the commands, mentions, links and hashtags found.
    """
    trimmed = _trimmed(draft)
    given = [entity for entity in trimmed.entities if not _within_solid(entity, trimmed.entities)]
    found = [entity for entity in automatic(trimmed.text) if not _overlaps_link(entity, given)]
    return Formatted(trimmed.text, in_order(given + found))


def automatic(text: str) -> list[Json]:
    """The entities that Telegram finds in plain text."""
    found: list[Json] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            entity = {
                "type": kind,
                "offset": utf16_length(text[: match.start()]),
                "length": utf16_length(match.group()),
            }
            if not any(_overlap(entity, other) for other in found):
                found.append(entity)
    return found


def in_order(entities: list[Json]) -> tuple[Json, ...]:
    """Entities by offset, the longer first."""
    return tuple(sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])))


def _trimmed(draft: Formatted) -> Formatted:
    text = draft.text.strip()
    start = utf16_length(draft.text[: len(draft.text) - len(draft.text.lstrip())])
    end = start + utf16_length(text)
    kept: list[Json] = []
    for entity in draft.entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], end)
        if first < last:
            kept.append(entity | {"offset": first - start, "length": last - first})
    return Formatted(text, tuple(kept))


def _within_solid(entity: Json, entities: tuple[Json, ...]) -> bool:
    return any(
        other is not entity and other["type"] in _SOLID and _overlap(entity, other)
        for other in entities
        if entity["type"] not in _SOLID or other["length"] > entity["length"]
    )


def _overlaps_link(entity: Json, given: list[Json]) -> bool:
    fixed = _SOLID | {"text_link", "text_mention", entity["type"]}
    return any(other["type"] in fixed and _overlap(entity, other) for other in given)


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
