"""What is due goes out, whatever happens to Telegram, the database and the process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import update

from bot.errors import StoreError
from bot.reminders import delivery as delivering
from bot.reminders.database import Database
from bot.reminders.days import WEEK
from bot.reminders.delivery import AGAIN, MARGIN, TIDYING, Delivery
from bot.reminders.due import Dropped, Due, Result, Sent
from bot.reminders.queue import KEPT, LEASE, Ended, Queue
from bot.reminders.reminder import VARIED, Reason, Schedule, State
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import REMINDERS
from tests.reminders.claiming import DAY, EVENING, NINE, SECOND

AT_NINE = Schedule(time(9), WEEK, "UTC")
Told = TypeVar("Told")


class Clock:
    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> datetime:
        return self.now


class Telegram:
    """Takes what is posted; while `closed`, what has been posted waits for an answer."""

    def __init__(self) -> None:
        self.posted = list[Due]()
        self.open = asyncio.Event()
        self.open.set()
        self.results = list[Result | Exception]()  # of the next posts; then all are taken
        self.at_once = self.most_at_once = 0

    async def post(self, due: Due) -> Result:
        self.posted.append(due)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self.open.wait()
        finally:
            self.at_once -= 1
        result = self.results.pop(0) if self.results else Sent(due.id, VARIED)
        if isinstance(result, Exception):
            raise result
        return result


class Ailing(Queue):
    """A queue whose database is away for the next `claims` and `records`."""

    claims = records = 0
    after: Callable[[], None] | None = None  # called once a claim has been made, or failed

    def claim(self, now: datetime, room: int) -> tuple[Due, ...]:
        if self.claims:
            self.claims -= 1
            raise StoreError("away")
        dues = super().claim(now, room)
        if self.after:
            self.after()
        return dues

    def record_all(self, ended: Sequence[Ended]) -> list[bool]:
        if self.records:
            self.records -= 1
            raise StoreError("away")
        return super().record_all(ended)


class Faulty(Queue):
    """A queue that cannot write the result of one occurrence, by a fault of its own."""

    def record_all(self, ended: Sequence[Ended]) -> list[bool]:
        if any(due.id == 2 for due, _, _ in ended):
            raise RuntimeError("a fault")
        return super().record_all(ended)


@pytest.fixture
def ailing(database: Database) -> Ailing:
    return Ailing(database)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram() -> Telegram:
    return Telegram()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two looks other tasks get their turn, and nothing more."""
    monkeypatch.setattr(delivering, "TICK", 0)


async def inline(call: Callable[[], Told], /) -> Told:
    """Without threads, all happens in the same order each time."""
    return call()


def quick(queue: Queue, telegram: Telegram, clock: Clock, in_flight: int = 3) -> Delivery:
    return Delivery(queue, telegram.post, clock, in_flight=in_flight, threads=inline)


def fill(subscriptions: Subscriptions, count: int = 1) -> None:
    """Reminders at nine, each of a chat of its own."""
    for chat in range(1, count + 1):
        subscriptions.add(chat, AT_NINE, VARIED, EVENING)


def states(subscriptions: Subscriptions, count: int = 1) -> set[State]:
    chats = range(1, count + 1)
    return {o.state for chat in chats for o in subscriptions.occurrences(chat, EVENING)}


async def until(true: Callable[[], bool]) -> None:
    """Lets the others run; a test that waits in vain is stopped."""
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - it may become so in a thread
            await asyncio.sleep(0.001)


async def stopped(running: asyncio.Task[None]) -> None:
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_result_is_written(
    subscriptions: Subscriptions, queue: Queue, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions)
    delivery = quick(queue, telegram, clock)
    assert not await delivery.tick()
    await delivery.finish()
    (occurrence,) = subscriptions.occurrences(1, EVENING)
    assert (occurrence.state, occurrence.sent_at) == (State.SENT, NINE)
    assert occurrence.message == telegram.posted[0].id == occurrence.id
    assert not await delivery.tick()
    assert len(telegram.posted) == 1


