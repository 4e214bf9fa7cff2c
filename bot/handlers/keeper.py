"""Keeps the boards under groups' stretches up to date: edits in place, and few of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram.error import TelegramError

from bot.errors import StoreError
from bot.reminders.board import Board
from bot.reminders.boards import Boards
from bot.reminders.reminder import State

log = logging.getLogger(__name__)

FIRST = 2.0  # seconds after a tap until the board shows it, with those that came meanwhile
EVERY = 20.0  # seconds between edits of one board; see manners.py for the group's whole budget
LOOK = 30.0  # seconds between looks at what is behind

# Puts the board into its message, and tells the id of a new message where the old one is no more.
Show = Callable[[Board], Awaitable[int | None]]


class BoardKeeper:
    """Shows boards through `show`, whose errors are its own; what fails is shown later."""

    def __init__(
        self, boards: Boards, show: Show, clock: Callable[[], datetime], *, every: float = EVERY
    ) -> None:
        self._boards = boards
        self._show = show
        self._clock = clock
        self._every = every
        self._touched: set[int] = set()
        self._busy: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled: sees to it that no board stays behind."""
        try:
            while True:
                await self.look()
                await asyncio.sleep(LOOK)
        finally:
            for task in self._busy.values():
                task.cancel()

    async def look(self) -> None:
        """Sees which boards are behind: after a restart, a failure, or a group's moving."""
        try:
            behind = await asyncio.to_thread(self._boards.stale, self._clock())
        except StoreError as error:
            log.error("boards wait: %s", error)  # noqa: TRY400 - it says what is wrong
            return
        for occurrence in behind:
            self.touch(occurrence)

    def touch(self, occurrence: int) -> None:
        """Notes that a board has changed; it is shown soon, together with what else comes."""
        self._touched.add(occurrence)
        if occurrence not in self._busy:
            self._busy[occurrence] = asyncio.create_task(self._follow(occurrence))

    async def _follow(self, occurrence: int) -> None:
        try:
            await asyncio.sleep(FIRST)
            while occurrence in self._touched:
                self._touched.discard(occurrence)
                await self._try(occurrence)
                await asyncio.sleep(self._every)
        finally:
            self._touched.discard(occurrence)
            del self._busy[occurrence]

    async def _try(self, occurrence: int) -> None:
        """Shows the board; one that fails is behind, and is seen by the next look."""
        try:
            await self._put_right(occurrence)
        except (StoreError, TelegramError) as error:
            log.warning("board waits: occurrence=%d %s", occurrence, error)
        except Exception:  # it must not end the others
            log.exception("board not shown: occurrence=%d", occurrence)

    async def _put_right(self, occurrence: int) -> None:
        board = await asyncio.to_thread(self._boards.board, occurrence)
        if board is None or board.occurrence.state is State.CLAIMED:
            return  # gone, or not yet known as which message it came
        message = await self._show(board)
        await asyncio.to_thread(self._boards.shown, occurrence, board.version, message)
