"""The text or caption of a call: parse mode, explicit entities, Telegram's limits."""

from tests.telegram.entities import Formatted, finished, in_order, utf16_length
from tests.telegram.errors import bad_request
from tests.telegram.html import parse_html
from tests.telegram.schema import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_ENTITY_TYPES = {
    *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold"),
    *("italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"),
    *("code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"),
}


def read_text(parameters: Json) -> Formatted:
    """The text of sendMessage or editMessageText; ApiError 400 unless it is 1-4096 units long."""
    if not parameters["text"]:
        raise bad_request("message text is empty")
    read = _read(parameters["text"], parameters.get("parse_mode"), parameters.get("entities"))
    if not read.text:
        raise bad_request("text must be non-empty")
    if utf16_length(read.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return read


def read_caption(parameters: Json) -> Formatted:
    """The caption of a photo, which may be empty; ApiError 400 over 1024 units."""
    read = _read(
        parameters.get("caption", ""),
        parameters.get("parse_mode"),
        parameters.get("caption_entities"),
    )
    if utf16_length(read.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return read


def read_plain(parameters: Json, name: str) -> str:
    """A text of any length whose formatting does not matter, such as a poll's question."""
    mode, entities = parameters.get(f"{name}_parse_mode"), parameters.get(f"{name}_entities")
    return _read(parameters.get(name, ""), mode, entities).text


def _read(source: str, parse_mode: str | None, entities: list[Json] | None) -> Formatted:
    match (parse_mode or "").lower():
        case "html":
            return finished(parse_html(source))
        case "":
            return finished(Formatted(source, in_order(_given(source, entities or []))))
        case "markdown" | "markdownv2":
            raise bad_request(f"the tests' Telegram does not read {parse_mode}; use HTML")
    raise bad_request("unsupported parse_mode")


def _given(text: str, entities: list[Json]) -> list[Json]:
    end = utf16_length(text)
    for entity in entities:
        _check_entity(entity, end)
    return entities


def _check_entity(entity: Json, end: int) -> None:
    offset, last = entity["offset"], entity["offset"] + entity["length"]
    if entity["type"] not in _ENTITY_TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if entity["type"] == "text_link" and "url" not in entity:
        raise bad_request("can't parse MessageEntity: Can't find field \"url\"")
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if offset > end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if last > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} "
            f"ends after the end of the text at UTF-16 offset {last}"
        )
