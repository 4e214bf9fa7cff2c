"""What can be seen of the bot's messages in a chat."""

from __future__ import annotations

from tests.telegram.sent import SentMessage, seen
from tests.telegram.state import Chat, State

# How long a test waits for the bot unless it says otherwise.
SECONDS = 5.0


async def next_message(state: State, chat: Chat, seconds: float = SECONDS) -> SentMessage:
    """The next unread new or edited message of the bot; AssertionError when none comes in time."""
    if not await state.wait(lambda: chat.read < len(chat.events), seconds):
        raise AssertionError(f"the bot sent nothing to chat {chat.id} in {seconds} s")
    chat.read += 1
    return chat.events[chat.read - 1]


def bots_messages(state: State, chat: Chat) -> list[SentMessage]:
    """The bot's messages as they now stand, edits done and deletions gone."""
    bot_id = state.bot["id"]
    records = chat.records.values()
    return [seen(record) for record in records if record.message["from"]["id"] == bot_id]
