"""How much of Telegram's rate is used, and what it costs: our pacer, the library's, and none.

    python -m tests.benchmarks.pacing   (AIORateLimiter is measured where aiolimiter is installed)

600 reminders to 600 people, 10 of them under way at once, and every 250 ms an answer to somebody
else, whose wait is counted until the server has it; then 45 messages to one group. A 429 is waited
out and the message sent again. The server counts and refuses. Over HTTP on this machine, everything
in one process.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.warnings import PTBDeprecationWarning

from bot.handlers.pacer import REMINDER, Pacer
from tests.telegram import FakeTelegram
from tests.telegram.limits import Enforced
from tests.telegram.state import Chat

REMINDERS, AT_ONCE = 600, 10
ANSWER_EVERY = 0.25  # seconds
PERSON, GROUP = 100_000, -100  # the answers' first chat, the group
GROUP_MESSAGES, GROUP_ALLOWED = 45, 20 / 60

Bot = ExtBot[Any]
Send = Callable[[Bot, int, bool], Awaitable[object]]


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore", PTBDeprecationWarning)
    print(f"{'':16}{'rate used':>12}{'429s':>8}{'longest wait of an answer':>28}")
    for name, bot, send in _bots():
        asyncio.run(_people(name, bot, send))
    for name, bot, send in _bots():
        asyncio.run(_group(name, bot, send))


def _bots() -> Iterable[tuple[str, Callable[[FakeTelegram], Bot], Send]]:
    yield "pacer", lambda server: _bot(server, rate_limiter=Pacer()), _marked
    if find_spec("aiolimiter"):
        yield "AIORateLimiter", lambda server: _bot(server, rate_limiter=AIORateLimiter()), _plain
    yield "none", _bot, _plain


def _bot(server: FakeTelegram, **more: Any) -> Bot:
    return ExtBot(server.token, base_url=f"{server.url}/bot", **more)


async def _marked(bot: Bot, chat: int, reminder: bool) -> object:
    return await bot.send_message(chat, "hi", rate_limit_args=REMINDER if reminder else None)


async def _plain(bot: Bot, chat: int, _reminder: bool) -> object:
    return await bot.send_message(chat, "hi")


async def _people(name: str, make: Callable[[FakeTelegram], Bot], send: Send) -> None:
    chats = [*range(1, REMINDERS + 1), *range(PERSON, PERSON + 1000)]
    async with _running(chats, make) as (server, bot):
        queue = iter(range(1, REMINDERS + 1))

        async def worker() -> None:
            for chat in queue:
                await _until_taken(send, bot, chat, reminder=True)

        waits: list[float] = []
        answering = asyncio.create_task(_answers(send, bot, server, waits))
        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        answering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await answering
        used = _rate(server) / Enforced().overall
        print(f"{name:16}{used:>12.1%}{len(server.refused()):>8}{1000 * max(waits):>25.1f} ms")


async def _answers(send: Send, bot: Bot, server: FakeTelegram, waits: list[float]) -> None:
    """An answer every so often; waits are the seconds until the server takes each."""
    pending = set()

    async def answer(chat: int) -> None:
        began = server.state.now()
        await _until_taken(send, bot, chat, reminder=False)
        taken = (c.at for c in reversed(server.calls) if c.parameters.get("chat_id") == chat)
        waits.append(next(taken) - began)

    try:
        for chat in range(PERSON, PERSON + 1000):
            pending.add(asyncio.create_task(answer(chat)))
            await asyncio.sleep(ANSWER_EVERY)
    finally:
        await asyncio.gather(*pending)


async def _group(name: str, make: Callable[[FakeTelegram], Bot], send: Send) -> None:
    async with _running([GROUP], make) as (server, bot):
        sends = (_until_taken(send, bot, GROUP, reminder=False) for _ in range(GROUP_MESSAGES))
        began = time.perf_counter()
        await asyncio.gather(*sends)
        taken = time.perf_counter() - began
        refused = len(server.refused())
        print(f"{name:16}group of {GROUP_MESSAGES}: {refused} 429s, all there after {taken:.1f} s")


@asynccontextmanager
async def _running(
    chats: Iterable[int], make: Callable[[FakeTelegram], Bot]
) -> AsyncIterator[tuple[FakeTelegram, Bot]]:
    async with FakeTelegram(limits=Enforced()) as server:
        for chat in chats:
            kind, about = ("private", "first_name") if chat > 0 else ("supergroup", "title")
            server.state.chats[chat] = Chat(chat, kind, {about: "Ada"})
        async with make(server) as bot:
            yield server, bot


async def _until_taken(send: Send, bot: Bot, chat: int, *, reminder: bool) -> None:
    while True:
        try:
            await send(bot, chat, reminder)
        except RetryAfter as error:
            await asyncio.sleep(float(error.retry_after))  # type: ignore[arg-type]
        else:
            return


def _rate(server: FakeTelegram) -> float:
    """Messages a second that were taken, from the first to the last."""
    taken = [call.at for call in server.called("sendMessage") if call.error is None]
    return (len(taken) - 1) / (taken[-1] - taken[0])


if __name__ == "__main__":
    main()
