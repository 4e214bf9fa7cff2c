"""A gym's group: who is in it, and what is asked there."""

from __future__ import annotations

from tests.telegram import FakeTelegram, Group, Person, SentMessage

BOT = "@psoas_test_bot"


async def opened_gym(
    server: FakeTelegram, *people: Person, title: str = "Iron and Ease", forum: bool = False
) -> Group:
    """A group with these people and the bot, which sees everything; the first is the creator."""
    group = server.group(title, forum=forum)
    for person in people:
        await group.add(person, "creator" if person is people[0] else "member")
    await group.add_bot("administrator")
    await group.reads()  # the introduction
    return group


async def ask(person: Person, group: Group, text: str, **how: object) -> SentMessage:
    """What the bot says next."""
    await person.says_in(group, text, **how)  # type: ignore[arg-type]
    return await group.reads()


def urls(group: Group, message: SentMessage) -> list[str]:
    """Where the buttons under a message lead, away from the group."""
    rows = group.chat.records[message.message_id].message["reply_markup"]["inline_keyboard"]
    return [button["url"] for row in rows for button in row if "url" in button]


def answered(group: Group, message: SentMessage) -> int:
    """The message that it replies to."""
    record = group.chat.records[message.message_id].message
    return int(record["reply_to_message"]["message_id"])
