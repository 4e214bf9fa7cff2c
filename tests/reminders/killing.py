"""The real process, killed while it sends: what the server counted, what the database recorded.

Of what a killed process had claimed nobody knows whether it arrived; it is sent again once its
lease has run out. To wait for that at each kill would take minutes, so the leases of the dead are
moved to the past here, where a plan does not say to wait.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.reminders.database import Database, open_database
from bot.reminders.days import WEEK
from bot.reminders.delivery import IN_FLIGHT
from bot.reminders.queue import LEASE
from bot.reminders.reminder import VARIED, Schedule, State
from bot.reminders.rows import due_values, schedule_values
from bot.reminders.tables import CHATS, OCCURRENCES, REMINDERS
from tests.running import RunningBot, running_bot
from tests.telegram import FakeTelegram
from tests.telegram.state import Chat

PATIENCE = 180.0  # seconds without what is waited for
LATEST_KILL = 0.9  # of the reminders are sent by then
MOMENT = 0.05  # seconds after a message within which the kill falls
LOOK = 0.1  # seconds between looks into the database
TOLD = 2_000  # characters of the log, when something is wrong
SETTLED = 1.0  # seconds: longer than a living process needs for what it has claimed


@dataclass(frozen=True, slots=True)
class Plan:
    """So many private chats, each with a reminder that is due; and as many kills."""

    reminders: int
    kills: int
    seed: int
    rate: int = 1000  # messages a second
    in_flight: int = IN_FLIGHT
    waits: bool = False  # for the leases of the dead to run out by themselves


@dataclass(frozen=True, slots=True)
class Round:
    """What was counted: `sent` are messages that the server took, `bound` of duplicates.

    `claimed` is how many reminders were claimed by a process when it was killed; `faults` tell
    where the database does not agree with the server.
    """

    kills: int
    sent: int
    lost: int
    duplicates: int
    claimed: int
    bound: int
    seconds: float
    faults: tuple[str, ...]


async def killed(url: str, plan: Plan) -> Round:
    """One process over the empty database at `url`, started again after each kill."""
    async with _scene(url, plan) as scene:
        scene.prepare()
        for count in scene.moments():
            async with scene.bot() as bot:
                await scene.sent(count)
                await scene.kill(bot)
            await scene.expire()
        async with scene.bot():
            await scene.all_ended()
            return scene.counted()


async def killed_beside(url: str, plan: Plan) -> Round:
    """Two processes at once, of which one is killed; webhooks, for only one may poll."""
    assert plan.kills == 1
    async with _scene(url, plan) as scene, scene.bot(_webhook()) as one, scene.bot(_webhook()):
        await scene.server.wait_for_call("setWebhook", 2, PATIENCE)
        scene.prepare()
        await scene.sent(*scene.moments())
        await scene.kill(one)
        await scene.expire()
        await scene.all_ended()
        return scene.counted()


@asynccontextmanager
async def _scene(url: str, plan: Plan) -> AsyncIterator[Scene]:
    database = open_database(url)
    try:
        async with FakeTelegram() as server:
            yield Scene(url, plan, server, database)
    finally:
        database.close()


def _webhook() -> dict[str, str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        here = f"127.0.0.1:{found.getsockname()[1]}"
    return {"WEBHOOK_URL": f"http://{here}", "WEBHOOK_LISTEN": here}


class Scene:
    """A server, a database, and the processes between them."""

    def __init__(self, url: str, plan: Plan, server: FakeTelegram, database: Database) -> None:
        self.server = server
        self._url = url
        self._plan = plan
        self._database = database
        self._random = Random(plan.seed)
        self._chats = [Chat(1 + n, "private", {"first_name": "Ada"}) for n in range(plan.reminders)]
        server.state.chats |= {chat.id: chat for chat in self._chats}
        self._bots: list[RunningBot] = []
        self._began = time.perf_counter()

    def prepare(self) -> None:
        """A reminder for each chat, due now."""
        due = datetime.now(UTC).replace(second=0, microsecond=0)
        wish = Schedule(due.time(), WEEK, "UTC")
        values = {"plan": VARIED, "sent": 0} | schedule_values(wish) | due_values(wish, due)
        with self._database.writing() as connection:
            chats = [{"id": chat.id, "conditions": "", "silent": False} for chat in self._chats]
            connection.execute(insert(CHATS), chats)
            connection.execute(insert(REMINDERS), [values | {"chat": c.id} for c in self._chats])

    def moments(self) -> list[int]:
        """After how many messages to kill."""
        latest = int(LATEST_KILL * self._plan.reminders)
        return sorted(self._random.sample(range(1, latest), self._plan.kills))

    @asynccontextmanager
    async def bot(self, more: Mapping[str, str] | None = None) -> AsyncIterator[RunningBot]:
        settings = {
            "DATABASE_URL": self._url,
            "MESSAGES_PER_SECOND": str(self._plan.rate),
            "REMINDERS_IN_FLIGHT": str(self._plan.in_flight),
        }
        async with running_bot(self.server, settings | dict(more or {})) as bot:
            self._bots.append(bot)
            yield bot

    async def sent(self, count: int) -> None:
        """Waits until there are `count` messages, at least one of them new."""
        wanted = max(count, self._taken() + 1)
        wrong = self.server.violations
        await self.server.state.wait(lambda: self._taken() >= wanted or bool(wrong), PATIENCE)
        told = wrong[:1] or self._bots[-1].log[-TOLD:]
        assert self._taken() >= wanted, f"{self._taken()} of {wanted} messages came: {told}"

    async def kill(self, bot: RunningBot) -> None:
        """At a random moment, whatever the server is doing."""
        after = self._random.uniform(0, MOMENT)
        await asyncio.to_thread(_kill, bot.process.pid, after)
        assert await bot.ends() == -signal.SIGKILL

    async def expire(self) -> None:
        """Moves the leases of the dead to the past, once the living have ended all else."""
        if self._plan.waits:
            return
        if any(bot.process.returncode is None for bot in self._bots):
            await asyncio.wait_for(self._settled(), PATIENCE)
        dead = update(OCCURRENCES).where(OCCURRENCES.c.state == State.CLAIMED)
        with self._database.writing() as connection:
            connection.execute(dead.values(try_at=datetime.now(UTC)))

    async def all_ended(self) -> None:
        """Waits until nothing is due or on its way."""
        until = time.monotonic() + PATIENCE + LEASE.total_seconds() * self._plan.waits
        while self._due() or self._open():
            assert time.monotonic() < until, (
                f"{len(self._open())} not sent:\n{self._bots[-1].log[-TOLD:]}"
            )
            await asyncio.sleep(LOOK)

    def counted(self) -> Round:
        """What there is to count at the end."""
        rows = self._rows()
        taken = [len(chat.events) for chat in self._chats]
        return Round(
            kills=self._plan.kills,
            sent=sum(taken),
            lost=taken.count(0),
            duplicates=sum(count - 1 for count in taken if count),
            claimed=sum(row.attempts - 1 for row in rows),
            bound=self._plan.kills * self._plan.in_flight,
            seconds=time.perf_counter() - self._began,
            faults=tuple(self._faults(rows)),
        )

    def _taken(self) -> int:
        return sum(len(chat.events) for chat in self._chats)

    async def _settled(self) -> None:
        """Waits until nothing is due, and what is on its way stays so."""
        before = None
        while self._due() or self._open() != before:
            before = self._open()
            await asyncio.sleep(SETTLED)

    def _due(self) -> int:
        due = select(func.count()).where(REMINDERS.c.next_due_at <= datetime.now(UTC))
        with self._database.reading() as connection:
            return connection.execute(due).scalar_one()

    def _open(self) -> frozenset[tuple[int, int]]:
        """Occurrences that have not ended, with the number of their claims."""
        open = select(OCCURRENCES).where(OCCURRENCES.c.try_at.is_not(None))
        with self._database.reading() as connection:
            return frozenset((row.id, row.attempts) for row in connection.execute(open))

    def _rows(self) -> Sequence[Row[Any]]:
        """Each occurrence, and how often its reminder was sent."""
        found = select(OCCURRENCES, REMINDERS.c.chat, REMINDERS.c.sent).join(REMINDERS)
        with self._database.reading() as connection:
            return connection.execute(found).all()

    def _faults(self, rows: Sequence[Row[Any]]) -> Iterator[str]:
        yield from self.server.violations
        yield from (
            f"in the log: {bot.log[-TOLD:]}" for bot in self._bots if "Traceback" in bot.log
        )
        if sorted(row.chat for row in rows) != [chat.id for chat in self._chats]:
            yield f"{len(rows)} occurrences of {len(self._chats)} reminders"
        for row in rows:
            came = [event.message_id for event in self.server.state.chats[row.chat].events]
            went = row.state in {State.SENT, State.LATE} and row.sent == 1
            # One that was recorded, and before it those whose process died too soon.
            if not went or came[-1:] != [row.message] or len(came) > row.attempts:
                yield f"{row} although {came} came"


def _kill(pid: int, after: float) -> None:
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
