"""Groups for tests: who is in them, their topics, and their becoming a supergroup."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.telegram.chat_members import change_member, roster_of
from tests.telegram.members import ANONYMOUS, Roster, Status, chat_member
from tests.telegram.posting import tell_bot
from tests.telegram.schema import Json
from tests.telegram.sent import SentMessage
from tests.telegram.state import Chat, State
from tests.telegram.watching import SECONDS, bots_messages, next_message

if TYPE_CHECKING:
    from tests.telegram.person import Person

_FIRST_GROUP, _FIRST_SUPERGROUP = -4_000_001, -1_002_000_000_001
_ICON_COLOR = 7322096


def new_group(state: State, title: str, *, supergroup: bool, forum: bool, id: int | None) -> Group:
    """A group with nobody in it; ValueError for a forum that is no supergroup."""
    if forum and not supergroup:
        raise ValueError("only a supergroup has topics")
    first = _FIRST_SUPERGROUP if supergroup else _FIRST_GROUP
    number = first - len(state.chats) if id is None else id
    about = {"title": title} | ({"is_forum": True} if forum else {})
    kind = "supergroup" if supergroup else "group"
    state.chats[number] = Chat(number, kind, about, met=False, roster=Roster())
    return Group(state, number)


@dataclass(frozen=True)
class Group:
    """A group or supergroup. The bot knows nothing of it before add_bot.

    Whoever acts is named by `by`; otherwise it is the creator, or who came first (ValueError when
    nobody is there).
    """

    state: State = field(repr=False)
    id: int

    @property
    def chat(self) -> Chat:
        """The group as the server keeps it."""
        return self.state.chats[self.id]

    @property
    def roster(self) -> Roster:
        """Its members and topics."""
        return roster_of(self.chat)

    async def add(self, person: Person, status: Status = "member", **rights: bool) -> None:
        """Let somebody in, or change what an earlier member is and may do."""
        comes = not self.roster.holds(person.id)
        change_member(self.state, self.chat, person.user, chat_member(person.user, status, rights))
        if comes:
            await self._service(person.user, {"new_chat_members": [person.user]})
        await self.state.announce()

    async def remove(self, person: Person, by: Person | None = None) -> None:
        """Take somebody out; by whom, or of their own will."""
        gone = chat_member(person.user, "kicked" if by else "left")
        change_member(self.state, self.chat, by.user if by else person.user, gone)
        await self._service(by.user if by else person.user, {"left_chat_member": person.user})

    async def add_bot(
        self, status: Status = "member", by: Person | None = None, **rights: bool
    ) -> None:
        """Let the bot in; it is told by my_chat_member and by a service message."""
        self.chat.met = True
        await self.change_bot(status, by, **rights)
        await self._service(self._actor(by), {"new_chat_members": [self.state.bot]})

    async def change_bot(self, status: Status, by: Person | None = None, **rights: bool) -> None:
        """Make the bot something else, such as an administrator with some rights."""
        if status == "restricted" and self.chat.type == "group":
            raise ValueError("only a supergroup restricts its members")
        member = chat_member(self.state.bot, status, rights)
        change_member(self.state, self.chat, self._actor(by), member)
        await self.state.announce()

    async def promote_bot(self, by: Person | None = None, **rights: bool) -> None:
        """Make the bot an administrator with these rights, such as can_delete_messages."""
        await self.change_bot("administrator", by, **rights)

    async def demote_bot(self, by: Person | None = None) -> None:
        """Make the bot an ordinary member, which also ends a restriction."""
        await self.change_bot("member", by)

    async def restrict_bot(self, by: Person | None = None, **permissions: bool) -> None:
        """Leave the bot only these permissions, such as can_send_messages."""
        await self.change_bot("restricted", by, **permissions)

    async def remove_bot(self, by: Person | None = None) -> None:
        """Kick the bot; it is told, and then hears nothing and may not write."""
        fields = {"left_chat_member": self.state.bot}
        record = self.state.add_message(self.chat, self._actor(by), fields)
        await tell_bot(self.state, self.chat, "message", record)
        await self.change_bot("kicked", by)

    async def topic(self, name: str, by: Person | None = None) -> int:
        """Begin a forum topic and get its message_thread_id."""
        if not self.chat.about.get("is_forum"):
            raise ValueError("only a forum has topics")
        created = {"name": name, "icon_color": _ICON_COLOR}
        fields = {"forum_topic_created": created, "is_topic_message": True}
        record = self.state.add_message(self.chat, self._actor(by), fields)
        number = int(record.message["message_id"])
        record.message["message_thread_id"] = number
        self.roster.topics[number] = name
        await tell_bot(self.state, self.chat, "message", record)
        return number

    def delete_topic(self, topic: int) -> None:
        """Delete a topic with its messages; the bot is not told."""
        del self.roster.topics[topic]
        for number, record in list(self.chat.records.items()):
            if record.message.get("message_thread_id") == topic:
                del self.chat.records[number]

    async def migrate(self, *, old_first: bool = True, by: Person | None = None) -> Group:
        """Become a supergroup of a new id; old_first: the old one's service message comes first.

        What Telegram says of members by my_chat_member at that moment is not known, and not said.
        """
        if self.chat.type != "group":
            raise ValueError("only a basic group becomes a supergroup")
        actor = self._actor(by)
        title = self.chat.about["title"]
        new = new_group(self.state, title, supergroup=True, forum=False, id=None)
        new.chat.met = self.chat.met
        new.chat.roster = replace(self.roster, members=dict(self.roster.members))
        self.roster.migrated_to = new.id
        behalf: Json = {"sender_chat": new.chat.as_json(), "migrate_from_chat_id": self.id}
        moved: Json = {"migrate_to_chat_id": new.id}
        steps = [(self, actor, moved), (new, ANONYMOUS, behalf)]
        for group, sender, fields in steps if old_first else steps[::-1]:
            await group._service(sender, fields)
        return new

    async def reads(self, seconds: float = SECONDS) -> SentMessage:
        """The bot's next new or edited message; AssertionError when none comes in time."""
        return await next_message(self.state, self.chat, seconds)

    def unread(self) -> list[SentMessage]:
        """What the bot has sent or edited and nobody has read yet; it stays unread."""
        return self.chat.events[self.chat.read :]

    def sees(self) -> list[SentMessage]:
        """The bot's messages as they now stand, edits done and deletions gone."""
        return bots_messages(self.state, self.chat)

    def _actor(self, by: Person | None) -> Json:
        if by is not None:
            return by.user
        here = [number for number in self.state.users if self.roster.holds(number)]
        if not here:
            raise ValueError(f"nobody is in {self.chat.about['title']} to do it")
        first = next((n for n in here if self.roster.status(n) == "creator"), here[0])
        return self.state.users[first]

    async def _service(self, sender: Json, fields: Json) -> None:
        record = self.state.add_message(self.chat, sender, fields)
        await tell_bot(self.state, self.chat, "message", record)
