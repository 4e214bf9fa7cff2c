"""Whether the bot has been asked: a second opinion, read off an update's JSON alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.telegram.calls import Call
from tests.telegram.lines import NAME
from tests.telegram.members import ANONYMOUS
from tests.telegram.random_updates import BOT, CONTENT
from tests.telegram.recording import POSTING, rules
from tests.telegram.schema import Json

# Commands that are the bot's own even without its name.
_OWN = ("/ask", "/techniques", "/symptoms", "/remind", "/streak")
# ... and if it comes from an administrator.
_RULERS = ("/settings", "/reminders", "/next", "/log", "/stop")
_GROUPS = ("group", "supergroup")
_OUTSIDE, _INSIDE = ("left", "kicked"), ("member", "administrator", "restricted")


def uninvited(update: Json, calls: list[Call]) -> list[Call]:
    """Those of the calls that nobody has asked for with this update."""
    return [call for call in calls if _names_anything(call) and not _is_invited(update, call)]


def _names_anything(call: Call) -> bool:
    """Telegram refuses a call for a chat or a message that has no proper id."""
    told = call.parameters
    nowhere = call.method.startswith(POSTING) and not told.keys() & {"chat_id", "inline_message_id"}
    ids = (told.get(name, 0) for name in ("chat_id", "message_id"))
    return not nowhere and all(isinstance(id, int | str) for id in ids)


def _is_invited(update: Json, call: Call) -> bool:
    query = _of(update, "callback_query")
    match call.method:
        case "answerCallbackQuery":
            return bool(query)
        case "getChatMember":
            return True
        case "editMessageText" | "editMessageReplyMarkup":
            inline = call.parameters.get("inline_message_id")
            return inline == query.get("inline_message_id") if inline else _names(call, query)
        case "answerInlineQuery":
            return bool(_of(update, "inline_query"))
        case "answerGuestQuery":
            return bool(_of(update, "guest_message"))
        case "sendMessage" | "sendPhoto":
            return call.parameters["chat_id"] in list(_invited_to(update))
    return False


def _invited_to(update: Json) -> Iterator[object]:
    """The chat to which a new message may go."""
    query = _of(update, "callback_query")
    for message in (_of(update, "message"), _of(update, "edited_message")):
        if _type(message) == "private" and _is_said(message) and _is_persons(message):
            yield _of(message, "chat").get("id")
    message = _of(update, "message")
    if _type(message) in _GROUPS and _is_written_here(message) and _is_addressed(message):
        yield _of(message, "chat").get("id")
        yield _of(message, "from").get("id")  # what the group must not read
    pressed = _of(query, "message")
    if _type(pressed) in _GROUPS and rules(_of(query, "from").get("id")):
        yield _of(pressed, "chat").get("id")
    if _type(pressed) == "private" and not pressed.get("business_connection_id"):
        yield _of(pressed, "chat").get("id")
    changed = _of(update, "my_chat_member")
    if _type(changed) in _GROUPS and _comes_in(changed):
        yield _of(changed, "chat").get("id")


def _is_said(message: Json) -> bool:
    """Whether it says or shows something to the bot, rather than tells of a change."""
    says = any(field in message for field in ("text", "caption", *CONTENT))
    return says and not message.get("business_connection_id")


def _is_persons(message: Json) -> bool:
    sender = _of(message, "from")
    return sender.get("is_bot") is False and _of(message, "via_bot").get("id") != BOT["id"]


def _is_written_here(message: Json) -> bool:
    """Whether a member of the group has written it, perhaps as an anonymous administrator."""
    passed_on = ("forward_origin", "via_bot", "is_automatic_forward")
    if any(message.get(field) for field in passed_on) or not _is_said(message):
        return False
    behalf, sender = _of(message, "sender_chat"), _of(message, "from")
    if behalf and behalf.get("id") == _of(message, "chat").get("id"):
        return True
    return sender.get("is_bot") is False or sender.get("id") == ANONYMOUS["id"]


def _is_addressed(message: Json) -> bool:
    text = str(message.get("text") or message.get("caption") or "").lower()
    first = text.split(" ")[0]
    named = f"@{NAME}" in text or _is_mentioned(message)
    answered = _of(_of(message, "reply_to_message"), "from").get("id") == BOT["id"]
    behalf = _of(message, "sender_chat").get("id") == _of(message, "chat").get("id")
    ruler = behalf or rules(_of(message, "from").get("id"))
    return named or answered or first in _OWN or (first in _RULERS and ruler)


def _is_mentioned(message: Json) -> bool:
    marked = (message.get("entities"), message.get("caption_entities"))
    found = [e for some in marked if isinstance(some, list) for e in some if isinstance(e, dict)]
    return any(_of(entity, "user").get("id") == BOT["id"] for entity in found)


def _comes_in(changed: Json) -> bool:
    old, new = (_of(changed, f"{which}_chat_member") for which in ("old", "new"))
    return old.get("status") in _OUTSIDE and new.get("status") in _INSIDE


def _names(call: Call, query: Json) -> bool:
    message = _of(query, "message")
    named = call.parameters.get("chat_id"), call.parameters.get("message_id")
    return named == (_of(message, "chat").get("id"), message.get("message_id"))


def _type(holder: Json) -> object:
    return _of(holder, "chat").get("type")


def _of(holder: Json, field: str) -> dict[str, Any]:
    """An object in a field; an empty one where there is none."""
    value = holder.get(field)
    return value if isinstance(value, dict) else {}
