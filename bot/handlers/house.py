"""What administrators set up in a group, and what its members tap.

Rights are looked up when something is commanded or pressed, whatever was shown to whom.
"""

from __future__ import annotations

from typing import Any

from telegram import CallbackQuery, ChatMember, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.answering.addressing import NAME
from bot.handlers import groups
from bot.handlers.context import Context
from bot.handlers.heard import heard, is_anonymous, is_persons
from bot.handlers.hosting import Place
from bot.handlers.manners import Asked
from bot.handlers.sending import answer, carry_out, send, whisper
from bot.knowledge.messages import Messages
from bot.reminders.board import Tap
from bot.replies import reminder_actions as r
from bot.replies.actions import Action, decode
from bot.replies.house_actions import HouseAction, SetTopic, SwitchName, TapDone
from bot.replies.links import REMIND
from bot.replies.reminders import said

STREAK = "streak"
COMMANDS = ("settings", REMIND, "reminders", "next", "log", STREAK, "stop")
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_RULING = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
_OF_ONE_PERSON = (r.React, r.Snooze, r.ShowSteps, r.SetSilent)


async def command(update: Update, context: Context) -> None:
    """Does what an administrator commands; the streak is everybody's."""
    message = update.message
    if message is None or message.text is None or not is_persons(message):
        return
    first, _, rest = message.text.partition(" ")
    name, _, to = first.removeprefix("/").lower().partition("@")
    if context.hearing.talk.answerer.look(rest).alarms:
        await groups.answer_if_asked(update, context)
    elif await _rules(message, context) or (name == STREAK and _has_room(message, context)):
        await _obey(message, name, rest, context)
    elif name == REMIND:
        await groups.answer_if_asked(update, context)  # it tells how to have one of one's own
    elif to and message.from_user is not None:
        knowledge = context.hearing.talk.knowledge  # in private in the usual language
        refused = said(knowledge, knowledge.messages.rules.refused_at_length)
        await whisper(context.bot, message.from_user.id, refused)


async def follow_up(update: Update, context: Context) -> None:
    """Takes what an administrator says to a question of the bot's about a reminder."""
    message = update.message
    told = heard(message, context.bot.bot) if message else None
    if message is not None and told is not None and told.said.answers_bot:
        text = told.said.text.replace(NAME, " ")
        waiting = await context.hosting.is_waiting(message.chat_id)
        alarming = bool(context.hearing.talk.answerer.look(text).alarms)
        if waiting and not alarming and await _rules(message, context):
            reply = await context.hosting.continues(_place(message), text, context.now)
            if reply is not None:
                await send(message, reply)
                _count(message, context)
                return
    await groups.answer_if_asked(update, context)


async def press(update: Update, context: Context) -> None:
    """Counts a tap on a board; everything else is for administrators."""
    query = update.callback_query
    if query is None or query.message is None:
        return
    action, group = decode(query.data or ""), query.message.chat.id
    match action:
        case TapDone(occurrence):
            await _tap(query, query.message, occurrence, context)
        case SwitchName():
            await _switch_name(query, group, action, context)
        case _:
            await _administer(query, query.message, action, context)


async def _obey(message: Message, name: str, rest: str, context: Context) -> None:
    place, now = _place(message), context.now
    match name:
        case "settings":
            reply = await context.hosting.settings(place)
        case "remind":
            reply = await context.hosting.wishes(place, rest, now)
        case "stop":  # a command that another bot was meant by must not end anything
            reply = await context.hosting.page(place, "reminders", now)
        case _:
            reply = await context.hosting.page(place, name, now)
    await send(message, reply)
    _count(message, context)


async def _tap(
    query: CallbackQuery, message: MaybeInaccessibleMessage, occurrence: int, context: Context
) -> None:
    texts = (await _messages(message.chat.id, context)).board
    tapped = await context.hosting.taps(
        _place(message), occurrence, query.from_user.id, message.message_id, context.now
    )
    match tapped:
        case Tap.COUNTED:
            context.bot_data.keeper.touch(occurrence)
            await answer(query, texts.counted)
        case Tap.COUNTED_BEFORE:
            await answer(query, texts.counted_before)
        case Tap.GONE:
            await answer(query, texts.gone)
        case None:
            await answer(query, texts.failed)


async def _switch_name(
    query: CallbackQuery, group: int, action: SwitchName, context: Context
) -> None:
    texts, person = (await _messages(group, context)).board, query.from_user
    shown = await context.hosting.switches_name(group, person.id, person.first_name)
    if shown is None:
        await answer(query, texts.failed)
        return
    context.bot_data.keeper.touch(action.occurrence)
    await answer(query, texts.name_shown if shown else texts.name_hidden, alert=True)


async def _administer(
    query: CallbackQuery,
    message: MaybeInaccessibleMessage,
    action: Action | None,
    context: Context,
) -> None:
    texts = (await _messages(message.chat.id, context)).rules
    if not _is_of_groups(action) or (isinstance(action, SetTopic) and not message.is_accessible):
        await answer(query, texts.not_here)  # where it stands is not told of what is too old
    elif not await _is_ruling(message.chat.id, query.from_user.id, context):
        await answer(query, texts.refused, alert=True)
    else:
        pressed = await context.hosting.presses(_place(message), action, context.now)
        await carry_out(query, pressed)


def _is_of_groups(action: Action | None) -> bool:
    if isinstance(action, _OF_ONE_PERSON):
        return False
    return isinstance(action, HouseAction | r.ReminderAction)


async def _messages(group: int, context: Context) -> Messages:
    """What the bot says, in the language of the group."""
    rules = await context.hosting.rules(group)
    return context.hosting.talk(rules).knowledge.messages


def _has_room(message: Message, context: Context) -> bool:
    return context.manners.has_room(_asked(message), context.now)


def _count(message: Message, context: Context) -> None:
    """What administrators are told counts for how much is said in the group."""
    context.manners.spoke(_asked(message), message.message_id, context.now, answer=False)


def _asked(message: Message) -> Asked:
    place = _place(message)
    person = message.from_user.id if message.from_user else 0
    return Asked(place.group, place.topic, person, ())


async def _rules(message: Message, context: Context) -> bool:
    """Whether an administrator has written it; an anonymous one writes as the group itself."""
    if message.sender_chat is not None:
        return is_anonymous(message)
    sender = message.from_user
    return sender is not None and await _is_ruling(message.chat_id, sender.id, context)


async def _is_ruling(group: int, person: int, context: Context) -> bool:
    try:
        member = await context.bot.get_chat_member(group, person)
    except TelegramError:
        return False
    return member.status in _RULING


def _place(message: Any) -> Place:
    """The group, and the topic if the message is in one; of a very old message neither is told."""
    topic = message.message_thread_id if getattr(message, "is_topic_message", None) else None
    return Place(message.chat.id, topic, is_forum=bool(message.chat.is_forum))


class _InGroups(CallbackQueryHandler[Context, None]):
    """Takes what is pressed in groups."""

    def check_update(self, update: object) -> bool | object | None:
        pressed = isinstance(update, Update) and update.callback_query is not None
        chat = update.effective_chat if pressed and isinstance(update, Update) else None
        return chat is not None and chat.type in _GROUPS


_WRITTEN = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler(COMMANDS, command, filters=_WRITTEN),
    MessageHandler(_WRITTEN & filters.REPLY & ~filters.StatusUpdate.ALL, follow_up),
    _InGroups(press),
]
