"""In which order updates are handled: one after another within a chat, chats side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64  # updates being handled, over all chats


class InTurns(BaseUpdateProcessor):
    """Serial within a chat, parallel between chats, so that nobody waits for a slow stranger.

    What people press in a chat is serial for each of them: many tap the same board at once.
    """

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._last: dict[object, asyncio.Future[None]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        turn = _turn(update)
        if turn is None:
            await coroutine
            return
        before = self._last.get(turn)
        done = self._last[turn] = asyncio.get_running_loop().create_future()
        try:
            if before is not None:
                await before
            await coroutine
        finally:
            done.set_result(None)
            if self._last.get(turn) is done:
                del self._last[turn]

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _turn(update: object) -> object | None:
    """What the update waits for its turn with; None: for nothing."""
    chat = update.effective_chat if isinstance(update, Update) else None
    # The library checks no types; a chat known by something else would leave the update undone.
    if not isinstance(update, Update) or chat is None or not isinstance(chat.id, int):
        return None
    presser = update.callback_query.from_user if update.callback_query else None
    if presser is None or presser.id == chat.id or not isinstance(presser.id, int):
        return chat.id
    return chat.id, presser.id
