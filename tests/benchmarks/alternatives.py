"""What one would pick first for reminders: one job each in JobQueue, or in APScheduler's store.

Also what any measuring of such a thing needs: a process of its own, its memory, and the longest
time for which the event loop stood still. Linux, for /proc.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import pickle
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import insert
from telegram.ext import Application, ContextTypes

from tests.benchmarks.running import resident

BLINK = 0.005  # seconds slept by whoever watches the loop
MINUTES = 24 * 60
# Before the first job and after the last of a day, lest one comes due while starting.
AHEAD, SPREAD = timedelta(hours=1), MINUTES - 120
AFTER = 5.0  # seconds that a burst is given beyond what blocks the loop

Given = ParamSpec("Given")
Found = TypeVar("Found")
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True)
class Start:
    """Until it could send: seconds, and by how many MB the process grew."""

    seconds: float
    grown: float


@dataclass(frozen=True)
class Burst:
    """Of `jobs` due in one second `ran`; the event loop stood still for `stall` ms at most."""

    jobs: int
    ran: int
    stall: float


@dataclass
class Watched:
    """What was seen of a process: each overshoot of a short sleep in ms, and memory in MB."""

    before: float = field(default_factory=lambda: resident(os.getpid()))
    most: float = 0.0
    stalls: list[float] = field(default_factory=list)

    @property
    def grown(self) -> float:
        return max(self.most, resident(os.getpid())) - self.before


def alone(measure: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs) -> Found:
    """What `measure` finds in a fresh process."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(measure, *args, **kwargs).result()


@asynccontextmanager
async def watching() -> AsyncIterator[Watched]:
    """Watches the loop and the memory meanwhile."""
    watched = Watched()
    task = asyncio.create_task(_watch(watched))
    yield watched
    await asyncio.sleep(2 * BLINK)  # lets it see the end of the last stall
    task.cancel()


async def _watch(watched: Watched) -> None:
    looked = 0
    while True:
        began = time.perf_counter()
        await asyncio.sleep(BLINK)
        watched.stalls.append(1000 * (time.perf_counter() - began - BLINK))
        looked += 1
        if looked % 40 == 0:
            watched.most = max(watched.most, resident(os.getpid()))


def start_job_queue(jobs: int) -> Start:
    return asyncio.run(_start_job_queue(jobs))


async def _start_job_queue(jobs: int) -> Start:
    application = _job_queue()  # kept: the queue holds it only weakly
    queue = application.job_queue
    assert queue
    watched, began = Watched(), time.perf_counter()
    first = datetime.now(UTC) + AHEAD
    for chat in range(jobs):
        at = (first + timedelta(minutes=chat % SPREAD)).timetz()
        queue.run_daily(_rung, at, chat_id=chat)
    await queue.start()
    await _looked()
    return Start(time.perf_counter() - began, watched.grown)


def burst_job_queue(jobs: int, lead: float) -> Burst:
    """`jobs` are added within `lead` seconds, and come due together at its end."""
    logging.disable(logging.WARNING)  # a line for each job that was missed
    return asyncio.run(_burst_job_queue(jobs, lead))


async def _burst_job_queue(jobs: int, lead: float) -> Burst:
    application = _job_queue()
    queue = application.job_queue
    assert queue
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=lead)
    for chat in range(jobs):
        queue.run_daily(_rung, due.timetz(), chat_id=chat)
    await queue.start()
    assert datetime.now(UTC) < due, "adding the jobs took longer than the lead"
    return await _burst(jobs, due, lambda: application.bot_data["times"])


def _job_queue() -> AnyApplication:
    application = Application.builder().token("1:A").build()
    application.bot_data["times"] = 0
    return application


async def _rung(context: ContextTypes.DEFAULT_TYPE) -> None:
    context.bot_data["times"] += 1


def start_job_store(path: Path) -> Start:
    return asyncio.run(_start_job_store(path))


async def _start_job_store(path: Path) -> Start:
    watched, began = Watched(), time.perf_counter()
    scheduler = _scheduler(path)
    scheduler.start()
    await _looked()
    return Start(time.perf_counter() - began, watched.grown)


def burst_job_store(path: Path, jobs: int) -> Burst:
    logging.disable(logging.WARNING)
    return asyncio.run(_burst_job_store(path, jobs))


async def _burst_job_store(path: Path, jobs: int) -> Burst:
    due = datetime.now(UTC) + timedelta(seconds=10)
    prepare_job_store(path, jobs, due, minutes=1)
    _scheduler(path).start()
    return await _burst(jobs, due, lambda: len(_RUNG))


def prepare_job_store(path: Path, jobs: int, first: datetime, minutes: int = MINUTES) -> None:
    """A store with `jobs` daily jobs, spread evenly over `minutes` from `first` on."""
    samples = _samples(first, min(minutes, jobs))
    rows = []
    for number in range(jobs):
        state = samples[number % len(samples)] | {"id": str(number), "args": (number,)}
        due = state["next_run_time"].timestamp()
        kept = pickle.dumps(state, pickle.HIGHEST_PROTOCOL)
        rows.append({"id": str(number), "next_run_time": due, "job_state": kept})
    store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
    store.start(None, "default")
    with store.engine.begin() as connection:
        connection.execute(insert(store.jobs_t), rows)
    store.shutdown()


def _samples(first: datetime, minutes: int) -> list[dict[str, Any]]:
    """What is kept of a daily job, for each minute."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.start(paused=True)
    dues = [first + timedelta(minutes=n) for n in range(minutes)]
    jobs = [
        scheduler.add_job(
            ring,
            "cron",
            (0,),
            hour=due.hour,
            minute=due.minute,
            second=due.second,
            next_run_time=due,
        )
        for due in dues
    ]
    scheduler.shutdown()
    return [job.__getstate__() for job in jobs]


def _scheduler(path: Path) -> Any:
    store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
    return AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)


_RUNG: list[int] = []


async def ring(chat: int) -> None:
    """Found by its name, from the store."""
    _RUNG.append(chat)


async def _burst(jobs: int, due: datetime, ran: Callable[[], int]) -> Burst:
    async with watching() as watched:
        await asyncio.sleep((due - datetime.now(UTC)).total_seconds() + 1)
        await _settled(ran)
    return Burst(jobs, ran(), max(watched.stalls))


async def _settled(ran: Callable[[], int]) -> None:
    """Returns once no more have run for a while."""
    before = -1
    while ran() != before:
        before = ran()
        await asyncio.sleep(AFTER)


async def _looked() -> None:
    """Returns after the scheduler's first look at what is due."""
    for _ in range(3):
        await asyncio.sleep(0)
