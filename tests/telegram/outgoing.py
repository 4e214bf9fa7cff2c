"""How the bot's messages come into a chat and change there, whatever they hold."""

from __future__ import annotations

from tests.telegram.access import Rights, reachable
from tests.telegram.entities import Formatted
from tests.telegram.errors import NOT_MODIFIED, bad_request
from tests.telegram.keyboards import inline_keyboard
from tests.telegram.schema import Json, checked
from tests.telegram.sent import Record, seen
from tests.telegram.state import Chat, State
from tests.telegram.threads import check_thread, thread_fields


def send(state: State, chat: Chat, parameters: Json, fields: Json, source: str) -> Json:
    """Put the bot's message into the chat, as a reply and in the topic that the call names."""
    fields = fields | keyboard_field(parameters) | _place(state, chat, parameters)
    if parameters.get("protect_content"):
        fields["has_protected_content"] = True
    record = state.add_message(chat, state.bot, fields)
    record.source = source
    record.silent = parameters.get("disable_notification", False)
    chat.events.append(seen(record))
    if chat.roster is not None:
        chat.roster.last_bot = state.bot["id"]
    return record.message


def edit(state: State, chat: Chat, record: Record, fields: Json, source: str) -> Json | bool:
    """Change these fields, None taking one away; the message is then new to those who read.

    Only True is said of a message that the bot knows by its inline_message_id.
    """
    if all(record.message.get(name) == value for name, value in fields.items()):
        raise bad_request(NOT_MODIFIED)
    merged = record.message | fields | {"edit_date": state.date}
    message = {name: value for name, value in merged.items() if value is not None}
    record.message = checked("Message", message)
    record.source = source
    chat.events.append(seen(record, edited=True))
    return record.message if record.inline_id is None else True


def editable(state: State, parameters: Json) -> tuple[Chat, Record]:
    """The message that a call is about; ApiError 400 for none or one that is not the bot's."""
    if "inline_message_id" in parameters:
        return _inline(state, parameters["inline_message_id"])
    if "chat_id" not in parameters or "message_id" not in parameters:
        raise bad_request("message identifier is not specified")
    chat = reachable(state, parameters["chat_id"], Rights.EDIT)
    record = chat.records.get(parameters["message_id"])
    if record is None:
        raise bad_request("message to edit not found")
    if record.message["from"]["id"] != state.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, record


def keyboard_field(parameters: Json) -> Json:
    """The message's reply_markup, for as much of a call's as stays under it."""
    markup = inline_keyboard(parameters.get("reply_markup"))
    return {"reply_markup": markup} if markup else {}


def content_fields(text_name: str, entities_name: str, content: Formatted) -> Json:
    """The fields of a formatted text."""
    fields: Json = {text_name: content.text}
    return fields | ({entities_name: list(content.entities)} if content.entities else {})


def _place(state: State, chat: Chat, parameters: Json) -> Json:
    """The fields of a reply and a thread; replies to messages of other chats are not imitated."""
    thread = parameters.get("message_thread_id")
    check_thread(chat, thread)
    return thread_fields(state, chat, thread, _replied(chat, parameters.get("reply_parameters")))


def _replied(chat: Chat, wanted: Json | None) -> Record | None:
    if wanted is None:
        return None
    record = chat.records.get(wanted["message_id"])
    if record is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return record


def _inline(state: State, inline_id: str) -> tuple[Chat, Record]:
    if inline_id not in state.inline_messages:
        raise bad_request("MESSAGE_ID_INVALID")
    return state.inline_messages[inline_id]
