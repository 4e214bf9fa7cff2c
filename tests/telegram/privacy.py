"""Which messages of a group reach the bot.

A bare /command reaches it unless another bot was the last to write in the group: that is the rule
of Telegram's page on privacy mode ("if the bot was the last bot to send a message to the group"),
and in a group where no bot has written it is taken to reach every bot. It must begin the message;
/command@bot may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.telegram.members import ANONYMOUS, Roster
from tests.telegram.schema import Json
from tests.telegram.state import State

_SERVICE = {
    *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
    *("delete_chat_photo", "group_chat_created", "supergroup_chat_created", "pinned_message"),
    *("migrate_to_chat_id", "migrate_from_chat_id", "message_auto_delete_timer_changed"),
    *("forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
    *("general_forum_topic_hidden", "general_forum_topic_unhidden", "boost_added"),
    *("video_chat_scheduled", "video_chat_started", "video_chat_ended", "chat_background_set"),
}


def reaches_bot(state: State, roster: Roster, message: Json) -> bool:
    """Whether the bot gets the message as an update; the bot is not told of its own."""
    bot_id = state.bot["id"]
    if not roster.holds(bot_id):
        return False
    if not _SERVICE.isdisjoint(message):
        return True
    sender = message["from"]
    if sender["is_bot"] and sender["id"] != ANONYMOUS["id"]:
        return False
    return not state.switches.privacy or roster.rules(bot_id) or _is_meant(state, roster, message)


def mentions_bot(state: State, message: Json) -> bool:
    """Whether the text or caption names the bot, by @username or by a link to it."""
    name = f"@{state.bot['username']}".lower()
    return any(
        (kind == "mention" and words.lower() == name)
        or entity.get("user", {}).get("id") == state.bot["id"]
        for kind, words, entity in _marked(message)
    )


def _is_meant(state: State, roster: Roster, message: Json) -> bool:
    """For a bot in privacy mode. A reply to another bot is that bot's alone."""
    bot_id = state.bot["id"]
    answered = message.get("reply_to_message", {})
    to_bot = "forum_topic_created" not in answered and answered.get("from", {})
    if to_bot and to_bot["is_bot"] and to_bot["id"] != ANONYMOUS["id"]:
        return bool(to_bot["id"] == bot_id)
    if message.get("via_bot", {}).get("id") == bot_id or mentions_bot(state, message):
        return True
    return _is_commanded(state, roster, message)


def _is_commanded(state: State, roster: Roster, message: Json) -> bool:
    for kind, words, entity in _marked(message):
        _, at, name = words.partition("@")
        if kind == "bot_command" and at and name.lower() == state.bot["username"].lower():
            return True
        if kind == "bot_command" and not at and entity["offset"] == 0:
            return roster.last_bot in {None, state.bot["id"]}
    return False


def _marked(message: Json) -> Iterator[tuple[str, str, Json]]:
    """The kind, the words and the whole of each entity."""
    named = ("text", "entities") if "text" in message else ("caption", "caption_entities")
    text = message.get(named[0], "").encode("utf-16-le")
    for entity in message.get(named[1], ()):
        first, last = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
        yield entity["type"], text[first:last].decode("utf-16-le"), entity
