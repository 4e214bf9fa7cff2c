"""The real bot as a process of its own, talking to the fake Telegram."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.telegram import FakeTelegram

ROOT = Path(__file__).parent.parent
STARTING = 180.0  # seconds; a first start may have to learn, on a busy machine


class RunningBot:
    """`psoas-bot run`, and what it has written to its log so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.log = ""
        self._changed = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def logs(self, text: str, seconds: float = STARTING) -> None:
        """Waits until `text` stands in the log; AssertionError when it does not come."""
        async with self._changed:
            try:
                await asyncio.wait_for(
                    self._changed.wait_for(lambda: text in self.log), timeout=seconds
                )
            except TimeoutError:
                raise AssertionError(f"{text!r} did not come in {seconds} s:\n{self.log}") from None

    async def ends(self, seconds: float = STARTING) -> int:
        """Its exit status; AssertionError when it goes on running."""
        status = await asyncio.wait_for(self.process.wait(), seconds)
        await self._reading
        return status

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            async with self._changed:
                self.log += line.decode()
                self._changed.notify_all()


@asynccontextmanager
async def running_bot(
    server: FakeTelegram | None, settings: Mapping[str, str] | None = None, *, folder: Path = ROOT
) -> AsyncIterator[RunningBot]:
    """The bot against `server`, with more `settings`; stopped at the end.

    Where no database is named, it has an empty one of its own.
    """
    with TemporaryDirectory() as kept:
        own = {"DATABASE_URL": f"sqlite:///{kept}/bot.sqlite3"} | dict(settings or {})
        async with _running(server, own, folder) as bot:
            yield bot


@asynccontextmanager
async def _running(
    server: FakeTelegram | None, settings: Mapping[str, str], folder: Path
) -> AsyncIterator[RunningBot]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if server is not None:
        env |= {"TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=env | dict(settings),
        cwd=folder,
        stderr=asyncio.subprocess.PIPE,
        stdin=asyncio.subprocess.DEVNULL,
    )
    bot = RunningBot(process)
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.terminate()
        await bot.ends()
