"""Guest mode: somebody names the bot in a group that it is not in, and it may answer once.

How Telegram refuses a second answer is not known: here as it refuses an old query.
"""

from __future__ import annotations

from tests.telegram.errors import QUERY_TOO_OLD, bad_request
from tests.telegram.members import ANONYMOUS
from tests.telegram.results import drafted, make_editable, put
from tests.telegram.schema import Json
from tests.telegram.sent import seen
from tests.telegram.state import State
from tests.telegram.threads import thread_fields


def answer_guest_query(state: State, parameters: Json) -> Json:
    """answerGuestQuery: the message comes in the topic, if any, of the one that called the bot."""
    asked = state.asked.get(parameters["guest_query_id"])
    if asked is None or asked.message is None or asked.expired or asked.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    draft = drafted(state, parameters["result"])
    asked.answer = parameters
    message = asked.message
    if message["from"]["id"] == ANONYMOUS["id"]:
        caller = {"guest_bot_caller_chat": message["sender_chat"]}
    else:
        caller = {"guest_bot_caller_user": asked.user}
    topic = message["message_thread_id"] if message.get("is_topic_message") else None
    place = thread_fields(state, asked.chat, topic, None)
    record = put(state, asked.chat, state.bot, draft, caller | place)
    asked.chat.events.append(seen(record))
    return {"inline_message_id": make_editable(state, asked.chat, record)}
