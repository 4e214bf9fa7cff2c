"""The typed context through which every handler reaches the bot's own objects."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.handlers.hearing import Hearing
from bot.handlers.hosting import Hosting
from bot.handlers.keeper import BoardKeeper
from bot.handlers.manners import Manners
from bot.replies.inline import Lists


def utc_now() -> datetime:
    return datetime.now(UTC)


class BotData:
    """What all handlers share; app.py fills it in before the first update comes."""

    hearing: Hearing
    manners: Manners
    lists: Lists
    hosting: Hosting
    keeper: BoardKeeper
    working: tuple[asyncio.Task[None], ...] = ()  # what goes on beside the updates
    failure: str | None = None  # why the bot had to stop, in words for whoever runs it


class Context(CallbackContext[ExtBot[str], dict[Any, Any], dict[Any, Any], BotData]):
    """What a handler is given beside the update."""

    @property
    def manners(self) -> Manners:
        return self.bot_data.manners

    @property
    def lists(self) -> Lists:
        return self.bot_data.lists

    @property
    def hearing(self) -> Hearing:
        return self.bot_data.hearing

    @property
    def hosting(self) -> Hosting:
        return self.bot_data.hosting

    @property
    def now(self) -> datetime:
        return utc_now()


App = Application[ExtBot[str], Context, dict[Any, Any], dict[Any, Any], BotData, Any]


TYPES = ContextTypes(context=Context, bot_data=BotData)
