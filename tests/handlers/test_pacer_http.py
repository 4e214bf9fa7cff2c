"""The pace of sending, over HTTP to a server that keeps Telegram's limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.handlers.pacer import REMINDER, Pacer
from bot.handlers.windows import Limits
from tests.handlers.leaping import GROUP, STRICT
from tests.telegram import FakeTelegram
from tests.telegram.limits import Enforced
from tests.telegram.state import Chat as ServerChat

# The library warns of a later version whenever it makes a RetryAfter.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@asynccontextmanager
async def connected(
    limits: Enforced | None, chats: Iterable[int], paces: Limits = STRICT
) -> AsyncIterator[tuple[FakeTelegram, ExtBot[str]]]:
    async with FakeTelegram(limits=limits) as server:
        for chat in chats:
            kind = "private" if chat > 0 else "supergroup"
            about = {"first_name": "Ada"} if chat > 0 else {"title": "Friends"}
            server.state.chats[chat] = ServerChat(chat, kind, about)
        bot = ExtBot(server.token, base_url=f"{server.url}/bot", rate_limiter=Pacer(paces))
        async with bot:
            yield server, bot


async def test_many_reminders_provoke_no_refusal() -> None:
    async with connected(Enforced(), range(1, 91)) as (server, bot):
        sends = (bot.send_message(n, "hi", rate_limit_args=REMINDER) for n in range(1, 91))
        await asyncio.gather(*sends)
        assert not server.refused()
        assert len(server.called("sendMessage")) == 90


async def test_one_chat_with_edits() -> None:
    async with connected(Enforced(), [1, GROUP]) as (server, bot):
        sent = await bot.send_message(1, "0")
        edits = (sent.edit_text(str(number)) for number in range(1, 5))
        group = (bot.send_message(GROUP, "hi") for _ in range(20))
        await asyncio.gather(*edits, *group)
        assert not server.refused()
        assert len(server.called("editMessageText")) == 4


async def test_a_pace_that_is_too_fast_is_refused_and_all_arrives_in_the_end() -> None:
    paces = Limits(overall=1000)
    async with connected(Enforced(overall=10), range(1, 16), paces) as (server, bot):
        await asyncio.gather(*(bot.send_message(chat, "hi") for chat in range(1, 16)))
        assert len(server.refused()) == 5
        assert len(server.called("sendMessage")) == 20
        last = max(call.at for call in server.refused())
        assert not [call for call in server.calls if last < call.at < last + 1]


async def test_a_halt_is_broken_by_nobody() -> None:
    async with connected(None, range(1, 40)) as (server, bot):
        answer = {"retry_after": 1}
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", answer)
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "hi", rate_limit_args=REMINDER)
        await asyncio.gather(*(bot.send_message(chat, "hi") for chat in range(2, 10)))
        first, *others = server.called("sendMessage")
        assert len(others) == 8
        assert all(call.at - first.at >= 1 for call in others)
