"""A gym's group: who is in it, what is asked there, and what is tapped."""

from __future__ import annotations

from tests.telegram import Group, Person, SentMessage
from tests.telegram.members import Status

NAME = "psoas_test_bot"
BOT = f"@{NAME}"


async def opened(group: Group, boss: Person, *members: Person, bot: Status = "member") -> Group:
    """The group with its creator, members and the bot, whose introduction has been read."""
    await group.add(boss, "creator")
    for member in members:
        await group.add(member)
    await group.add_bot(bot)
    await group.reads()
    return group


async def ask(person: Person, group: Group, text: str, **how: object) -> SentMessage:
    """What the bot says next."""
    await person.says_in(group, text, **how)  # type: ignore[arg-type]
    return await group.reads()


async def is_silent(person: Person, group: Group) -> bool:
    """Whether nothing came: the next message is the answer to a question asked now."""
    answer = await ask(person, group, f"{BOT} what is the psoas")
    return "psoas" in answer.text.partition("\n")[0].lower() and not group.unread()


async def press(person: Person, group: Group, message: SentMessage, button: str) -> SentMessage:
    """The message that a press has changed, or brought."""
    await toast(person, message, button)
    return await group.reads()


async def toast(person: Person, message: SentMessage, button: str) -> str:
    """What a press is answered with, for the one who presses alone."""
    return await person.answer_to(await person.presses(message, button))


def urls(group: Group, message: SentMessage) -> list[str]:
    """Where the buttons under a message lead, away from the group."""
    rows = group.chat.records[message.message_id].message["reply_markup"]["inline_keyboard"]
    return [button["url"] for row in rows for button in row if "url" in button]


def answered(group: Group, message: SentMessage) -> int:
    """The message that it replies to."""
    record = group.chat.records[message.message_id].message
    return int(record["reply_to_message"]["message_id"])
