"""Sending replies: as new messages, or in place of the message whose button was pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputPollOption,
    Message,
)
from telegram.constants import ParseMode, PollType
from telegram.error import BadRequest, Forbidden

from bot.handlers.pressing import Pressed
from bot.replies.html import messages
from bot.replies.quiz import Poll
from bot.replies.reply import Reply, Rows

NOT_MODIFIED = "message is not modified"
_TOO_OLD = "query is too old"


async def send(to: Message | Chat, reply: Reply) -> None:
    """Sends `reply` to a chat, or to that of a message; its buttons are under the last one."""
    say = to.reply_text if isinstance(to, Message) else to.send_message
    *first, last = messages(reply)
    for html in first:
        await say(html, parse_mode=ParseMode.HTML)
    await say(last, parse_mode=ParseMode.HTML, reply_markup=keyboard(reply.buttons))


async def answer(query: CallbackQuery, toast: str | None = None, *, alert: bool = False) -> None:
    """Ends the waiting at the button. Where it is too late for that, the rest is still done."""
    try:
        await query.answer(toast, show_alert=alert or None)
    except BadRequest as error:
        if _TOO_OLD not in error.message.lower():
            raise


async def carry_out(query: CallbackQuery, pressed: Pressed) -> None:
    """Does what a press has led to, under the message with the button or after it."""
    await answer(query, pressed.toast)
    message = query.message
    if message is None:
        return
    if not isinstance(message, Message) or not message.is_accessible:
        reply = pressed.edit or pressed.send  # the message can no longer be changed
        if reply is not None:
            await send(message.chat, reply)
        return
    if pressed.edit is not None:
        await edit(query, pressed.edit)
    if pressed.buttons is not None:
        await edit_buttons(query, pressed.buttons)
    if pressed.send is not None:
        await send(message, pressed.send)


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
