"""Chats in which the bot is not: lists under its name, and one answer to who calls it there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import BaseHandler, InlineQueryHandler, MessageHandler, filters

from bot.answering.addressing import NOTHING
from bot.answering.answers import Answer, Note, Noted, Urgent
from bot.handlers.context import Context
from bot.handlers.groups import asked_in, heard_in, is_persons
from bot.handlers.manners import Asked, May
from bot.handlers.sending import keyboard
from bot.replies.groups import Link, group_reply, how_to_ask
from bot.replies.html import messages
from bot.replies.inline import Result, Shown
from bot.replies.links import deep_link
from bot.replies.reply import Paragraph, Reply

log = logging.getLogger(__name__)

# Telegram keeps a list that is alike for all for so many seconds and gives it to anybody. Any
# other must be asked for anew each time: what somebody has told the bot since may change it.
ALIKE_SECONDS, OWN_SECONDS = 300, 0
GUEST = "answer"  # the id of a guest's only answer
_TOO_OLD = "query is too old"


async def list_entries(update: Update, context: Context) -> None:
    """Lists what may be sent for what somebody types behind the bot's name."""
    query = update.inline_query
    if query is None:
        return
    before = await context.hearing.known(query.from_user.id, context.now)
    shown = context.lists.of(query.query, before, _link(context))
    with _unless_too_old("inline"):
        await query.answer(
            [_article(result) for result in shown.results],
            button=InlineQueryResultsButton(shown.button, start_parameter=shown.payload),
            is_personal=not shown.alike,
            cache_time=_seconds(shown),
        )


async def answer_guest(update: Update, context: Context) -> None:
    """Answers once who calls the bot in a chat that it is not in, with a group's manners."""
    message = update.guest_message
    if message is None or not is_persons(message):
        return
    heard = heard_in(message, context.bot.bot)
    question = context.addressing.question(heard) if heard else None
    if question is None:
        return
    asked = asked_in(message, question)
    answer = await _answer(asked, question, context)
    match context.manners.may(asked, context.now, urgent=isinstance(answer, Urgent)):
        case May.ANSWER:
            await _send(message, asked, _reply(answer, context), context)
        case May.POINT:
            again = context.hearing.talk.knowledge.messages.inline.again
            await _send(message, asked, Reply((Paragraph(again),)), context, answers=False)
        case May.BE_SILENT:
            return


async def _answer(asked: Asked, question: str, context: Context) -> Answer | None:
    """What to say; None where nothing was asked.

    What the person told in private holds here, and none of it is told.
    """
    talk, now, key = context.hearing.talk, context.now, (asked.group, asked.person)
    before = await context.hearing.known(asked.person, now)
    talk.recall(key, now, conditions=(*before.held, *before.held_of_other))
    answer = talk.says(key, question, now)[0] if question != NOTHING else None
    await context.hearing.overhears(asked.person, key, now)
    raised_now = isinstance(answer, Urgent) and not answer.standing
    if answer is not None and before.alarms and not raised_now:
        return Noted(Note.HELD)
    return answer


def _reply(answer: Answer | None, context: Context) -> Reply:
    knowledge = context.hearing.talk.knowledge
    if answer is None:
        return how_to_ask(knowledge, f"@{context.bot.username}")
    return group_reply(knowledge, answer, _link(context))


async def _send(
    to: Message, asked: Asked, reply: Reply, context: Context, *, answers: bool = True
) -> None:
    """Answers the guest message `to`; its own id stands for the answer's, which is not told."""
    name = context.bot.first_name
    with _unless_too_old("guest"):
        await to.answer_guest_query(_article(Result(GUEST, name, "", reply)))
        context.manners.spoke(asked, to.message_id, context.now, answer=answers)


def _article(result: Result) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        result.id,
        result.title,
        InputTextMessageContent(
            messages(result.reply)[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        description=result.description or None,
        reply_markup=keyboard(result.reply.buttons),
    )


def _link(context: Context) -> Link:
    name = context.bot.username
    return lambda payload: deep_link(name, payload)


def _seconds(shown: Shown) -> int:
    return ALIKE_SECONDS if shown.alike else OWN_SECONDS


@contextmanager
def _unless_too_old(kind: str) -> Iterator[None]:
    """That Telegram waits for the answer no more is nobody's fault."""
    try:
        yield
    except BadRequest as error:
        if _TOO_OLD not in error.message.lower():
            raise
        log.info("query too old to be answered: kind=%s", kind)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    InlineQueryHandler(list_entries),
    MessageHandler(filters.UpdateType.GUEST_MESSAGE, answer_guest),
]
