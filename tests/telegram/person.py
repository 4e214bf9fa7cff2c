"""People for tests: they write, press, read and block, as in a Telegram app."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.telegram.entities import automatic, utf16_length
from tests.telegram.profile import commands_shown
from tests.telegram.schema import Json
from tests.telegram.sent import Record, SentMessage, seen
from tests.telegram.state import Chat, Press, State
from tests.telegram.texts import TEXT_LIMIT

# How long a test waits for the bot unless it says otherwise.
SECONDS = 5.0


@dataclass(frozen=True)
class Person:
    """A person with a private chat with the bot, which begins with the first thing said."""

    state: State = field(repr=False)
    id: int

    @property
    def user(self) -> Json:
        """The Bot API's User."""
        return self.state.users[self.id]

    @property
    def chat(self) -> Chat:
        """The private chat; LookupError before the first thing said."""
        return self.state.chats[self.id]

    async def says(self, text: str, *, reply_to: SentMessage | int | None = None) -> int:
        """Send a text and get its message_id. ValueError for one that no app would send so."""
        if not text.strip() or utf16_length(text.strip()) > TEXT_LIMIT:
            raise ValueError("an app sends 1-4096 characters in a message")
        return await self.sends(_text_fields(text.strip()), reply_to=reply_to)

    async def sends(
        self, fields: Mapping[str, object], *, reply_to: SentMessage | int | None = None
    ) -> int:
        """Send a message of any kind by its Bot API fields, such as {"sticker": {...}}."""
        chat = self._opened_chat()
        content = dict(fields)
        if reply_to is not None:
            record = chat.records[_message_id(reply_to)]
            content["reply_to_message"] = self.state.without_reply(record)
        record = self.state.add_message(chat, self.user, content)
        await self._tell_bot("message", record.message)
        return int(record.message["message_id"])

    async def edits(self, message_id: int, text: str) -> None:
        """Change the text of one's own message."""
        record = self.chat.records[message_id]
        kept = {name: value for name, value in record.message.items() if name != "entities"}
        record.message = kept | _text_fields(text) | {"edit_date": self.state.date}
        await self._tell_bot("edited_message", record.message)

    async def presses(self, message: SentMessage | int, button: str) -> Press:
        """Press a button by its text or callback_data.

        The keyboard is the one now under the message. LookupError when the message is gone or has
        no such button, or when the button does not call the bot (a URL).
        """
        record = self._record(message)
        press = Press(str(len(self.state.presses) + 1), self.id, _data(record, button))
        self.state.presses[press.id] = press
        query = {
            "id": press.id,
            "from": self.user,
            "message": record.message,
            "chat_instance": str(self.id),
            "data": press.data,
        }
        await self._tell_bot("callback_query", query)
        return press

    async def reads(self, seconds: float = SECONDS) -> SentMessage:
        """The bot's next new or edited message; AssertionError when none comes in time."""
        return await next_message(self.state, self.chat, seconds)

    async def answer_to(self, press: Press, seconds: float = SECONDS) -> str:
        """The text that pops up after a press, often empty; AssertionError when none comes."""
        if not await self.state.wait(lambda: press.answer is not None, seconds):
            raise AssertionError(f"the press of {press.data!r} was not answered in {seconds} s")
        return str((press.answer or {}).get("text", ""))

    def unread(self) -> list[SentMessage]:
        """What the bot has sent or edited and nobody has read yet; it stays unread."""
        return self.chat.events[self.chat.read :]

    def sees(self) -> list[SentMessage]:
        """The bot's messages as they now stand in the chat, edits done and deletions gone."""
        bot_id = self.state.bot["id"]
        records = self.chat.records.values()
        return [seen(record) for record in records if record.message["from"]["id"] == bot_id]

    def commands_shown(self) -> list[tuple[str, str]]:
        """The command menu in the person's language: (command, description)."""
        shown = commands_shown(self.state, self.chat, self.user.get("language_code", ""))
        return [(command["command"], command["description"]) for command in shown]

    async def blocks_bot(self) -> None:
        """From now on the bot may not write; it is told by my_chat_member."""
        self.chat.blocked = True
        await self._membership("member", "kicked")

    async def unblocks_bot(self) -> None:
        """Take the block back; the bot is told by my_chat_member."""
        self.chat.blocked = False
        await self._membership("kicked", "member")

    def _opened_chat(self) -> Chat:
        names = ("first_name", "last_name", "username")
        about = {name: self.user[name] for name in names if name in self.user}
        chat = self.state.chats.setdefault(self.id, Chat(self.id, "private", about))
        if chat.blocked:
            raise ValueError("a person unblocks the bot before writing to it")
        return chat

    def _record(self, message: SentMessage | int) -> Record:
        chat = self.state.chats[self.id if isinstance(message, int) else message.chat_id]
        return chat.records[_message_id(message)]

    async def _membership(self, old: str, new: str) -> None:
        await self._tell_bot(
            "my_chat_member",
            {
                "chat": self.chat.as_json(),
                "from": self.user,
                "date": self.state.date,
                "old_chat_member": _member(self.state.bot, old),
                "new_chat_member": _member(self.state.bot, new),
            },
        )

    async def _tell_bot(self, kind: str, payload: Json) -> None:
        self.state.updates.add(kind, payload)
        await self.state.announce()


async def next_message(state: State, chat: Chat, seconds: float = SECONDS) -> SentMessage:
    """The next unread new or edited message of the bot; AssertionError when none comes in time."""
    if not await state.wait(lambda: chat.read < len(chat.events), seconds):
        raise AssertionError(f"the bot sent nothing to chat {chat.id} in {seconds} s")
    chat.read += 1
    return chat.events[chat.read - 1]


def _text_fields(text: str) -> Json:
    entities = automatic(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def _message_id(message: SentMessage | int) -> int:
    return message if isinstance(message, int) else message.message_id


def _data(record: Record, wanted: str) -> str:
    rows = record.message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    for name in ("text", "callback_data"):
        for button in buttons:
            if button.get(name) == wanted and "callback_data" in button:
                return str(button["callback_data"])
    labels = [button["text"] for button in buttons]
    raise LookupError(f"no button {wanted!r} that calls the bot among {labels}")


def _member(bot: Json, status: str) -> Json:
    return {"status": status, "user": bot} | ({"until_date": 0} if status == "kicked" else {})