async def test_few_are_on_their_way_at_once(
    subscriptions: Subscriptions, queue: Queue, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions, 7)
    delivery = quick(queue, telegram, clock)
    telegram.open.clear()
    for _ in range(3):
        assert await delivery.tick()
        await asyncio.sleep(0)
    assert len(telegram.posted) == 3
    telegram.open.set()
    while await delivery.tick():
        await delivery.finish()
    await delivery.finish()
    assert sorted(due.reminder.chat for due in telegram.posted) == list(range(1, 8))
    assert telegram.most_at_once == 3
    assert states(subscriptions, 7) == {State.SENT}


@pytest.mark.parametrize("wrong", [RuntimeError("unforeseen"), TimeoutError()])
async def test_an_unforeseen_error_is_tried_again(
    subscriptions: Subscriptions,
    queue: Queue,
    telegram: Telegram,
    clock: Clock,
    wrong: Exception,
) -> None:
    fill(subscriptions)
    delivery = quick(queue, telegram, clock)
    telegram.results = [wrong]
    for passed in (timedelta(0), AGAIN.after - SECOND, SECOND):
        clock.now += passed
        await delivery.tick()
        await delivery.finish()
    assert [due.attempt for due in telegram.posted] == [1, 2]
    assert states(subscriptions) == {State.SENT}


async def test_a_result_waits_for_the_database(
    subscriptions: Subscriptions, ailing: Ailing, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions)
    delivery = quick(ailing, telegram, clock)
    ailing.records = 5
    await delivery.tick()
    await delivery.finish()
    assert ailing.records == 0
    assert states(subscriptions) == {State.SENT}


async def test_a_result_that_cannot_be_written_keeps_no_other_back(
    subscriptions: Subscriptions, database: Database, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions, 5)
    delivery = quick(Faulty(database), telegram, clock)
    for _ in range(3):
        await delivery.tick()
        await delivery.finish()
    assert len(telegram.posted) == 5
    found = [one for n in range(1, 6) for one in subscriptions.occurrences(n, NINE - DAY)]
    unwritten = [one.id for one in found if one.state is not State.SENT]
    assert unwritten == [2]


async def test_what_was_sent_is_not_sent_again_after_the_database_was_away(
    subscriptions: Subscriptions, ailing: Ailing, telegram: Telegram, clock: Clock
) -> None:
    """Its lease has run out long since; yet only a process that died would send it twice."""
    fill(subscriptions, 2)
    delivery = quick(ailing, telegram, clock)
    ailing.records = 100
    await delivery.tick()
    await until(lambda: ailing.records < 95)
    clock.now += 2 * LEASE
    for _ in range(5):
        assert not await delivery.tick()
    ailing.records = 0
    await delivery.finish()
    await delivery.tick()
    await delivery.finish()
    assert len(telegram.posted) == 2
    assert states(subscriptions, 2) == {State.SENT}


async def test_it_runs_on_while_the_database_is_away(
    subscriptions: Subscriptions, ailing: Ailing, telegram: Telegram, clock: Clock
) -> None:
    """With the threads and the loop that the bot has."""
    fill(subscriptions, 5)
    ailing.claims = ailing.records = 3
    delivery = Delivery(ailing, telegram.post, clock, in_flight=2)
    running = asyncio.create_task(delivery.run())
    await until(lambda: len(telegram.posted) == 5)
    await stopped(running)
    assert ailing.claims == ailing.records == 0
    assert states(subscriptions, 5) == {State.SENT}


async def test_no_fault_ends_the_reminders_of_everybody(
    subscriptions: Subscriptions, ailing: Ailing, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions)
    faults = [RuntimeError("a fault of ours"), KeyError("another")]

    def fail() -> None:
        if faults:
            raise faults.pop()

    ailing.after = fail
    running = asyncio.create_task(quick(ailing, telegram, clock).run())
    await until(lambda: not faults)
    clock.now += LEASE
    await until(lambda: bool(telegram.posted))
    await stopped(running)
    assert states(subscriptions) == {State.SENT}


async def test_the_result_of_what_is_on_its_way_is_written_at_the_end(
    subscriptions: Subscriptions, queue: Queue, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions)
    telegram.open.clear()
    running = asyncio.create_task(Delivery(queue, telegram.post, clock).run())
    await until(lambda: bool(telegram.posted))
    running.cancel()
    await asyncio.sleep(0)
    assert states(subscriptions) == {State.CLAIMED}
    telegram.open.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert states(subscriptions) == {State.SENT}


