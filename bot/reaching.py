"""Reaching Telegram before the bot runs: whether it answers, and what the bot is called there."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.errors import BotError, SettingsError
from bot.settings import Settings

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between attempts

NOT_ASKED = """\
There is no TELEGRAM_BOT_TOKEN to ask Telegram for the bot's name with. Write it into a file .env in
this folder, or name the bot:
    psoas-bot qr pigeon-pose --bot your_bot"""
NOT_TOLD = """\
No answer from {url} to the question for the bot's name ({error}). Try again, or name the bot:
    psoas-bot qr pigeon-pose --bot your_bot"""
UNKNOWN = """\
Telegram does not know this TELEGRAM_BOT_TOKEN.
Copy it again from @BotFather (/mybots, API Token)."""


def username(settings: Settings) -> str:
    """The bot's own, asked from Telegram once. Raises BotError where there is no answer."""
    if settings.telegram_bot_token is None:
        raise SettingsError(NOT_ASKED)
    token, url = settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
    try:
        return asyncio.run(_username(token, url))
    except TelegramError as error:
        raise BotError(NOT_TOLD.format(url=url, error=error)) from error


async def reach_telegram(token: str, api_url: str) -> None:
    """Returns once Telegram answers. Raises when it refuses the token; else tries for ever."""
    wait = FIRST_WAIT
    while True:
        try:
            name = await _username(token, api_url)
        except NetworkError as error:
            log.warning("no answer from %s (%s); next try in %.0f s", api_url, error, wait)
        else:
            log.info("telegram reached: bot=%s", name)
            return
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


async def _username(token: str, api_url: str) -> str:
    try:
        async with ExtBot(token, base_url=f"{api_url}/bot") as bot:
            return bot.username
    except InvalidToken as error:
        raise SettingsError(UNKNOWN) from error
    except BadRequest as error:
        raise SettingsError(f"{api_url} does not answer like Telegram: {error}") from error
