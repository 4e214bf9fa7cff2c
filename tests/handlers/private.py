"""What a person asks and taps in private."""

from __future__ import annotations

from tests.telegram import Person, SentMessage


async def ask(person: Person, text: str, reply_to: SentMessage | None = None) -> SentMessage:
    """What the bot says next."""
    await person.says(text, reply_to=reply_to)
    return await person.reads()


async def press(person: Person, message: SentMessage, button: str) -> SentMessage:
    """The message that a press has changed, or brought."""
    await person.answer_to(await person.presses(message, button))
    return await person.reads()
