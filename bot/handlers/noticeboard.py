"""Putting a group's board into its message, and what Telegram may answer to that."""

from __future__ import annotations

import logging

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.handlers.context import App
from bot.handlers.letters import board_letter
from bot.handlers.pacer import REMINDER
from bot.handlers.posting import may_have_arrived
from bot.handlers.sending import NOT_MODIFIED, keyboard
from bot.reminders.board import Board
from bot.reminders.reminder import State
from bot.replies.html import messages
from bot.replies.links import deep_link

log = logging.getLogger(__name__)


class Noticeboard:
    """Edits the message of a board, or posts a new one where the old stayed in another chat."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, board: Board) -> int | None:
        """The id of the new message, if it took one. Raises what is worth another try."""
        try:
            return await self._put(board)
        except ChatMigrated as error:
            await self._app.bot_data.hearing.moves(board.reminder.chat, error.new_chat_id)
        except BadRequest as error:
            if NOT_MODIFIED not in error.message.lower():  # it was deleted, or is too old
                log.info("board left: occurrence=%d %s", board.occurrence.id, error)
        except Forbidden as error:
            log.info("board left: occurrence=%d %s", board.occurrence.id, error)
        return None

    async def _put(self, board: Board) -> int | None:
        hosting = self._app.bot_data.hosting
        knowledge = hosting.talk(await hosting.rules(board.reminder.chat)).knowledge
        name = self._app.bot.username
        reply = board_letter(knowledge, board, lambda load: deep_link(name, load))
        html, buttons = messages(reply)[0], keyboard(reply.buttons)
        bot, chat, message = self._app.bot, board.reminder.chat, board.occurrence.message
        if message is not None:
            await bot.edit_message_text(
                html, chat, message, reply_markup=buttons, rate_limit_args=REMINDER
            )
            return None
        if board.occurrence.state is State.UNCERTAIN:
            return None  # it may stand there, nobody knows as which message
        return await self._post(board, html, buttons)

    async def _post(
        self, board: Board, html: str, buttons: InlineKeyboardMarkup | None
    ) -> int | None:
        """The id of a new message; None where it may stand there, and must not come twice."""
        try:
            sent = await self._app.bot.send_message(
                board.reminder.chat,
                html,
                reply_markup=buttons,
                message_thread_id=board.reminder.topic,
                disable_notification=True,
                rate_limit_args=REMINDER,
            )
        except NetworkError as error:
            if not may_have_arrived(error):
                raise
            log.info("board left: occurrence=%d %s", board.occurrence.id, error)
            return None
        return sent.message_id
