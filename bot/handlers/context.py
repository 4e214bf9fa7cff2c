"""The typed context through which every handler reaches the bot's own objects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.replies.talk import Talk


class BotData:
    """What all handlers share; app.py fills it in before the first update comes.

    The talk is replaced as a whole when the knowledge changes.
    """

    talk: Talk
    failure: str | None = None  # why the bot had to stop, in words for whoever runs it


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], BotData]):
    """What a handler is given beside the update."""

    @property
    def talk(self) -> Talk:
        return self.bot_data.talk

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)


App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], BotData, Any]


TYPES = ContextTypes(context=Context, bot_data=BotData)
