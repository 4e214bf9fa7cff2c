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

from bot.answering.answers import Urgent
from bot.handlers.context import Context
from bot.handlers.groups import answer_in_company, asked_in, link_of, reply_in_company
from bot.handlers.heard import heard
from bot.handlers.manners import Asked, May
from bot.handlers.sending import keyboard
from bot.replies.html import messages
from bot.replies.inline import Result, Shown
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
    shown = context.lists.of(query.query, before, link_of(context))
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
    told = heard(message, context.bot.bot) if message else None
    talk = context.hearing.talk
    question = talk.addressing.question(told.said) if told else None
    if message is None or told is None or question is None:
        return
    answer = await answer_in_company(message, told, question, talk, context)
    reply = reply_in_company(message, told, answer, talk.knowledge, context)
    asked = asked_in(message, question, reply)
    urgent = isinstance(answer, Urgent) and not answer.standing
    match context.manners.may(asked, context.now, urgent=urgent):
        case May.ANSWER:
            await _send(message, asked, reply, context)
        case May.POINT:
            again = talk.knowledge.messages.inline.again
            await _send(message, asked, Reply((Paragraph(again),)), context, answers=False)
        case May.BE_SILENT:
            return


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
