"""The methods that send, change and delete messages."""

from tests.telegram.access import Rights, check_may_send, may_delete, reachable
from tests.telegram.errors import QUERY_TOO_OLD, bad_request
from tests.telegram.outgoing import content_fields, edit, editable, keyboard_field, send
from tests.telegram.photos import photo_sizes
from tests.telegram.schema import Json
from tests.telegram.state import Chat, State
from tests.telegram.texts import read_caption, read_text
from tests.telegram.threads import check_thread

ANSWER_LIMIT = 200
DELETE_LIMIT = 100
_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note"),
    "upload_video_note",
}


def send_message(state: State, parameters: Json) -> Json:
    """sendMessage: text with entities, an inline keyboard, a reply."""
    chat = reachable(state, parameters["chat_id"], Rights.WRITE)
    check_may_send(state, chat, "can_send_messages", "text messages")
    text = read_text(parameters)
    fields = content_fields("text", "entities", text) | _shown(parameters, "link_preview_options")
    return send(state, chat, parameters, fields, parameters["text"])


def send_photo(state: State, parameters: Json) -> Json:
    """sendPhoto: an upload, the file_id of an earlier one, or an HTTP URL."""
    chat = reachable(state, parameters["chat_id"], Rights.WRITE)
    check_may_send(state, chat, "can_send_photos", "photos")
    caption = read_caption(parameters)
    fields = {"photo": photo_sizes(state, parameters["photo"])}
    if caption.text:
        fields |= content_fields("caption", "caption_entities", caption)
    return send(state, chat, parameters, fields, parameters.get("caption", ""))


def edit_message_text(state: State, parameters: Json) -> Json | bool:
    """editMessageText: leaving reply_markup out takes the keyboard away."""
    chat, record = editable(state, parameters)
    if "text" not in record.message:
        raise bad_request("there is no text in the message to edit")
    fields: Json = {"entities": None, "link_preview_options": None, "reply_markup": None}
    fields |= content_fields("text", "entities", read_text(parameters))
    fields |= _shown(parameters, "link_preview_options") | keyboard_field(parameters)
    return edit(state, chat, record, fields, parameters["text"])


def edit_message_reply_markup(state: State, parameters: Json) -> Json | bool:
    """editMessageReplyMarkup: leaving reply_markup out takes the keyboard away."""
    chat, record = editable(state, parameters)
    fields = {"reply_markup": None} | keyboard_field(parameters)
    return edit(state, chat, record, fields, record.source)


def delete_message(state: State, parameters: Json) -> bool:
    """deleteMessage; the 48 hours within which Telegram allows it are not imitated."""
    chat = _clearable(state, parameters)
    record = chat.records.get(parameters["message_id"])
    if record is None:
        raise bad_request("message to delete not found")
    if not may_delete(state, chat, record):
        raise bad_request("message can't be deleted")
    del chat.records[parameters["message_id"]]
    return True


def delete_messages(state: State, parameters: Json) -> bool:
    """deleteMessages: those that are not there or may not go are passed over."""
    chat = _clearable(state, parameters)
    if not 1 <= len(parameters["message_ids"]) <= DELETE_LIMIT:
        raise bad_request("too many message identifiers specified")
    for message_id in parameters["message_ids"]:
        record = chat.records.get(message_id)
        if record is not None and may_delete(state, chat, record):
            del chat.records[message_id]
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
    chat = reachable(state, parameters["chat_id"], Rights.WRITE)
    check_thread(chat, parameters.get("message_thread_id"))
    if parameters["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _clearable(state: State, parameters: Json) -> Chat:
    """The chat; in a private one the bot may delete even while it is blocked."""
    chat = state.chat(parameters["chat_id"])
    return chat if chat.roster is None else reachable(state, chat.id, Rights.WRITE)


def _shown(parameters: Json, *names: str) -> Json:
    return {name: parameters[name] for name in names if name in parameters}
