"""Groups: it answers when it is addressed, in the same topic, and is silent otherwise."""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    MessageHandler,
    filters,
)

from bot.answering.addressing import NOTHING
from bot.answering.answers import Answer, EntryAnswer, Fallback, Found, Reminding, Urgent
from bot.answering.text import words
from bot.handlers.context import Context
from bot.handlers.heard import Heard, heard, is_anonymous
from bot.handlers.manners import Asked, May
from bot.handlers.sending import answer, edit, keyboard, whisper
from bot.knowledge.entry import RedFlag
from bot.knowledge.knowledge import Knowledge
from bot.reminders.house_rules import is_quiet, may_answer_in
from bot.reminders.wording import Action, ReminderWish
from bot.replies.group_actions import ANYBODY, PREFIX, Choose, decode
from bot.replies.groups import (
    group_reply,
    how_to_ask,
    in_private,
    not_yours,
    page_link,
    pointer,
)
from bot.replies.html import messages
from bot.replies.links import LINKED_PAGES, REMIND, Link, deep_link
from bot.replies.reply import Reply
from bot.replies.talk import Talk


async def answer_if_asked(update: Update, context: Context) -> None:
    """Answers a question that is meant for the bot, by the rules of the house."""
    message = update.message
    told = heard(message, context.bot.bot) if message else None
    if message is None or told is None or not told.said.is_for_bot:
        return
    rules = await context.hosting.rules(message.chat_id)
    talk = context.hosting.talk(rules)
    question = talk.addressing.question(told.said)
    if question is None or _asks_nothing(told, question):
        return
    answer = await answer_in_company(message, told, question, talk, context)
    reply = reply_in_company(message, told, answer, talk.knowledge, context)
    asked = asked_in(message, question, reply)
    urgent = isinstance(answer, Urgent) and not answer.standing
    open_here = may_answer_in(rules, asked.topic) and not is_quiet(rules, context.now)
    if not open_here and not urgent:
        if not is_anonymous(message):
            await whisper(context.bot, asked.person, reply)
        return
    match context.manners.may(asked, context.now, rules.pace, urgent=urgent):
        case May.ANSWER:
            await _tell(message, asked, answer, reply, context)
        case May.POINT:
            await _point(message, asked, context)
        case May.BE_SILENT:
            return


async def press_choice(update: Update, context: Context) -> None:
    """Puts what was chosen in the place of the choice, for whoever asked."""
    query = update.callback_query
    if query is None:
        return
    chosen = decode(query.data or "")
    knowledge = context.hearing.talk.knowledge
    entry = knowledge.entry(chosen.entry) if chosen else None
    if chosen is None or not isinstance(query.message, Message):
        await answer(query, knowledge.messages.group.gone)
    elif chosen.asker not in (ANYBODY, query.from_user.id):
        await answer(query, not_yours(knowledge, _asker_name(query.message, chosen)))
    elif not _has_button(query):
        await answer(query)  # another press has been faster
    elif entry is None or isinstance(entry, RedFlag):
        await answer(query, knowledge.messages.group.gone)
    else:
        await _show(query, query.message, entry.id, context)


async def answer_in_company(
    message: Message, told: Heard, question: str, talk: Talk, context: Context
) -> Answer | None:
    """The answer, with what is held of the person in mind; None where nothing is asked."""
    if told.command == REMIND and question == NOTHING:
        return Reminding(ReminderWish(Action.SET))
    if question == NOTHING:
        return None
    now, person = context.now, _person(message)
    key = (message.chat_id, person)
    quoted = question == told.said.about
    before = message.reply_to_message
    about = context.manners.about(message.chat_id, before.message_id) if before else None

    def turn() -> Answer:
        where: object = key
        if quoted:  # somebody else's words: answered with care for both, and kept of neither
            where = (*key, "quoted")
            talk.forget(where)
            talk.carry(key, where, now)
        if about is not None:
            talk.recall(where, now, technique=about)
        return talk.says(where, question, now)[0]

    if is_anonymous(message):
        answer = turn()
    else:
        answer = await context.hearing.in_company(person, key, now, turn)
    if told.command == REMIND and not isinstance(answer, Urgent):
        return Reminding(ReminderWish(Action.SET))
    return None if isinstance(answer, Fallback) and answer.empty else answer


def reply_in_company(
    message: Message, told: Heard, answer: Answer | None, knowledge: Knowledge, context: Context
) -> Reply:
    """What the others may read of the answer."""
    if answer is None:
        return _without_question(told, knowledge, context.bot.username)
    return _reply(answer, message.chat_id, _asker(message), knowledge, context)


