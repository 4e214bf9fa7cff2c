"""Inline query results: what Telegram asks of them, and the messages that they become."""

from __future__ import annotations

from dataclasses import dataclass

from tests.telegram.errors import bad_request
from tests.telegram.keyboards import rows_of
from tests.telegram.outgoing import content_fields, keyboard_field
from tests.telegram.photos import photo_sizes
from tests.telegram.schema import Json
from tests.telegram.sent import Record
from tests.telegram.state import Chat, State
from tests.telegram.texts import read_caption, read_text

ID_LIMIT = 64


@dataclass(frozen=True)
class Draft:
    """The fields of the message that a result becomes, and its text as the bot wrote it."""

    fields: Json
    source: str


def drafted(state: State, result: Json) -> Draft:
    """The message; ApiError 400 for a result that Telegram does not take.

    Articles and photos are imitated, and any result that brings a text.
    """
    if not 1 <= len(result["id"].encode()) <= ID_LIMIT:
        raise bad_request("RESULT_ID_INVALID")
    if result["type"] == "article" and not result["title"]:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content", {})
    keyboard = keyboard_field(result)
    if "message_text" in content:
        text = read_text(content | {"text": content["message_text"]})
        fields = content_fields("text", "entities", text)
        return Draft(fields | keyboard, content["message_text"])
    if result["type"] == "photo" and not content:
        caption = read_caption(result)
        fields = {"photo": photo_sizes(state, result.get("photo_url") or result["photo_file_id"])}
        if caption.text:
            fields |= content_fields("caption", "caption_entities", caption)
        return Draft(fields | keyboard, result.get("caption", ""))
    raise bad_request(f"the tests' Telegram does not send results of type {result['type']}")


def put(state: State, chat: Chat, sender: Json, draft: Draft, fields: Json) -> Record:
    """The message in the chat; the bot may edit it by the record's inline_id, if it has one."""
    record = state.add_message(chat, sender, draft.fields | fields)
    record.source = draft.source
    return record


def make_editable(state: State, chat: Chat, record: Record) -> str:
    """Give the message its inline_message_id."""
    record.inline_id = f"inline-{len(state.inline_messages) + 1}"
    state.inline_messages[record.inline_id] = chat, record
    return record.inline_id


def has_buttons(record: Record) -> bool:
    """Whether an inline keyboard is under the message."""
    return bool(rows_of(record.message.get("reply_markup")))
