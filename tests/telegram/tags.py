"""Telegram's HTML tags: which there are, and the entity that each becomes."""

import re
from collections.abc import Mapping
from typing import NoReturn

from tests.telegram.errors import bad_request
from tests.telegram.links import normal_url
from tests.telegram.schema import Json

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
SUPPORTED = {*_SIMPLE, "a", "blockquote", "tg-emoji", "tg-time"}
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")


def entity_of(tag: str, attributes: Mapping[str, str], text: str) -> Json | None:
    """The entity of a supported tag around text, without its place; None where Telegram drops it.

    A "code" carries the language that its class names, for the "pre" around it.
    """
    match tag:
        case "a":
            return _link(attributes.get("href") or text)
        case "blockquote":
            folded = "expandable" in attributes
            return {"type": "expandable_blockquote" if folded else "blockquote"}
        case "tg-emoji":
            return _emoji(attributes.get("emoji-id", ""))
        case "tg-time":
            return _time(attributes)
        case "code":
            _, _, language = attributes.get("class", "").partition("language-")
            return {"type": "code", "language": language}
    return {"type": _SIMPLE[tag]}


def fail(reason: str) -> NoReturn:
    """Raise ApiError 400 "can't parse entities: ..."."""
    raise bad_request(f"can't parse entities: {reason}")


def _link(target: str) -> Json | None:
    user = _USER_LINK.fullmatch(target)
    if user:
        mentioned = {"id": int(user[1]), "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "user": mentioned}
    url = normal_url(target)
    return {"type": "text_link", "url": url} if url else None


def _emoji(number: str) -> Json:
    if not number.isdecimal() or not 0 < int(number) < 2**63:
        fail("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": number}


def _time(attributes: Mapping[str, str]) -> Json:
    """Telegram's words for a wrong time are not known; these are our own."""
    moment, style = attributes.get("unix", ""), attributes.get("format", "")
    if not moment.isdecimal():
        fail("Invalid Unix time specified")
    if not _TIME_FORMAT.fullmatch(style):
        fail("Invalid date-time format specified")
    entity: Json = {"type": "date_time", "unix_time": int(moment)}
    return entity | ({"date_time_format": style} if style else {})
