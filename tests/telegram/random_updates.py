"""Updates of every kind that the Bot API knows, at random out of one seed.

Most are as Telegram would send them: who writes, where, in reply to what, all fit together. Some
are any object that bot_api.json allows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.telegram.entities import automatic
from tests.telegram.lines import DATA, NAME
from tests.telegram.members import ANONYMOUS
from tests.telegram.random_values import RandomValues
from tests.telegram.schema import Json, Shape, bot_api

BOT = {"id": 110201543, "is_bot": True, "first_name": "Psoas", "username": NAME}
_LINKED = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
_KNOWN = 400  # people and groups that come again
_FIRST = 1_000_001

_UPDATE, _MESSAGE = bot_api().types["Update"], bot_api().types["Message"]
assert isinstance(_UPDATE, Shape)
assert isinstance(_MESSAGE, Shape)
KINDS = tuple(_UPDATE.optional)
# How often each kind comes beside the others' once.
_WEIGHTS = {"message": 50, "callback_query": 14, "edited_message": 6, "my_chat_member": 6}
_WEIGHTS |= {"guest_message": 3, "inline_query": 3, "channel_post": 2, "business_message": 2}

CONTENT = (
    *("animation", "audio", "document", "live_photo", "paid_media", "photo", "sticker", "story"),
    *("video", "video_note", "voice", "checklist", "contact", "dice", "game", "poll", "venue"),
    *("location", "rich_message"),
)
_ABOUT = {  # what stands beside the content, or tells where it came from
    *("message_thread_id", "direct_messages_topic", "from", "sender_chat", "sender_boost_count"),
    *("sender_business_bot", "sender_tag", "guest_query_id", "business_connection_id"),
    *("forward_origin", "is_topic_message", "is_automatic_forward", "reply_to_message"),
    *("external_reply", "quote", "reply_to_story", "reply_to_checklist_task_id"),
    *("reply_to_poll_option_id", "via_bot", "guest_bot_caller_user", "guest_bot_caller_chat"),
    *("edit_date", "has_protected_content", "is_from_offline", "is_paid_post", "media_group_id"),
    *("author_signature", "paid_star_count", "text", "entities", "link_preview_options"),
    *("suggested_post_info", "effect_id", "caption", "caption_entities", "reply_markup"),
    *("show_caption_above_media", "has_media_spoiler"),
}
# What Telegram says by itself; a message holds one of these and nothing that a person wrote.
SERVICE = tuple(f for f in _MESSAGE.optional if f not in {*_ABOUT, *CONTENT})
_TYPES = {"private": 5, "group": 2, "supergroup": 4, "channel": 1}


def random_updates(rng: random.Random, count: int) -> Iterator[Json]:
    """`count` updates, each kind among the first ones."""
    updates = _Updates(rng)
    weights = [_WEIGHTS.get(kind, 1) for kind in KINDS]
    kinds = [*KINDS, *rng.choices(KINDS, weights, k=max(0, count - len(KINDS)))]
    for number, kind in enumerate(kinds[:count]):
        yield {"update_id": _FIRST + number, kind: updates.of(kind)}


class _Updates:
    """What the updates hold."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._values = RandomValues(rng)
        first = RandomValues(random.Random(0))
        self._people = [first.made("User") | {"is_bot": False} for _ in range(_KNOWN)]
        self._groups = [first.id() for _ in range(_KNOWN)]

    def of(self, kind: str) -> Json:
        """What an update of this kind holds."""
        assert isinstance(_UPDATE, Shape)
        if self._perhaps(0.15):
            return self._values.made(_UPDATE.optional[kind][0])
        match kind:
            case "message" | "edited_message":
                return self._message(self._rng.choices([*_TYPES], [*_TYPES.values()])[0])
            case "channel_post" | "edited_channel_post":
                return self._message("channel")
            case "business_message" | "edited_business_message":
                return self._message("private") | {"business_connection_id": "b-1"}
            case "guest_message":
                place = self._rng.choice(("private", "group", "supergroup"))
                return self._message(place) | {"guest_query_id": str(self._values.id())}
            case "callback_query":
                return self._press()
            case "my_chat_member":
                return self._membership()
        return self._values.made(_UPDATE.optional[kind][0])

    def _message(self, place: str) -> Json:
        sender = self._person()
        message: Json = {
            "message_id": self._values.id(),
            "date": self._values.date(),
            "chat": self._chat(place, sender),
            "from": sender,
        }
        if place == "channel":
            message["sender_chat"] = message["chat"]
            del message["from"]
        return message | self._content() | self._around(message)

    def _content(self) -> Json:
        """What it says, shows, or tells of the chat."""
        assert isinstance(_MESSAGE, Shape)
        chance = self._rng.random()
        if chance < 0.75:
            text = self._values.text()
            return {"text": text, "entities": automatic(text)} if text else {}
        field = self._rng.choice(CONTENT if chance < 0.9 else SERVICE)
        content = {field: self._values.one_of(_MESSAGE.optional[field], 1, field, "Message")}
        if field in CONTENT and self._perhaps(0.5):
            text = self._values.text()
            content |= {"caption": text, "caption_entities": automatic(text)}
        return content

    def _around(self, message: Json) -> Json:
        """Where it came from, and what it belongs to."""
        found: Json = {}
        chat = message["chat"]
        if chat["type"] in {"group", "supergroup"} and self._perhaps(0.25):
            found |= self._behalf(chat)
        if chat.get("is_forum") and self._perhaps(0.7):
            found |= {"message_thread_id": self._values.id(), "is_topic_message": True}
        if self._perhaps(0.2):
            found["reply_to_message"] = self._earlier(chat)
        rare = (
            *("forward_origin", "via_bot", "external_reply", "quote", "reply_markup"),
            *("business_connection_id", "media_group_id", "edit_date", "is_from_offline"),
        )
        assert isinstance(_MESSAGE, Shape)
        for field in rare:
            if self._perhaps(0.04):
                found[field] = self._values.one_of(_MESSAGE.optional[field], 2, field, "Message")
        if "via_bot" in found:
            found["via_bot"] |= self._rng.choice((BOT, {"is_bot": True}))
        return found

    def _behalf(self, chat: Json) -> Json:
        """A sender that is no person: an anonymous administrator, a channel, a bot."""
        channel = self._chat("channel", {})
        return self._rng.choice(
            (
                {"from": ANONYMOUS, "sender_chat": chat},
                {"from": _LINKED, "sender_chat": channel, "is_automatic_forward": True},
                {"from": ANONYMOUS | {"id": 136817688}, "sender_chat": channel},
                {"from": self._person() | {"is_bot": True}},
                {"from": BOT},
            )
        )

    def _earlier(self, chat: Json) -> Json:
        """The message that is replied to: the bot's, somebody's, or the beginning of the topic."""
        told = {"message_id": self._values.id(), "date": self._values.date(), "chat": chat}
        begun = {"forum_topic_created": {"name": "Hips", "icon_color": 7322096}}
        text = {"text": self._values.text() or "?"}
        return told | self._rng.choice(
            ({"from": BOT} | text, {"from": self._person()} | text, {"from": BOT} | begun)
        )

    def _press(self) -> Json:
        sender = self._person()
        chat = self._chat(self._rng.choices([*_TYPES], [*_TYPES.values()])[0], sender)
        number = {"message_id": self._values.id(), "chat": chat}
        places: tuple[Json, ...] = (
            {"message": number | {"date": self._values.date(), "from": BOT, "text": "an answer"}},
            {"message": number | {"date": self._values.date(), "from": BOT, "text": "an answer"}},
            {"message": number | {"date": 0}},
            {"inline_message_id": str(self._values.id())},
        )
        told = {"data": self._rng.choice(DATA)} if self._perhaps(0.97) else {"game_short_name": "g"}
        number = {"id": str(self._values.id()), "chat_instance": str(self._values.id())}
        return {"from": sender} | number | told | self._rng.choice(places)

    def _membership(self) -> Json:
        sender = self._person()
        old, new = (self._values.one_of(("ChatMember",), 2) for _ in range(2))
        assert isinstance(old, dict)
        assert isinstance(new, dict)
        return {
            "chat": self._chat(self._rng.choice([*_TYPES]), sender),
            "from": sender,
            "date": self._values.date(),
            "old_chat_member": old | {"user": BOT},
            "new_chat_member": new | {"user": BOT},
        }

    def _person(self) -> Json:
        if self._perhaps(0.3):
            return self._rng.choice(self._people)
        return self._values.made("User", 1) | {"is_bot": self._perhaps(0.03)}

    def _chat(self, place: str, person: Json) -> Json:
        if place == "private":
            return {"id": person["id"], "type": place, "first_name": person["first_name"]}
        number = self._rng.choice(self._groups) if self._perhaps(0.3) else self._values.id()
        forum = {"is_forum": True} if place == "supergroup" and self._perhaps(0.4) else {}
        return {"id": -number, "type": place, "title": "Iron and Ease"} | forum

    def _perhaps(self, likely: float) -> bool:
        return self._rng.random() < likely
