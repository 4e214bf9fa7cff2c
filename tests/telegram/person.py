"""People for tests: they write, press, read and block, as in a Telegram app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.telegram.group import Group
from tests.telegram.inline import InlineAnswers, InlineResult, ask_inline, pick
from tests.telegram.members import ANONYMOUS, Status, chat_member
from tests.telegram.polls import vote
from tests.telegram.posting import forwarded, post, tell_bot, typed
from tests.telegram.profile import commands_shown
from tests.telegram.schema import Json
from tests.telegram.sent import Record, SentMessage
from tests.telegram.state import Chat, Press, State
from tests.telegram.watching import SECONDS, bots_messages, next_message

# The chat with somebody else in which a person may use the bot inline.
_ELSEWHERE = 900_000_000_000


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
        return await self.sends(typed(text), reply_to=reply_to)

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

    async def says_in(
        self,
        group: Group,
        text: str,
        *,
        reply_to: SentMessage | int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
        forwarded_from: Person | None = None,
    ) -> int:
        """Send a text into a group, or into a topic of it; the bot may not get to know.

        anonymous is on behalf of the group. ValueError from who may not write so.
        """
        origin = forwarded(forwarded_from.user, self.state.date) if forwarded_from else {}
        fields = typed(text) | origin
        return await self.sends_in(
            group, fields, reply_to=reply_to, topic=topic, anonymous=anonymous
        )

    async def sends_in(
        self,
        group: Group,
        fields: Mapping[str, object],
        *,
        reply_to: SentMessage | int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> int:
        """Send a message of any kind into a group by its Bot API fields."""
        answered = None if reply_to is None else _message_id(reply_to)
        record = await post(
            self.state,
            group.chat,
            self.user,
            fields,
            reply_to=answered,
            topic=topic,
            anonymous=anonymous,
        )
        return int(record.message["message_id"])

    async def edits(self, message_id: int, text: str) -> None:
        """Change the text of one's own message."""
        record = self._edited(self.chat, message_id, text)
        await self._tell_bot("edited_message", record.message)

    async def edits_in(self, group: Group, message_id: int, text: str) -> None:
        """Change the text of one's own message in a group; ValueError for another's."""
        sender = group.chat.records[message_id].message["from"]["id"]
        if sender not in {self.id, ANONYMOUS["id"]}:
            raise ValueError("people edit their own messages")
        record = self._edited(group.chat, message_id, text)
        await tell_bot(self.state, group.chat, "edited_message", record)

    async def presses(self, message: SentMessage | int, button: str) -> Press:
        """Press a button by its text or callback_data.

        The keyboard is the one now under the message; in a group any member may press (ValueError
        for others), on a SentMessage. LookupError when the message is gone or has
        no such button, or when the button does not call the bot (a URL).
        """
        record = self._record(message)
        place: Json = {"message": record.message}
        if record.inline_id is not None:
            place = {"inline_message_id": record.inline_id}
        press = Press(str(len(self.state.presses) + 1), self.id, _data(record, button))
        self.state.presses[press.id] = press
        query = {
            "id": press.id,
            "from": self.user,
            "chat_instance": str(record.message["chat"]["id"]),
            "data": press.data,
        } | place
        await self._tell_bot("callback_query", query)
        return press

    async def votes(self, message: SentMessage | int, *options: int) -> None:
        """Choose options of a poll by their numbers, none taking the vote back."""
        vote(self.state, self._record(message), self.user, options)
        await self.state.announce()

    async def asks_inline(
        self, text: str, chat: Group | None = None, offset: str = "", seconds: float = SECONDS
    ) -> InlineAnswers:
        """Type a query after the bot's name, in a group or in a chat with somebody else."""
        place = chat.chat if chat else self._elsewhere()
        return await ask_inline(self.state, self.user, place, text, offset=offset, seconds=seconds)

    async def picks(self, result: InlineResult) -> SentMessage:
        """Send a result into the chat in which it was asked for."""
        return await pick(self.state, self.user, result)

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
        return bots_messages(self.state, self.chat)

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
        if chat.roster is not None and not chat.roster.holds(self.id):
            raise ValueError(f"{self.user['first_name']} is not in chat {chat.id}")
        return chat.records[_message_id(message)]

    def _edited(self, chat: Chat, message_id: int, text: str) -> Record:
        record = chat.records[message_id]
        kept = {name: value for name, value in record.message.items() if name != "entities"}
        record.message = kept | typed(text) | {"edit_date": self.state.date}
        return record

    def _elsewhere(self) -> Chat:
        number = _ELSEWHERE + self.id
        other = Chat(number, "private", {"first_name": "Somebody else"}, met=False)
        return self.state.chats.setdefault(number, other)

    async def _membership(self, old: Status, new: Status) -> None:
        await self._tell_bot(
            "my_chat_member",
            {
                "chat": self.chat.as_json(),
                "from": self.user,
                "date": self.state.date,
                "old_chat_member": chat_member(self.state.bot, old),
                "new_chat_member": chat_member(self.state.bot, new),
            },
        )

    async def _tell_bot(self, kind: str, payload: Json) -> None:
        self.state.updates.add(kind, payload)
        await self.state.announce()


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
