"""The one tick that sends what is due: claim, send, record, and begin again.

Nothing is held in memory but what is on its way, at most `in_flight` occurrences. Should the
process die between sending and recording, just those may arrive twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from bot.errors import StoreError
from bot.reminders.due import Again, Due, Result
from bot.reminders.queue import Ended, Queue

log = logging.getLogger(__name__)

IN_FLIGHT = 10
TICK = 1.0  # seconds between looks at what is due
LONGEST_WAIT = 60.0  # seconds between attempts to reach the database
MARGIN = timedelta(seconds=30)  # before the lease ends, in which nothing is begun any more
STOPPING = 15.0  # seconds that those on their way are given at the end
TIDYING = timedelta(hours=1)  # between looks at what can be deleted
AGAIN = Again(timedelta(seconds=10))  # after an error that nobody foresaw

Post = Callable[[Due], Awaitable[Result]]
Told = TypeVar("Told")


class Threads(Protocol):
    """Runs a blocking call elsewhere, so that the event loop goes on."""

    def __call__(self, call: Callable[[], Told], /) -> Awaitable[Told]: ...


class Delivery:
    """Sends due reminders through `post`, which tells how each of them ended."""

    def __init__(
        self,
        queue: Queue,
        post: Post,
        clock: Callable[[], datetime],
        *,
        in_flight: int = IN_FLIGHT,
        threads: Threads = asyncio.to_thread,
    ) -> None:
        self._queue = queue
        self._post = post
        self._clock = clock
        self._in_flight = in_flight
        self._threads = threads
        self._turn = asyncio.Lock()
        self._sending: set[asyncio.Task[None]] = set()
        self._results: list[tuple[Ended, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._unwritten = False  # whether results wait because the database is away
        self._tidied: datetime | None = None

    async def run(self) -> None:
        """Until cancelled: sends what is due, whatever happens to the database meanwhile."""
        wait = TICK
        try:
            while True:
                try:
                    more = await self.tick()
                except StoreError as error:
                    log.error("reminders wait: %s", error)  # noqa: TRY400 - it says what is wrong
                except Exception:  # whatever it is, it must not end the reminders of everybody
                    log.exception("reminders wait")
                else:
                    wait = TICK
                    await (self._some_room() if more else asyncio.sleep(TICK))
                    continue
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
        finally:
            await self._finish()

    async def tick(self) -> bool:
        """Starts what is due and has room; whether more may be. Raises StoreError."""
        if self._unwritten:
            return False  # their leases may have run out: a claim would send them again
        now = self._clock()
        await self._tidy(now)
        room = self._in_flight - len(self._sending)
        if room <= 0:
            return True
        dues = await self._threaded(lambda: self._queue.claim(now, room))
        for due in dues:
            task = asyncio.create_task(self._deliver(due))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        return len(dues) == room

    async def finish(self) -> None:
        """Returns once nothing is on its way any more."""
        while self._sending:
            await asyncio.wait(self._sending)

    async def _deliver(self, due: Due) -> None:
        if self._clock() > due.lease_until - MARGIN:
            return  # the process slept through its lease: another one may have it by now
        try:
            result = await self._post(due)
        except Exception:
            log.exception("reminder not sent: occurrence=%d", due.id)
            result = AGAIN
        await self._record(due, result)

    async def _record(self, due: Due, result: Result) -> None:
        """Returns once the result is written, together with those that wait beside it."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._results.append(((due, result, self._clock()), written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        if not await written:
            log.warning("result came too late: occurrence=%d", due.id)

    async def _write(self) -> None:
        """Writes results as often as it takes: one that is lost would be sent again."""
        wait, most = TICK, self._in_flight
        try:
            while self._results:
                waiting = tuple(self._results[:most])
                try:
                    await self._write_now(waiting)
                except StoreError as error:
                    self._unwritten = True
                    log.error("results not written: %d, %s", len(waiting), error)  # noqa: TRY400
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, LONGEST_WAIT)
                except Exception:  # a fault of ours in one of them: the others do not wait for it
                    log.exception("results not written: %d", len(waiting))
                    most = 1 if len(waiting) > 1 else self._give_up()
        finally:
            for _, written in self._results:
                written.cancel()

    async def _write_now(self, waiting: Sequence[tuple[Ended, asyncio.Future[bool]]]) -> None:
        """Writes them in one transaction, and tells each whether the claim was still its own."""
        ended = [one for one, _ in waiting]
        ours = await self._threaded(partial(self._queue.record_all, ended))
        self._unwritten = False
        del self._results[: len(waiting)]
        for (_, written), is_ours in zip(waiting, ours, strict=True):
            if not written.done():
                written.set_result(is_ours)

    def _give_up(self) -> int:
        """Leaves the first result unwritten, until its lease runs out; how many to write next."""
        (due, _, _), written = self._results.pop(0)
        log.error("result given up: occurrence=%d", due.id)
        self._unwritten = False  # it was not for the database's sake
        written.cancel()
        return self._in_flight

    async def _threaded(self, call: Callable[[], Told]) -> Told:
        """One after another: they would only wait for each other, in threads that people need."""
        async with self._turn:
            return await self._threads(call)

    async def _some_room(self) -> None:
        """Waits until half of what may be on its way is free: one claim for several is cheaper."""
        while len(self._sending) > self._in_flight // 2:
            await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)

    async def _tidy(self, now: datetime) -> None:
        """Now and then, a batch a tick: what a new zone database has moved, and what is too old."""
        if self._tidied is not None and now - self._tidied < TIDYING:
            return
        moved = await self._threaded(lambda: self._queue.derive_anew(now))
        if not moved and not await self._threaded(lambda: self._queue.purge(now)):
            self._tidied = now

    async def _finish(self) -> None:
        """Lets those on their way end, so that their results are written."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=STOPPING)
        for task in self._sending:
            task.cancel()
