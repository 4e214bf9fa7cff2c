"""What people put into chats, and whether the bot hears of it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.telegram.chat_members import roster_of
from tests.telegram.entities import automatic, utf16_length
from tests.telegram.members import ANONYMOUS
from tests.telegram.privacy import mentions_bot, reaches_bot
from tests.telegram.schema import Json
from tests.telegram.sent import Record
from tests.telegram.state import Asked, Chat, State
from tests.telegram.texts import TEXT_LIMIT
from tests.telegram.threads import thread_fields


def typed(text: str) -> Json:
    """The fields of a text typed in an app; ValueError for one that no app would send so."""
    text = text.strip()
    if not text or utf16_length(text) > TEXT_LIMIT:
        raise ValueError("an app sends 1-4096 characters in a message")
    entities = automatic(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def forwarded(author: Json, date: int) -> Json:
    """The fields of a message that somebody else wrote first."""
    return {"forward_origin": {"type": "user", "date": date, "sender_user": author}}


async def post(
    state: State,
    chat: Chat,
    sender: Json,
    fields: Mapping[str, object],
    *,
    reply_to: int | None = None,
    topic: int | None = None,
    anonymous: bool = False,
) -> Record:
    """Put a person's message into a group, and tell the bot if it is to know.

    LookupError for a message or topic that is not there, ValueError from who may not write so.
    """
    _check_sender(chat, sender, anonymous=anonymous)
    roster = roster_of(chat)
    if topic is not None and topic not in roster.topics:
        raise LookupError(f"no topic {topic} in chat {chat.id}")
    reply = chat.records[reply_to] if reply_to is not None else None
    place = thread_fields(state, chat, topic, reply)
    shown = {"sender_chat": chat.as_json()} if anonymous else {}
    author = ANONYMOUS if anonymous else sender
    record = state.add_message(chat, author, {**fields, **place, **shown})
    await tell_bot(state, chat, "message", record, summoner=sender)
    if sender["is_bot"]:
        roster.last_bot = sender["id"]
    return record


async def tell_bot(
    state: State, chat: Chat, kind: str, record: Record, *, summoner: Json | None = None
) -> None:
    """Queue a group's message for the bot if it is to know; summoner may call it as a guest."""
    if reaches_bot(state, roster_of(chat), record.message):
        state.updates.add(kind, record.message)
    elif summoner is not None and _is_summons(state, chat, summoner, record):
        number = f"guest-{len(state.asked) + 1}"
        message = record.message | {"guest_query_id": number}
        state.asked[number] = Asked(number, summoner, chat, message=message)
        state.updates.add("guest_message", message)
    await state.announce()


def _check_sender(chat: Chat, sender: Json, *, anonymous: bool) -> None:
    roster = roster_of(chat)
    if roster.migrated_to is not None:
        raise ValueError(f"chat {chat.id} has become {roster.migrated_to}")
    if not roster.holds(sender["id"]):
        raise ValueError(f"{sender['first_name']} is not in chat {chat.id}")
    if anonymous and (chat.type == "group" or not roster.rules(sender["id"])):
        raise ValueError("only a supergroup's administrators write on its behalf")


def _is_summons(state: State, chat: Chat, summoner: Json, record: Record) -> bool:
    outside = not roster_of(chat).holds(state.bot["id"])
    wanted = state.switches.guests and not summoner["is_bot"]
    return outside and wanted and mentions_bot(state, record.message)