def _reply(
    answer: Answer, group: int, asker: int | None, knowledge: Knowledge, context: Context
) -> Reply:
    """The reply; a red flag that was told elsewhere keeps everything back and is not named."""
    link = link_of(context)
    if isinstance(answer, Urgent) and answer.standing:
        flags = frozenset(alarm.flag for alarm in answer.alarms)
        if not context.manners.has_warned(group, asker or ANYBODY, flags):
            return in_private(knowledge, link)
    return group_reply(knowledge, answer, link, asker=asker)


def link_of(context: Context) -> Link:
    """Makes the addresses that lead to the private chat."""
    name = context.bot.username
    return lambda payload: deep_link(name, payload)


def _without_question(told: Heard, knowledge: Knowledge, name: str) -> Reply:
    """What is said to a mere call, or to a command that asks for a page."""
    if told.command in LINKED_PAGES and told.command != "ask":
        return page_link(knowledge, told.command, lambda payload: deep_link(name, payload))
    if told.command == "help":
        return how_to_ask(knowledge, f"@{name}", lambda payload: deep_link(name, payload))
    return how_to_ask(knowledge, f"@{name}")


async def _tell(
    message: Message, asked: Asked, answer: Answer | None, reply: Reply, context: Context
) -> None:
    sent = await message.reply_html(
        messages(reply)[0],
        reply_markup=keyboard(reply.buttons),
        allow_sending_without_reply=True,
    )
    again = isinstance(answer, EntryAnswer | Found)
    context.manners.spoke(asked, sent.message_id, context.now, answer=again)
    if isinstance(answer, EntryAnswer):
        context.manners.showed(asked.group, sent.message_id, answer.entry.id)
    if isinstance(answer, Urgent) and not answer.standing:
        flags = frozenset(alarm.flag for alarm in answer.alarms)
        context.manners.warned(asked.group, _asker(message) or ANYBODY, flags)


async def _point(message: Message, asked: Asked, context: Context) -> None:
    """Points at the answer that the same question had lately, instead of giving it again."""
    answered = context.manners.answered(asked, context.now)
    sent = await message.reply_html(
        messages(pointer(context.hearing.talk.knowledge))[0],
        reply_to_message_id=answered,
        allow_sending_without_reply=True,
    )
    context.manners.spoke(asked, sent.message_id, context.now, answer=False)


async def _show(query: CallbackQuery, message: Message, entry: str, context: Context) -> None:
    now, person = context.now, query.from_user.id
    rules = await context.hosting.rules(message.chat_id)
    talk = context.hosting.talk(rules)
    asked = Asked(message.chat_id, _topic(message), person, ())
    if not context.manners.has_room(asked, now, rules.pace):
        await answer(query, talk.knowledge.messages.group.wait)
        return
    key = (message.chat_id, person)
    chosen = await context.hearing.in_company(person, key, now, lambda: talk.opens(key, entry, now))
    reply = _reply(chosen, message.chat_id, person, talk.knowledge, context)
    context.manners.spoke(asked, message.message_id, now, answer=False)
    if isinstance(chosen, EntryAnswer):
        context.manners.showed(message.chat_id, message.message_id, chosen.entry.id)
    await answer(query)
    await edit(query, reply)


def _asks_nothing(told: Heard, question: str) -> bool:
    """Whether it only starts the bot, perhaps by a link, or holds up a thumb or a picture to it."""
    said = told.said
    wordless = said.answers_bot and not (said.mentions or said.commands) and not words(question)
    return wordless or (told.command == "start" and len(question.split()) <= 1)


def _has_button(query: CallbackQuery) -> bool:
    """Whether the button is still there, and is no other than it was."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    return any(button.callback_data == query.data for row in rows for button in row)


def _asker_name(message: Message, chosen: Choose) -> str | None:
    """The name of whoever asked, as far as the question is still there."""
    question = message.reply_to_message
    author = question.from_user if question else None
    return author.first_name if author and author.id == chosen.asker else None


def asked_in(message: Message, question: str, reply: Reply) -> Asked:
    """The question as the manners know it."""
    said = words(question)
    return Asked(message.chat_id, _topic(message), _person(message), said, messages(reply)[0])


def _person(message: Message) -> int:
    return message.from_user.id if message.from_user else 0


def _asker(message: Message) -> int | None:
    """Whose the buttons under the answer are; of those who write as the group it is not known.

    None: a guest's answer has none that can be pressed.
    """
    if message.guest_query_id is not None:
        return None
    return ANYBODY if is_anonymous(message) else _person(message)


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


# Before the private chat's buttons.
PRESSES: list[BaseHandler[Update, Context, None]] = [
    CallbackQueryHandler(press_choice, pattern=f"^{PREFIX}"),
]
HANDLERS: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(
        filters.ChatType.GROUPS & ~filters.StatusUpdate.ALL & filters.UpdateType.MESSAGE,
        answer_if_asked,
    ),
]
