"""Forum topics and reply threads: which thread a message belongs to, and how it says so."""

from __future__ import annotations

from tests.telegram.errors import bad_request
from tests.telegram.schema import Json
from tests.telegram.sent import Record
from tests.telegram.state import Chat, State


def thread_fields(state: State, chat: Chat, topic: int | None, reply: Record | None) -> Json:
    """The fields of a message sent into a topic (None: General, or no forum), or as a reply.

    A reply goes into its message's topic. In a topic, what answers nothing answers the service
    message with which the topic began. In a supergroup without topics a reply is in the thread of
    the first message, yet is no topic message; a basic group has no threads.
    """
    answered = {"reply_to_message": state.without_reply(reply)} if reply else {}
    if chat.roster is None or chat.type != "supergroup":
        return answered
    if not chat.about.get("is_forum"):
        return answered | ({"message_thread_id": _root(reply)} if reply else {})
    place = topic if topic is not None else _topic_of(reply)
    if place is None:
        return answered
    beginning = {"reply_to_message": state.without_reply(chat.records[place])}
    return beginning | answered | {"message_thread_id": place, "is_topic_message": True}


def check_thread(chat: Chat, thread: int | None) -> None:
    """ApiError 400 when the bot names a thread that is no topic; General has no number."""
    if thread is None or chat.roster is None or thread in chat.roster.topics:
        return
    threads = {record.message.get("message_thread_id") for record in chat.records.values()}
    if thread in threads and thread in chat.records:
        raise bad_request("message thread is not a forum topic thread")
    raise bad_request("message thread not found")


def _root(reply: Record) -> int:
    message = reply.message
    return int(message["message_thread_id" if "message_thread_id" in message else "message_id"])


def _topic_of(reply: Record | None) -> int | None:
    return reply.message.get("message_thread_id") if reply else None
