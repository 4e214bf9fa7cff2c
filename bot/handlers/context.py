"""The typed context through which every handler reaches the bot's own objects."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.answering.answer import Answerer
from bot.knowledge.knowledge import Knowledge


class BotData:
    """What all handlers share; app.py fills it in before the first update comes.

    The answerer is replaced as a whole when the knowledge changes.
    """

    answerer: Answerer
    failure: str | None = None  # why the bot had to stop, in words for whoever runs it


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], BotData]):
    """What a handler is given beside the update."""

    @property
    def answerer(self) -> Answerer:
        return self.bot_data.answerer

    @property
    def knowledge(self) -> Knowledge:
        return self.bot_data.answerer.knowledge


App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], BotData, Any]


TYPES = ContextTypes(context=Context, bot_data=BotData)
