"""A bot's message as a person sees it at one moment."""

from dataclasses import dataclass

from tests.telegram.keyboards import Button, rows_of
from tests.telegram.schema import Json


@dataclass
class Record:
    """A message as the server keeps it.

    message is the Bot API's object; source is the text or caption as it was sent, with its tags;
    inline_id is what the bot knows a message by that it sent inline or as a guest.
    """

    message: Json
    source: str = ""
    silent: bool = False
    inline_id: str | None = None


@dataclass(frozen=True)
class SentMessage:
    """What a person sees of a message: text without tags, html as the bot sent it.

    photo is the file_id of a picture, whose caption is then the text; reply_to a message_id;
    thread_id the forum topic or reply thread; poll the Bot API's Poll. edited tells a change of an
    older message from a new one.
    """

    chat_id: int
    message_id: int
    text: str
    html: str
    entities: tuple[Json, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    edited: bool = False
    silent: bool = False
    reply_to: int | None = None
    photo: str | None = None
    thread_id: int | None = None
    poll: Json | None = None

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons, row after row."""
        return [button.text for row in self.buttons for button in row]


def seen(record: Record, *, edited: bool = False) -> SentMessage:
    """The message as it is now."""
    message = record.message
    kind = "text" if "text" in message else "caption"
    marks = "entities" if kind == "text" else "caption_entities"
    photo = message.get("photo")
    answered = message.get("reply_to_message", {})
    begins_topic = "forum_topic_created" in answered
    return SentMessage(
        chat_id=message["chat"]["id"],
        message_id=message["message_id"],
        text=message.get(kind, ""),
        html=record.source,
        entities=tuple(message.get(marks, ())),
        buttons=rows_of(message.get("reply_markup")),
        edited=edited,
        silent=record.silent,
        reply_to=None if begins_topic else answered.get("message_id"),
        photo=photo[-1]["file_id"] if photo else None,
        thread_id=message.get("message_thread_id"),
        poll=message.get("poll"),
    )
