"""The methods that send, change and delete messages."""

from tests.telegram.entities import Formatted
from tests.telegram.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from tests.telegram.keyboards import inline_keyboard
from tests.telegram.photos import photo_sizes
from tests.telegram.schema import Json, checked
from tests.telegram.sent import Record, seen
from tests.telegram.state import Chat, State
from tests.telegram.texts import read_caption, read_text

ANSWER_LIMIT = 200
DELETE_LIMIT = 100
_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note"),
    "upload_video_note",
}


def send_message(state: State, parameters: Json) -> Json:
    """sendMessage: text with entities, an inline keyboard, a reply."""
    chat = state.open_chat(parameters["chat_id"])
    text = read_text(parameters)
    fields = _content("text", "entities", text) | _shown(parameters, "link_preview_options")
    return _send(state, chat, parameters, fields, parameters["text"])


def send_photo(state: State, parameters: Json) -> Json:
    """sendPhoto: an upload, the file_id of an earlier one, or an HTTP URL."""
    chat = state.open_chat(parameters["chat_id"])
    caption = read_caption(parameters)
    fields = {"photo": photo_sizes(state, parameters["photo"])}
    if caption.text:
        fields |= _content("caption", "caption_entities", caption)
    return _send(state, chat, parameters, fields, parameters.get("caption", ""))


def edit_message_text(state: State, parameters: Json) -> Json:
    """editMessageText: leaving reply_markup out takes the keyboard away."""
    chat, record = _editable(state, parameters)
    if "text" not in record.message:
        raise bad_request("there is no text in the message to edit")
    fields: Json = {"entities": None, "link_preview_options": None, "reply_markup": None}
    fields |= _content("text", "entities", read_text(parameters))
    fields |= _shown(parameters, "link_preview_options") | _keyboard(parameters)
    return _edit(state, chat, record, fields, parameters["text"])


def edit_message_reply_markup(state: State, parameters: Json) -> Json:
    """editMessageReplyMarkup: leaving reply_markup out takes the keyboard away."""
    chat, record = _editable(state, parameters)
    fields = {"reply_markup": None} | _keyboard(parameters)
    return _edit(state, chat, record, fields, record.source)


def delete_message(state: State, parameters: Json) -> bool:
    """deleteMessage; the 48 hours within which Telegram allows it are not imitated."""
    chat = state.chat(parameters["chat_id"])
    if chat.records.pop(parameters["message_id"], None) is None:
        raise bad_request("message to delete not found")
    return True


def delete_messages(state: State, parameters: Json) -> bool:
    """deleteMessages: those that are not there are passed over."""
    chat = state.chat(parameters["chat_id"])
    if not 1 <= len(parameters["message_ids"]) <= DELETE_LIMIT:
        raise bad_request("too many message identifiers specified")
    for message_id in parameters["message_ids"]:
        chat.records.pop(message_id, None)
    return True


def answer_callback_query(state: State, parameters: Json) -> bool:
    """answerCallbackQuery: once for each press."""
    press = state.presses.get(parameters["callback_query_id"])
    if press is None or press.expired or press.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    if len(parameters.get("text", "")) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = parameters
    return True


def send_chat_action(state: State, parameters: Json) -> bool:
    """sendChatAction."""
    state.open_chat(parameters["chat_id"])
    if parameters["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _send(state: State, chat: Chat, parameters: Json, fields: Json, source: str) -> Json:
    fields = fields | _keyboard(parameters) | _reply(state, chat, parameters)
    if parameters.get("protect_content"):
        fields["has_protected_content"] = True
    record = state.add_message(chat, state.bot, fields)
    record.source = source
    record.silent = parameters.get("disable_notification", False)
    chat.events.append(seen(record))
    return record.message


def _edit(state: State, chat: Chat, record: Record, fields: Json, source: str) -> Json:
    """Change these fields, None taking one away; the message is then new to those who read."""
    if all(record.message.get(name) == value for name, value in fields.items()):
        raise bad_request(NOT_MODIFIED)
    merged = record.message | fields | {"edit_date": state.date}
    message = {name: value for name, value in merged.items() if value is not None}
    record.message = checked("Message", message)
    record.source = source
    chat.events.append(seen(record, edited=True))
    return record.message


def _editable(state: State, parameters: Json) -> tuple[Chat, Record]:
    if "chat_id" not in parameters or "message_id" not in parameters:
        raise bad_request("message identifier is not specified")
    chat = state.open_chat(parameters["chat_id"])
    record = chat.records.get(parameters["message_id"])
    if record is None:
        raise bad_request("message to edit not found")
    if record.message["from"]["id"] != state.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, record


def _reply(state: State, chat: Chat, parameters: Json) -> Json:
    """The fields of a reply; replies to messages of other chats are not imitated."""
    wanted = parameters.get("reply_parameters")
    if wanted is None:
        return {}
    record = chat.records.get(wanted["message_id"])
    if record is not None:
        return {"reply_to_message": state.without_reply(record)}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _keyboard(parameters: Json) -> Json:
    markup = inline_keyboard(parameters.get("reply_markup"))
    return {"reply_markup": markup} if markup else {}


def _content(text_name: str, entities_name: str, content: Formatted) -> Json:
    fields: Json = {text_name: content.text}
    return fields | ({entities_name: list(content.entities)} if content.entities else {})


def _shown(parameters: Json, *names: str) -> Json:
    return {name: parameters[name] for name in names if name in parameters}
