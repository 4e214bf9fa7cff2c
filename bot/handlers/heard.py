"""What a message of a group says, and whether it is for the bot: Telegram's fields, read."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, MessageEntity, User

from bot.answering import addressing
from bot.answering.addressing import NAME
from bot.replies.links import REMIND

# Without the bot's name only those commands are taken that hardly another bot has.
OWN = ("ask", "techniques", "symptoms", REMIND)
_MARKS = (MessageEntity.MENTION, MessageEntity.BOT_COMMAND)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of a group, and the command for the bot that it begins with, in small letters."""

    said: addressing.Message
    command: str | None = None


def heard(message: Message, bot: User) -> Heard | None:
    """What the message says; None where it is a command of another bot, or no person's own."""
    if not is_persons(message):
        return None
    text = message.text or message.caption or ""
    entities = message.parse_entities() if message.text else message.parse_caption_entities()
    command, rest = _command(text, bot)
    if command is not None and not command:
        return None
    named = [words for entity, words in entities.items() if _names(entity, words, bot)]
    for words in named:
        rest = rest.replace(words, NAME)
    before = message.reply_to_message
    answers_bot = _is_by(before, bot)
    about = None
    if before is not None and not answers_bot and not before.forum_topic_created:
        about = before.text or before.caption
    mentions = NAME in rest and bool(named)
    return Heard(
        addressing.Message(rest, mentions, bool(command), answers_bot, about), command or None
    )


def is_anonymous(message: Message) -> bool:
    """Whether an administrator writes on behalf of the group, so that nobody knows who it is."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat_id


def is_persons(message: Message) -> bool:
    """Whether a person has written it just now: no bot, no forwarded and no automatic message."""
    by_bot = message.from_user is None or message.from_user.is_bot
    passed_on = message.forward_origin or message.via_bot or message.is_automatic_forward
    return not passed_on and (is_anonymous(message) or not by_bot)


def _command(text: str, bot: User) -> tuple[str | None, str]:
    """The command at the beginning and the rest; None: there is none, "": it is another bot's."""
    first, rest = [*text.split(maxsplit=1), "", ""][:2]
    if not first.startswith("/"):
        return None, text
    name, _, to = first[1:].lower().partition("@")
    if to == (bot.username or "").lower() or (not to and name in OWN):
        return name, rest
    return "", text


def _names(entity: MessageEntity, words: str, bot: User) -> bool:
    """Whether the entity means the bot: @bot, a link to it, or /command@bot."""
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    _, at, name = words.lower().partition("@")
    return entity.type in _MARKS and bool(at) and name == (bot.username or "").lower()


def _is_by(message: Message | None, bot: User) -> bool:
    author = message.from_user if message else None
    return author is not None and author.id == bot.id
