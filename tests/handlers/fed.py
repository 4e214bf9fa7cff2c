"""The real application, fed with one update after another, and what comes of each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from telegram import Update

from bot.answering.answer import Answerer
from bot.app import build
from bot.handlers.context import App, Context
from bot.handlers.receiving import Receiving
from bot.reminders.database import open_database
from bot.settings import Settings
from tests.telegram.calls import Call
from tests.telegram.random_updates import BOT
from tests.telegram.recording import Recording
from tests.telegram.schema import Json
from tests.telegram.state import State

ADA: Json = {"id": 7, "is_bot": False, "first_name": "Ada"}
QUESTION = "how do I stretch my psoas"


class Fed:
    """`errors` are those that have come to the application's error handler since the last update.

    `passed_over` counts the updates that could not even be read.
    """

    def __init__(self, app: App, request: Recording) -> None:
        self.app = app
        self.request = request
        self.errors: list[Exception] = []
        self.passed_over = 0
        app.add_error_handler(self._note)

    async def takes(self, update: Json) -> list[Call]:
        """The calls that the bot makes because of the update, received as from Telegram."""
        self.request.take()
        self.errors.clear()
        payload = json.dumps({"ok": True, "result": [update]}).encode()
        for told in Receiving.parse_json_payload(payload)["result"]:
            self.passed_over += told.keys() != update.keys()
            await self.app.update_queue.put(Update.de_json(told, self.app.bot))
        await self.app.update_queue.join()
        return self.request.take()

    async def says(self, text: str) -> str:
        """What Ada is answered in private."""
        message = {"message_id": 1, "date": 1, "chat": {"id": ADA["id"], "type": "private"}}
        (call,) = await self.takes(
            {"update_id": 1, "message": message | {"from": ADA, "text": text}}
        )
        return str(call.parameters["text"])

    async def _note(self, update: object, context: Context) -> None:
        assert context.error is not None
        self.errors.append(context.error)


@asynccontextmanager
async def fed_application(answerer: Answerer, folder: Path) -> AsyncIterator[Fed]:
    """The application as app.py builds it, with a database in the folder and no network."""
    settings = Settings(_env_file=None, messages_per_second=1000)
    database = open_database(f"sqlite:///{folder}/bot.sqlite3")
    app = build(settings, f"{BOT['id']}:no-real-token", {"en": answerer}, database)
    request = Recording(State(BOT))
    app.bot._request = (request, request)
    async with app:
        await app.start()
        try:
            yield Fed(app, request)
        finally:
            await app.stop()
    database.close()
