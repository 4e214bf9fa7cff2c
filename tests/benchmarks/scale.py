"""What many reminders cost: ours beside one job each in JobQueue or in APScheduler's store.

    pip install -e ".[test,bench]" && python -m tests.benchmarks.scale

Start and memory as the number of subscriptions grows, and then a crowded minute: how fast it is
sent, while a person asks and the event loop is watched. Everything is measured in a process of
its own, on files in the temporary folder; Linux, for /proc.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from bot.evaluating.questions import read_questions, texts
from bot.handlers.pacer import REMINDER, Pacer
from bot.handlers.windows import Limits
from bot.knowledge.loader import load
from bot.learned import open_answerer
from bot.reminders.database import open_database
from bot.reminders.days import WEEK
from bot.reminders.delivery import IN_FLIGHT, Delivery
from bot.reminders.due import Due, Sent
from bot.reminders.queue import Queue
from bot.reminders.reminder import VARIED, Schedule
from bot.reminders.rows import due_values, schedule_values
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import CHATS, REMINDERS
from bot.replies.talk import Talk
from tests.benchmarks.alternatives import (
    AHEAD,
    MINUTES,
    Burst,
    Start,
    Watched,
    alone,
    burst_job_queue,
    burst_job_store,
    prepare_job_store,
    start_job_queue,
    start_job_store,
    watching,
)
from tests.benchmarks.matching import quantile
from tests.conftest import ENGLISH, QUESTIONS

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Africa/Cairo", "UTC")
ASKING = 0.25  # seconds between a person's questions


@dataclass(frozen=True)
class Crowd:
    """`rows` due in one minute, sent at a pace until all are, or for `seconds`."""

    rows: int
    limits: Limits
    latency: float  # seconds until Telegram answers
    seconds: float
    in_flight: int = IN_FLIGHT


@dataclass(frozen=True)
class Drained:
    """How many were sent in how many seconds; all stalls and answers in ms; MB grown at most."""

    sent: int
    seconds: float
    stalls: list[float]
    answers: list[float]
    grown: float

    def __str__(self) -> str:
        p50, p99 = (quantile(self.answers, share) for share in (0.5, 0.99))
        return (
            f"{self.sent:>9,}{self.seconds:>9.0f}{self.sent / self.seconds:>9.0f}"
            f"{max(self.stalls):>10.1f}{p50:>11.1f}{p99:>8.1f}{max(self.answers):>8.1f}"
            f"{self.grown:>9.1f}"
        )


CROWDS = {
    "ours, 30/s": Crowd(100_000, Limits(), 0.06, 30),
    "ours, 1000/s": Crowd(100_000, Limits(overall=1000), 0.0, 70),
    "ours, 1000/s, 50 on their way": Crowd(100_000, Limits(overall=1000), 0.0, 30, in_flight=50),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tell_starts(Path(folder))
        tell_crowds(Path(folder))


def tell_starts(folder: Path) -> None:
    print(f"{'start':32}{'jobs':>11}{'seconds':>10}{'grown MB':>10}{'ms each':>10}{'of CPU':>8}")
    found = {}
    for rows in (10_000, 100_000, 1_000_000):
        path = folder / f"ours-{rows}"
        prepare(path, rows)
        found["ours", rows] = start = alone(start_ours, path)
        wall, cpu = alone(cost, path, 400)
        tell_start("ours; claim and record one", rows, start, f"{wall:>10.2f}{cpu:>8.2f}")
    for rows in (10_000, 100_000):
        found["queue", rows] = start = alone(start_job_queue, rows)
        tell_start("JobQueue", rows, start)
        store = folder / f"store-{rows}"
        prepare_job_store(store, rows, datetime.now(UTC) + AHEAD)
        found["store", rows] = start = alone(start_job_store, store)
        tell_start("APScheduler, SQLite", rows, start)
    ours, queue = found["ours", 100_000], found["queue", 100_000]
    print(f"JobQueue at 1,000,000 is not run: it takes more than {10 * queue.seconds:.0f} s")
    print(
        f"at 100,000 ours starts {queue.seconds / ours.seconds:,.0f} times as fast as JobQueue"
        f" with {queue.grown / ours.grown:.0f} times less memory\n",
        flush=True,
    )


def tell_start(name: str, rows: int, start: Start, rest: str = "") -> None:
    print(f"{name:32}{rows:>11,}{start.seconds:>10.3f}{start.grown:>10.1f}{rest}", flush=True)


def tell_crowds(folder: Path) -> None:
    print(
        f"{'100,000 due in one minute':32}{'sent':>9}{'seconds':>9}{'a second':>9}"
        f"{'stall ms':>10}{'answer p50':>11}{'p99':>8}{'max':>8}{'MB':>9}"
    )
    for number, (name, crowd) in enumerate(CROWDS.items()):
        path = folder / f"crowd-{number}"
        prepare(path, crowd.rows, minutes=1)
        print(f"{name:32}{alone(drain, path, crowd)}", flush=True)
    print(f"\n{'due in one second':32}{'jobs':>9}{'ran':>9}{'stall ms':>19}")
    for jobs, lead in ((5_000, 10.0), (10_000, 20.0)):
        tell_burst("JobQueue", alone(burst_job_queue, jobs, lead))
    tell_burst("APScheduler, SQLite", alone(burst_job_store, folder / "burst", 2_000))


def tell_burst(name: str, burst: Burst) -> None:
    print(f"{name:32}{burst.jobs:>9,}{burst.ran:>9,}{burst.stall:>19.0f}", flush=True)


def prepare(path: Path, rows: int, minutes: int = MINUTES) -> None:
    """A database of `rows` daily reminders, spread evenly over `minutes` from NOW on."""
    database = open_database(f"sqlite:///{path}")
    with database.writing() as connection:
        made = min(rows, minutes)
        chats = [{"id": 1 + n, "conditions": "", "silent": False} for n in range(made)]
        connection.execute(insert(CHATS), chats)
        connection.execute(insert(REMINDERS), [_reminder(1 + n, n) for n in range(made)])
        while made < rows:
            _double(connection, made, rows - made)
            made = min(rows, 2 * made)
    database.close()


def _double(connection: Connection, made: int, most: int) -> None:
    """All that there are once more, for other chats, but `most` at most."""
    for chat in (CHATS.c.id, REMINDERS.c.chat):
        table = chat.table
        columns = [column for column in table.c if column is not REMINDERS.c.id]
        values = [column + made if column is chat else column for column in columns]
        again = select(*values).where(chat <= most)
        connection.execute(insert(table).from_select(columns, again))


def _reminder(chat: int, minute: int) -> dict[str, object]:
    due = NOW + timedelta(minutes=minute)
    zone = ZONES[chat % len(ZONES)]
    schedule = Schedule(due.astimezone(ZoneInfo(zone)).time(), WEEK, zone)
    own = {"chat": chat, "plan": VARIED, "sent": 0}
    return own | schedule_values(schedule) | due_values(schedule, due)


def start_ours(path: Path) -> Start:
    return asyncio.run(_start_ours(path))


async def _start_ours(path: Path) -> Start:
    watched, began = Watched(), time.perf_counter()
    database = open_database(f"sqlite:///{path}")
    delivery = Delivery(Queue(database), _at_once, lambda: NOW)
    await delivery.tick()
    started = Start(time.perf_counter() - began, watched.grown)
    await delivery.finish()
    database.close()
    return started


async def _at_once(_due: Due) -> Sent:
    return Sent(1, VARIED)


def cost(path: Path, count: int) -> tuple[float, float]:
    """Claiming and recording one occurrence, ten at a time: milliseconds, and those of CPU."""
    queue = Queue(open_database(f"sqlite:///{path}"))
    now = NOW + timedelta(minutes=59)
    queue.claim(now, 1)  # the statements are compiled once
    done, began, worked = 0, time.perf_counter(), time.process_time()
    while done < count and (dues := queue.claim(now, 10)):
        for due in dues:
            queue.record(due, Sent(1, VARIED), now)
        done += len(dues)
    spent = (time.perf_counter() - began, time.process_time() - worked)
    return 1000 * spent[0] / done, 1000 * spent[1] / done


def drain(path: Path, crowd: Crowd) -> Drained:
    """Sends, while a person asks and the event loop is watched."""
    talk = Talk(open_answerer(load(ENGLISH)))
    said = [text for item in read_questions([QUESTIONS]) for text in texts(item)]
    gc.freeze()  # as the bot does
    return asyncio.run(_drain(path, crowd, talk, said))


async def _drain(path: Path, crowd: Crowd, talk: Talk, said: list[str]) -> Drained:
    before = Watched().before
    database = open_database(f"sqlite:///{path}")
    telegram, answers = Telegram(crowd), list[float]()
    async with watching() as watched:
        began = time.perf_counter()

        def clock() -> datetime:
            return NOW + timedelta(seconds=time.perf_counter() - began)

        delivery = Delivery(Queue(database), telegram.post, clock, in_flight=crowd.in_flight)
        asked = _ask(talk, Subscriptions(database), said, clock, answers)
        tasks = [asyncio.create_task(delivery.run()), asyncio.create_task(asked)]
        with suppress(TimeoutError):
            await asyncio.wait_for(telegram.has_all.wait(), crowd.seconds)
        sent, spent = telegram.sent, time.perf_counter() - began
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    database.close()
    return Drained(sent, spent, watched.stalls, answers, watched.most - before)


class Telegram:
    """Takes every message that the pacer lets go."""

    def __init__(self, crowd: Crowd) -> None:
        self.sent = 0
        self.has_all = asyncio.Event()
        self._crowd = crowd
        self._pacer = Pacer(crowd.limits)

    async def post(self, due: Due) -> Sent:
        chat = {"chat_id": due.reminder.chat}
        await self._pacer.process_request(self._take, (), {}, "sendMessage", chat, REMINDER)
        return Sent(self.sent, VARIED)

    async def _take(self) -> bool:
        await asyncio.sleep(self._crowd.latency)
        self.sent += 1
        if self.sent == self._crowd.rows:
            self.has_all.set()
        return True


async def _ask(
    talk: Talk,
    subscriptions: Subscriptions,
    said: list[str],
    clock: Callable[[], datetime],
    answers: list[float],
) -> None:
    """Adds to `answers` the ms from when each question was to be asked until it is answered."""
    planned = time.perf_counter()
    for chat, text in enumerate(said, 1):
        await asyncio.to_thread(subscriptions.chat, chat)
        talk.says(chat, text, clock())
        answers.append(1000 * (time.perf_counter() - planned))
        planned += ASKING
        await asyncio.sleep(planned - time.perf_counter())


if __name__ == "__main__":
    main()
