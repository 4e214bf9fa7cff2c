"""Boards are kept up to date with few edits, whatever fails: a real database, Telegram recorded."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import pytest
from telegram.error import NetworkError

from bot.handlers import keeper as keeping
from bot.handlers.keeper import BoardKeeper
from bot.reminders.board import Board
from tests.handlers.boarding import DAY, MINUTE, NINE, Gym
from tests.handlers.talking import Ailing
from tests.handlers.waiting import until

FIRST, EVERY, LOOK = 0.05, 0.1, 0.02
ADA = 1_000


class Show:
    """What was shown, and when; the next ones wait while `closed`, or end in `errors`."""

    def __init__(self) -> None:
        self.shown: list[Board] = []
        self.times: list[float] = []
        self.errors: list[Exception] = []
        self.message: int | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, board: Board) -> int | None:
        self.shown.append(board)
        self.times.append(asyncio.get_running_loop().time())
        await self.open.wait()
        if self.errors:
            raise self.errors.pop(0)
        return self.message

    @property
    def counts(self) -> list[int]:
        return [board.done for board in self.shown]


class Kept:
    """A keeper, and what it shows."""

    def __init__(self, gym: Gym, now: datetime = NINE) -> None:
        self.show = Show()
        self.keeper = BoardKeeper(gym.boards, self.show, lambda: now, every=EVERY)
        self._gym = gym

    async def tap(self, occurrence: int, *people: int) -> None:
        await asyncio.to_thread(self._gym.tap, occurrence, *people)
        for _ in people:
            self.keeper.touch(occurrence)

    async def rests(self) -> None:
        """Returns once nothing is left to do; nothing may be left in memory then."""
        await until(lambda: not self.keeper._busy)
        assert not self.keeper._touched


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "FIRST", FIRST)
    monkeypatch.setattr(keeping, "LOOK", LOOK)


@pytest.fixture
def gym(database: Ailing) -> Gym:
    return Gym(database)


@pytest.fixture
def kept(gym: Gym) -> Iterator[Kept]:
    made = Kept(gym)
    yield made
    assert not made.keeper._busy
    assert not made.keeper._touched


async def test_many_taps_are_one_edit(gym: Gym, kept: Kept) -> None:
    occurrence = gym.rings()
    gym.tap(occurrence, *range(ADA, ADA + 200))
    for _ in range(200):
        kept.keeper.touch(occurrence)
    await kept.rests()
    assert kept.show.counts == [200]
    assert not gym.is_stale(occurrence)


async def test_a_tap_while_an_edit_is_on_its_way_is_shown(gym: Gym, kept: Kept) -> None:
    occurrence = gym.rings()
    kept.show.open.clear()
    await kept.tap(occurrence, ADA)
    await until(lambda: kept.show.counts == [1])
    await kept.tap(occurrence, *range(ADA + 1, ADA + 10))
    kept.show.open.set()
    await kept.rests()
    assert kept.show.counts == [1, 10]
    assert not gym.is_stale(occurrence)


async def test_between_edits_there_is_time(gym: Gym, kept: Kept) -> None:
    """The first comes soon after the first tap; those after it in their time."""
    occurrence = gym.rings()
    begun = asyncio.get_running_loop().time()
    for person in range(ADA, ADA + 60):
        await kept.tap(occurrence, person)
        await asyncio.sleep(EVERY / 20)
    await kept.rests()
    times = kept.show.times
    assert times[0] - begun >= FIRST
    assert all(later - sooner >= EVERY for sooner, later in pairwise(times))
    assert kept.show.counts[-1] == 60


@pytest.mark.parametrize("error", [NetworkError("away"), ValueError("a fault of ours")])
async def test_between_edits_that_fail_there_is_time_too(
    gym: Gym, kept: Kept, error: Exception
) -> None:
    occurrence = gym.rings()
    kept.show.errors = [error]
    await kept.tap(occurrence, ADA)
    await until(lambda: kept.show.counts == [1])
    await kept.tap(occurrence, ADA + 1)
    await kept.rests()
    assert kept.show.counts == [1, 2]
    assert kept.show.times[1] - kept.show.times[0] >= EVERY


async def test_boards_do_not_wait_for_each_other(gym: Gym, kept: Kept) -> None:
    first, second = gym.rings(), gym.rings(NINE + DAY)
    kept.show.open.clear()
    await kept.tap(first, ADA)
    await kept.tap(second, ADA)
    await until(lambda: len(kept.show.shown) == 2)
    assert {board.occurrence.id for board in kept.show.shown} == {first, second}
    kept.show.open.set()
    await kept.rests()


@pytest.mark.parametrize("error", [NetworkError("away"), ValueError("a fault of ours")])
async def test_what_failed_is_shown_at_the_next_look(
    gym: Gym, kept: Kept, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    occurrence = gym.rings()
    kept.show.errors = [error]
    with caplog.at_level(logging.WARNING):
        await kept.tap(occurrence, ADA)
        await kept.rests()
    assert f"occurrence={occurrence}" in caplog.text
    assert gym.is_stale(occurrence)
    await kept.keeper.look()
    await kept.rests()
    assert kept.show.counts == [1, 1]
    assert not gym.is_stale(occurrence)


async def test_the_database_is_away(gym: Gym, kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    occurrence = gym.rings()
    await kept.tap(occurrence, ADA)
    gym.database.away = True
    with caplog.at_level(logging.WARNING):
        await kept.rests()
        await kept.keeper.look()
    assert caplog.text.count("away") == 2
    assert kept.show.shown == []
    gym.database.away = False
    await kept.keeper.look()
    await kept.rests()
    assert kept.show.counts == [1]


async def test_what_is_shown_cannot_be_noted(gym: Gym, kept: Kept) -> None:
    """It is shown again, which changes nothing, rather than never."""
    occurrence = gym.rings()
    gym.tap(occurrence, ADA)
    gym.database.read_only = True
    kept.keeper.touch(occurrence)
    await kept.rests()
    gym.database.read_only = False
    assert gym.is_stale(occurrence)
    await kept.keeper.look()
    await kept.rests()
    assert kept.show.counts == [1, 1]
    assert not gym.is_stale(occurrence)


async def test_a_new_message_is_noted(gym: Gym, kept: Kept) -> None:
    occurrence = gym.rings()
    kept.show.message = 90
    await kept.tap(occurrence, ADA)
    await kept.rests()
    assert gym.message(occurrence) == 90


async def test_what_is_gone_is_not_shown(gym: Gym, kept: Kept) -> None:
    occurrence = gym.rings()
    await kept.tap(occurrence, ADA)
    gym.subscriptions.delete(gym.group)
    kept.keeper.touch(occurrence + 1)
    await kept.rests()
    assert kept.show.shown == []


async def test_what_is_still_being_sent_waits(gym: Gym, kept: Kept) -> None:
    """It is not known yet which message it is."""
    due = gym.claim()
    await kept.tap(due.id, ADA)
    await kept.rests()
    assert kept.show.shown == []
    assert gym.is_stale(due.id)


async def test_it_looks_again_and_again_until_cancelled(gym: Gym, kept: Kept) -> None:
    """So what was tapped before a restart is shown; errors end nothing."""
    occurrence = gym.rings()
    gym.tap(occurrence, ADA)
    gym.database.away = True
    running = asyncio.create_task(kept.keeper.run())
    await asyncio.sleep(LOOK)
    assert not running.done()
    gym.database.away = False
    await until(lambda: kept.show.counts == [1])
    await until(lambda: not gym.is_stale(occurrence))
    kept.show.open.clear()
    await kept.tap(occurrence, ADA + 1)
    await until(lambda: kept.show.counts == [1, 2])
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await kept.rests()
    assert gym.is_stale(occurrence)  # for the next start


async def test_old_boards_are_left_as_they_are(gym: Gym) -> None:
    kept = Kept(gym, now=NINE + 2 * DAY + MINUTE)
    gym.tap(gym.rings(), ADA)
    await kept.keeper.look()
    await kept.rests()
    assert kept.show.shown == []
