"""An application over HTTP without handlers, to post with."""

from __future__ import annotations

from telegram.constants import ParseMode
from telegram.ext import Application, Defaults

from bot.handlers.context import TYPES, App
from bot.handlers.hearing import Hearing
from bot.handlers.pacer import Pacer
from tests.telegram.server import TOKEN

PATIENT = 60.0  # seconds that an answer may take


def application(url: str, hearing: Hearing, patience: float = PATIENT) -> App:
    """`url` is the server's; an answer of Telegram's may take `patience` seconds."""
    app: App = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{url}/bot")
        .defaults(Defaults(parse_mode=ParseMode.HTML))
        .context_types(TYPES)
        .rate_limiter(Pacer())
        .read_timeout(patience)
        .job_queue(None)
        .updater(None)
        .build()
    )
    app.bot_data.hearing = hearing
    return app
