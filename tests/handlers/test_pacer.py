"""The pace of sending, in time that leaps."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import Forbidden, RetryAfter

from bot.handlers.pacer import Pacer, StoppingError
from bot.handlers.windows import Chat, Limits
from tests.handlers.leaping import AT_ONCE, GROUP, STRICT, World, keeps, leaping
from tests.telegram.calls import Call
from tests.telegram.limits import is_message
from tests.telegram.schema import bot_api

# The library warns of a later version whenever it makes a RetryAfter.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

LATENCIES = st.tuples(st.floats(0.0, 2.0), st.floats(0.0, 2.0))
MESSAGES = st.lists(
    st.tuples(
        st.floats(0.0, 0.5),  # after the one before
        st.sampled_from([1, 2, 3, GROUP, "@group"]),
        st.booleans(),
        LATENCIES,
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(MESSAGES, st.integers(2, 6))
def test_no_window_ever_holds_too_many(
    messages: list[tuple[float, Chat, bool, tuple[float, float]]], overall: int
) -> None:
    limits = Limits(overall=overall, private=2, group=4, group_seconds=10.0)
    world = World(limits)

    async def scene() -> None:
        async with asyncio.TaskGroup() as tasks:
            for pause, chat, reminder, latency in messages:
                await asyncio.sleep(pause)
                tasks.create_task(world.send(chat, reminder=reminder, latency=latency))

    leaping(scene())
    assert len(world.arrived) == len(messages)
    assert keeps(world.arrived, limits)
    assert world.pacer.chats <= 5


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=40))
def test_first_come_first_served_in_each_chat(messages: list[tuple[int, bool]]) -> None:
    world = World()

    async def scene() -> None:
        async with asyncio.TaskGroup() as tasks:
            for number, (chat, reminder) in enumerate(messages):
                name = f"{number:03} {reminder}"
                tasks.create_task(world.send(chat, reminder=reminder, name=name, latency=AT_ONCE))

    leaping(scene())
    for chat, reminder in itertools.product((1, 2, 3), ("True", "False")):
        names = [name for _, to, name in world.arrived if to == chat and name.endswith(reminder)]
        assert names == sorted(names)


def test_an_answer_among_reminders_goes_at_once_and_the_rate_is_used() -> None:
    world = World()
    waits: list[float] = []

    async def answers() -> None:
        for chat in range(1000, 1040):
            began = world.now
            await world.send(chat, name="answer", latency=(0.0, 0.005))
            waits.append(world.now - began - 0.005)
            await asyncio.sleep(0.25)

    async def scene() -> None:
        reminders = (world.send(chat, reminder=True) for chat in range(1, 301))
        await asyncio.gather(answers(), *reminders)

    leaping(scene())
    assert max(waits) < 0.001
    assert keeps(world.arrived, STRICT)
    times = [time for time, _, name in world.arrived if name != "answer"]
    assert max(later - earlier for earlier, later in itertools.pairwise(times)) < 0.15
    assert 299 / (times[-1] - times[0]) > 24  # and about 4 answers beside them


def test_a_full_group_holds_up_nobody_else() -> None:
    world = World()

    async def scene() -> None:
        group = [world.send(GROUP, reminder=True) for _ in range(25)]
        people = [world.send(chat, reminder=True) for chat in range(1, 31)]
        await asyncio.gather(*group, *people)

    leaping(scene())
    assert [chat for _, chat, _ in world.arrived][50:] == [GROUP] * 5
    assert world.times()[49] < 2.0
    assert world.times()[50] > 60.0


def _method_cases() -> list[str]:
    methods = bot_api().methods.items()
    return [name for name, method in methods if method.parameters.types_of("chat_id")]


def test_messages_count_and_nothing_else() -> None:
    world = World(Limits(private=1000, overall=1000))

    async def scene() -> None:
        for method in _method_cases():
            before = world.pacer.chats
            chat = 1000 + before
            await world.send(chat, endpoint=method)
            counted = world.pacer.chats > before
            assert counted == is_message(Call(method, {"chat_id": chat}, 0.0)), method

    leaping(scene())


@pytest.mark.parametrize("chat", [None, "12", "@Name", "-5"])
def test_chats_as_they_may_be_written(chat: str | None) -> None:
    async def scene() -> None:
        pacer = Pacer(clock=lambda: 0.0)
        for spelling in (chat, chat.lower() if chat else chat):
            data = {} if spelling is None else {"chat_id": spelling}
            await pacer.process_request(asyncio.sleep, (0,), {}, "editMessageText", data, None)
        assert pacer.chats == (0 if chat is None else 1)

    leaping(scene())


# Told to wait.


@pytest.mark.parametrize("told", [2, timedelta(seconds=2)])
def test_nobody_writes_during_a_halt_and_the_answer_comes_first_after(
    told: int | timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    world = World()
    world.errors.append(RetryAfter(told))

    async def scene() -> None:
        first = asyncio.create_task(world.send(1, name="first"))
        await asyncio.sleep(0.1)
        others = [world.send(chat, name=str(chat), reminder=chat > 3) for chat in (2, 3, 4, 5)]
        await asyncio.gather(first, *others)

    leaping(scene())
    assert world.names() == ["first", "first", "2", "3", "4", "5"]
    assert world.times()[1] >= 2.01
    assert "too many messages: waiting=2 s attempt=1" in caplog.text


def test_those_in_line_when_the_halt_comes_wait_too() -> None:
    world = World(Limits(overall=3, spare=1))
    world.errors.append(RetryAfter(30))

    async def scene() -> None:
        await asyncio.gather(*(world.send(chat) for chat in range(1, 9)))

    leaping(scene())
    assert len([time for time in world.times() if time < 30]) == 3
    assert len(world.arrived) == 9


def test_a_reminder_hears_of_it_at_once_and_the_halt_holds_for_all() -> None:
    world = World()
    world.errors.append(RetryAfter(5))

    async def scene() -> None:
        with pytest.raises(RetryAfter):
            await world.send(1, reminder=True)
        assert world.now < 1
        await world.send(2)

    leaping(scene())
    assert len(world.arrived) == 2
    assert world.times()[1] > 5


@pytest.mark.parametrize(("waits", "attempts"), [([1, 1], 3), ([1, 1, 1], 3), ([61], 1), ([60], 2)])
def test_how_often_an_answer_is_tried(waits: list[int], attempts: int) -> None:
    world = World()
    world.errors.extend(RetryAfter(wait) for wait in waits)

    async def scene() -> None:
        if len(waits) < attempts:
            await world.send(1)
        else:
            with pytest.raises(RetryAfter):
                await world.send(1)

    leaping(scene())
    assert len(world.arrived) == attempts


def test_a_long_halt_lets_go_of_all_who_wait_until_it_is_nearly_over() -> None:
    world = World(Limits(overall=2))
    world.errors.append(RetryAfter(600))

    async def scene() -> None:
        sends = (world.send(chat, reminder=chat > 3) for chat in range(1, 6))
        found = await asyncio.gather(*sends, return_exceptions=True)
        assert [type(item) for item in found].count(RetryAfter) == 4
        assert world.now < 2
        with pytest.raises(RetryAfter, match="600"):
            await world.send(9)
        await asyncio.sleep(550)
        await world.send(9)

    leaping(scene())
    assert len(world.arrived) == 3
    assert world.times()[2] > 600


def test_another_error_is_the_callers() -> None:
    world = World()
    world.errors.append(Forbidden("gone"))

    async def scene() -> None:
        with pytest.raises(Forbidden):
            await world.send(1)
        await world.send(1)

    leaping(scene())
    assert len(world.arrived) == 2


def test_calls_that_are_no_messages_pass_a_halt() -> None:
    world = World()
    world.errors.append(RetryAfter(50))

    async def scene() -> None:
        with pytest.raises(RetryAfter):
            await world.send(1, reminder=True)
        await world.send(1, endpoint="sendChatAction")
        world.errors.append(RetryAfter(86_400))
        with pytest.raises(RetryAfter):
            await world.send(1, endpoint="setChatMenuButton")
        await world.send(1)
        assert world.now < 51

    leaping(scene())


# Giving up.


def test_whoever_is_cancelled_is_forgotten() -> None:
    world = World()

    async def scene() -> None:
        tasks = [asyncio.create_task(world.send(1, name=str(n))) for n in range(6)]
        await asyncio.sleep(0.1)
        for cancelled in (tasks[3], tasks[4]):
            cancelled.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    leaping(scene())
    assert world.names() == ["0", "1", "2", "5"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans(), st.integers(1, 2)), max_size=30))
def test_no_place_is_lost_by_those_who_give_up(
    patience: list[tuple[float, bool, int]],
) -> None:
    world = World(Limits(overall=3, private=2, private_seconds=1.0))

    async def impatient(seconds: float, *, reminder: bool, chat: int) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(seconds):
                await world.send(chat, reminder=reminder, latency=(0.4, 2.0))

    async def scene() -> None:
        async with asyncio.TaskGroup() as tasks:
            for seconds, reminder, chat in patience:
                tasks.create_task(impatient(seconds, reminder=reminder, chat=chat))
        await asyncio.sleep(3)
        began = world.now
        await asyncio.gather(world.send(1), world.send(2), world.send(3))
        assert world.now - began < 0.1

    leaping(scene())


def test_stopping_lets_go_of_all_who_wait_and_starting_again_works() -> None:
    world = World()

    async def scene() -> None:
        tasks = [asyncio.create_task(world.send(1)) for _ in range(6)]
        await asyncio.sleep(0.1)
        await world.pacer.shutdown()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(item) for item in found] == [bool] * 3 + [StoppingError] * 3
        with pytest.raises(StoppingError):
            await world.send(2)
        await world.pacer.initialize()
        await world.send(1)

    leaping(scene())
    assert len(world.arrived) == 4
    assert world.times()[3] > 3


def test_memory_does_not_grow_with_the_chats_ever_seen() -> None:
    world = World()
    seen: list[int] = []

    async def scene() -> None:
        for chat in range(1, 1001):
            await world.send(chat)
            seen.append(world.pacer.chats)

    leaping(scene())
    assert max(seen) <= 100


# Over HTTP, to a server that keeps the limits.
