"""Groups: it answers when it is addressed, in the same topic, and is silent otherwise."""

from __future__ import annotations

from telegram import Message, MessageEntity, Update, User
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.answering import addressing
from bot.answering.addressing import NAME, NOTHING
from bot.answering.answers import Answer, EntryAnswer, Reminding, Urgent
from bot.answering.text import words
from bot.handlers.context import Context
from bot.handlers.manners import Asked, May
from bot.handlers.sending import keyboard
from bot.reminders.wording import Action, ReminderWish
from bot.replies.groups import group_reply, how_to_ask, pointer
from bot.replies.html import messages
from bot.replies.links import REMIND, deep_link
from bot.replies.reply import Reply

# Without the bot's name only those commands are taken that hardly another bot has.
OWN = ("ask", "techniques", "symptoms", REMIND)
_START = "start"


async def answer_if_asked(update: Update, context: Context) -> None:
    """Answers a question that is meant for the bot."""
    message = update.message
    if message is None or not is_persons(message):
        return
    heard = heard_in(message, context.bot.bot)
    question = context.addressing.question(heard) if heard else None
    if question is None:
        return
    asked = asked_in(message, question)
    before = message.reply_to_message
    talk, now, key = context.hearing.talk, context.now, (asked.group, asked.person)
    if before is not None:
        about = context.manners.about(asked.group, before.message_id)
        talk.recall(key, now, technique=about)
    answer = talk.says(key, question, now)[0] if question != NOTHING else None
    if _commands(message, REMIND) and not isinstance(answer, Urgent):
        answer = Reminding(ReminderWish(Action.SET))
    await context.hearing.overhears(asked.person, key, now)
    if _commands(message, _START) and not isinstance(answer, Urgent):
        return  # a link that adds the bot says so; the introduction was just given
    match context.manners.may(asked, now, urgent=isinstance(answer, Urgent)):
        case May.ANSWER:
            await _answer(message, asked, answer, context)
        case May.POINT:
            await _point(message, asked, context)
        case May.BE_SILENT:
            return


async def _answer(message: Message, asked: Asked, answer: Answer | None, context: Context) -> None:
    knowledge, name = context.hearing.talk.knowledge, context.bot.username
    if answer is None:
        reply = how_to_ask(knowledge, f"@{name}")
    else:
        reply = group_reply(knowledge, answer, lambda payload: deep_link(name, payload))
    sent = await _send(message, reply)
    context.manners.spoke(asked, sent, context.now, answer=answer is not None)
    if isinstance(answer, EntryAnswer):
        context.manners.showed(asked.group, sent, answer.entry.id)


async def _point(message: Message, asked: Asked, context: Context) -> None:
    """Points at the answer that the same question had lately, instead of giving it again."""
    answered = context.manners.answered(asked, context.now)
    sent = await message.reply_html(
        messages(pointer(context.hearing.talk.knowledge))[0],
        reply_to_message_id=answered,
        allow_sending_without_reply=True,
    )
    context.manners.spoke(asked, sent.message_id, context.now, answer=False)


async def _send(to: Message, reply: Reply) -> int:
    """Replies in the same topic; the id of the message."""
    sent = await to.reply_html(
        messages(reply)[0],
        reply_markup=keyboard(reply.buttons),
        allow_sending_without_reply=True,
    )
    return sent.message_id


def is_persons(message: Message) -> bool:
    """Whether a person has written it just now: no bot, no forwarded and no automatic message."""
    anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat_id
    by_bot = message.from_user is None or message.from_user.is_bot
    passed_on = message.forward_origin or message.via_bot or message.is_automatic_forward
    return not passed_on and (anonymous or not by_bot)


def heard_in(message: Message, bot: User) -> addressing.Message | None:
    """What the message says, and whom it is for; None for a command of another bot."""
    text = message.text or message.caption or ""
    entities = message.entities if message.text else message.caption_entities
    command, text = _command(text, bot)
    if command is not None and not command:
        return None
    mentions = [e for e in entities if _names(message, e, bot)]
    for entity in mentions:
        text = text.replace(_named(message, entity), NAME)
    before = message.reply_to_message
    answers_bot = before is not None and before.from_user is not None
    answers_bot = answers_bot and before.from_user.id == bot.id  # type: ignore[union-attr]
    about = None if before is None or answers_bot or before.forum_topic_created else before.text
    return addressing.Message(text, bool(mentions), bool(command), answers_bot, about)


def _command(text: str, bot: User) -> tuple[str | None, str]:
    """The command at the beginning and the rest; None: there is none, "": it is another bot's."""
    first, _, rest = text.partition(" ")
    if not first.startswith("/"):
        return None, text
    name, _, to = first[1:].partition("@")
    if to.lower() == (bot.username or "").lower() or (not to and name.lower() in OWN):
        return name, rest
    return "", text


def _commands(message: Message, name: str) -> bool:
    """Whether the message begins with the command of that name."""
    first = (message.text or "").partition(" ")[0]
    return first.removeprefix("/").partition("@")[0].lower() == name and first.startswith("/")


def _names(message: Message, entity: MessageEntity, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    named = _named(message, entity).removeprefix("@").lower()
    return entity.type == MessageEntity.MENTION and named == (bot.username or "").lower()


def _named(message: Message, entity: MessageEntity) -> str:
    if message.text is None:
        return message.parse_caption_entity(entity)
    return message.parse_entity(entity)


def asked_in(message: Message, question: str) -> Asked:
    topic = message.message_thread_id if message.is_topic_message else None
    person = message.from_user.id if message.from_user else 0
    return Asked(message.chat_id, topic, person, words(question))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(
        filters.ChatType.GROUPS & ~filters.StatusUpdate.ALL & filters.UpdateType.MESSAGE,
        answer_if_asked,
    ),
]
