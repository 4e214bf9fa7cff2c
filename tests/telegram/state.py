"""What the server knows: people, chats, messages, presses of buttons, the bot's own settings."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram.errors import bad_request
from tests.telegram.members import Roster
from tests.telegram.schema import Json, Upload, checked
from tests.telegram.sent import Record, SentMessage
from tests.telegram.updates import UpdateQueue


@dataclass
class Chat:
    """A chat of any type; about holds its other fields (title, first_name, is_forum ...).

    events are the bot's new and edited messages in order, of which read have been handed out.
    blocked: the bot may not write here. The bot knows nothing of a chat that it has not met. A
    group has a roster, unless it was put here by hand: then everyone may do everything.
    """

    id: int
    type: str
    about: Json
    records: dict[int, Record] = field(default_factory=dict)
    events: list[SentMessage] = field(default_factory=list)
    read: int = 0
    blocked: bool = False
    met: bool = True
    roster: Roster | None = None

    def as_json(self) -> Json:
        """The Bot API's Chat."""
        return checked("Chat", {"id": self.id, "type": self.type} | self.about)


@dataclass
class Press:
    """A pressed button; answer holds the parameters of answerCallbackQuery once it came."""

    id: str
    user_id: int
    data: str
    answer: Json | None = None
    expired: bool = False


@dataclass
class Switches:
    """What a bot's owner switches at BotFather."""

    privacy: bool = True
    inline: bool = False
    inline_feedback: bool = False
    guests: bool = False


@dataclass
class Asked:
    """An inline or guest query; answer holds the parameters of its answer once it came.

    message is the one that called the bot as a guest, None for an inline query.
    """

    id: str
    user: Json
    chat: Chat
    text: str = ""
    message: Json | None = None
    answer: Json | None = None
    expired: bool = False


@dataclass
class Webhook:
    """Where updates are posted; an empty url means long polling."""

    url: str = ""
    secret: str = ""
    ip_address: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_date: int = 0


@dataclass
class State:
    """Everything behind the API. Whoever changes it calls announce, so that those who wait look."""

    bot: Json
    now: Callable[[], float] = time.time
    users: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    presses: dict[str, Press] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    polls: int = 0
    votes: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    inline_messages: dict[str, tuple[Chat, Record]] = field(default_factory=dict)
    switches: Switches = field(default_factory=Switches)
    webhook: Webhook = field(default_factory=Webhook)
    commands: dict[tuple[str, int, int, str], list[Json]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    poller: object = None
    closing: bool = False
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _last_message_id: int = 0

    @property
    def date(self) -> int:
        """Now, as the Bot API writes it."""
        return int(self.now())

    async def announce(self) -> None:
        """Wake everyone who waits for a change."""
        async with self.changed:
            self.changed.notify_all()

    async def wait(self, condition: Callable[[], bool], seconds: float | None) -> bool:
        """Wait until condition holds; False when the time is over first."""
        try:
            async with asyncio.timeout(seconds), self.changed:
                await self.changed.wait_for(condition)
        except TimeoutError:
            return condition()
        return True

    def chat(self, chat_id: int | str) -> Chat:
        """The chat with this id or @username that the bot has met; ApiError 400 for none."""
        if isinstance(chat_id, int):
            found = self.chats.get(chat_id)
        else:
            named = (chat for chat in self.chats.values() if "username" in chat.about)
            found = next((chat for chat in named if f"@{chat.about['username']}" == chat_id), None)
        if found is None or not found.met:
            raise bad_request("chat not found")
        return found

    def add_message(self, chat: Chat, sender: Json, fields: Json) -> Record:
        """Put a new message into the chat; fields are those of Message beyond the usual ones."""
        self._last_message_id += 1
        message = {
            "message_id": self._last_message_id,
            "from": sender,
            "chat": chat.as_json(),
            "date": self.date,
        }
        record = Record(checked("Message", message | fields))
        chat.records[self._last_message_id] = record
        return record

    def without_reply(self, record: Record) -> Json:
        """The message as another one carries it in reply_to_message: not nested further."""
        return {name: value for name, value in record.message.items() if name != "reply_to_message"}
