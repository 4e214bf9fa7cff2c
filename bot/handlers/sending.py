"""Sending replies: as new messages, or in place of the message whose button was pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputPollOption,
    Message,
)
from telegram.constants import PollType
from telegram.error import BadRequest, Forbidden

from bot.replies.html import messages
from bot.replies.quiz import Poll
from bot.replies.reply import Reply, Rows

NOT_MODIFIED = "message is not modified"


async def send(to: Message, reply: Reply) -> None:
    """Sends `reply` to the chat of `to`, its buttons under the last message."""
    *first, last = messages(reply)
    for html in first:
        await to.reply_html(html)
    await to.reply_html(last, reply_markup=keyboard(reply.buttons))


async def edit(query: CallbackQuery, reply: Reply) -> None:
    """Puts `reply` in the place of the message under which the button was pressed."""
    text, markup = messages(reply)[0], keyboard(reply.buttons)
    await _edited(partial(query.edit_message_text, text, reply_markup=markup))


async def edit_buttons(query: CallbackQuery, rows: Rows) -> None:
    """Puts other buttons under the message whose button was pressed."""
    await _edited(partial(query.edit_message_reply_markup, keyboard(rows)))


async def whisper(bot: Bot, person: int, reply: Reply) -> bool:
    """Says something to one person in private; False where they have never written to the bot."""
    try:
        await bot.send_message(person, messages(reply)[0], reply_markup=keyboard(reply.buttons))
    except (Forbidden, BadRequest):
        return False
    return True


async def send_quiz(bot: Bot, chat: int, poll: Poll, **how: Any) -> Message:
    """Sends a question; its texts are plain, whatever the bot's default is."""
    options = [InputPollOption(option, text_parse_mode=None) for option in poll.options]
    return await bot.send_poll(
        chat,
        poll.question,
        options,
        type=PollType.QUIZ,
        correct_option_ids=[poll.right],  # type: ignore[list-item] # PTB wants literal numbers
        explanation=poll.explanation,
        description=poll.caveat,
        question_parse_mode=None,
        explanation_parse_mode=None,
        api_kwargs={"parse_mode": None},  # else PTB sends its default, which sendPoll does not know
        **how,
    )


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    buttons = [
        [InlineKeyboardButton(b.text, url=b.url, callback_data=b.data or None) for b in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(buttons) if buttons else None


async def _edited(call: Callable[[], Awaitable[object]]) -> None:
    """Makes the change; that it is made already, by another press, is fine."""
    try:
        await call()
    except BadRequest as error:
        if NOT_MODIFIED not in error.message.lower():
            raise