async def test_what_never_ends_does_not_hold_up_the_end(
    subscriptions: Subscriptions,
    queue: Queue,
    telegram: Telegram,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is claimed again by the next process, once its lease is over."""
    monkeypatch.setattr(delivering, "STOPPING", 0.01)
    fill(subscriptions)
    telegram.open.clear()
    running = asyncio.create_task(Delivery(queue, telegram.post, clock).run())
    await until(lambda: bool(telegram.posted))
    await stopped(running)
    await until(lambda: telegram.at_once == 0)
    assert states(subscriptions) == {State.CLAIMED}
    assert [due.attempt for due in queue.claim(NINE + LEASE, 10)] == [2]


async def test_it_ends_where_nothing_is_due(queue: Queue, telegram: Telegram, clock: Clock) -> None:
    running = asyncio.create_task(quick(queue, telegram, clock).run())
    await asyncio.sleep(0)
    assert not running.done()
    await stopped(running)
    assert telegram.posted == []


@pytest.mark.parametrize("slept", [LEASE - MARGIN, LEASE - MARGIN + SECOND, DAY])
async def test_nothing_is_sent_after_its_lease(
    subscriptions: Subscriptions,
    ailing: Ailing,
    telegram: Telegram,
    clock: Clock,
    slept: timedelta,
) -> None:
    fill(subscriptions)

    def sleep() -> None:
        clock.now += slept

    sent = slept <= LEASE - MARGIN
    ailing.after = sleep
    delivery = quick(ailing, telegram, clock)
    await delivery.tick()
    await delivery.finish()
    assert len(telegram.posted) == sent
    assert states(subscriptions) == {State.SENT if sent else State.CLAIMED}


async def test_a_result_that_comes_after_another_process_is_refused(
    subscriptions: Subscriptions, queue: Queue, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions)
    slow, other = quick(queue, telegram, clock), quick(queue, telegram, clock)
    telegram.open.clear()
    telegram.results = [Dropped(State.UNCERTAIN, Reason.NO_ANSWER), Sent(8, VARIED)]
    await slow.tick()
    await asyncio.sleep(0)
    clock.now += LEASE
    await other.tick()
    await asyncio.sleep(0)
    telegram.open.set()
    await asyncio.gather(slow.finish(), other.finish())
    (occurrence,) = subscriptions.occurrences(1, EVENING)
    assert (occurrence.state, occurrence.message) == (State.SENT, 8)
    assert [due.attempt for due in telegram.posted] == [1, 2]


async def test_two_processes_share_the_work(
    subscriptions: Subscriptions, database: Database, telegram: Telegram, clock: Clock
) -> None:
    fill(subscriptions, 30)
    both = [
        asyncio.create_task(Delivery(Queue(database), telegram.post, clock, in_flight=4).run())
        for _ in range(2)
    ]
    await until(lambda: len(telegram.posted) >= 30)
    for running in both:
        await stopped(running)
    assert sorted(due.reminder.chat for due in telegram.posted) == list(range(1, 31))
    assert states(subscriptions, 30) == {State.SENT}


async def test_it_tidies_now_and_then(
    subscriptions: Subscriptions,
    database: Database,
    queue: Queue,
    telegram: Telegram,
    clock: Clock,
) -> None:
    fill(subscriptions, 2)
    delivery = quick(queue, telegram, clock)
    with database.writing() as connection:
        wrong = {"next_due_at": NINE + SECOND, "zone_data": "2001a"}
        connection.execute(update(REMINDERS).values(wrong))
    await delivery.tick()
    await delivery.finish()
    assert len(telegram.posted) == 2
    subscriptions.leave(2, NINE)
    clock.now = NINE + KEPT + SECOND
    for _ in range(2):  # again while there was something
        await delivery.tick()
    assert subscriptions.of(2) == ()
    subscriptions.leave(1, NINE)
    for passed, left in ((TIDYING - SECOND, 1), (SECOND, 0)):
        clock.now += passed
        await delivery.tick()
        assert len(subscriptions.of(1)) == left
