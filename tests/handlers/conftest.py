"""The talk and the desk over a database that may be away; and the real bot, for whoever asks.

A module whose tests are about the running bot says so with
`pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]`. It may
state the LIMITS and SWITCHES of its Telegram, and the bot's STATUS in the gym, else a member's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answering.answer import Answerer
from bot.handlers.hearing import Hearing
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.reminder_texts import ReminderTexts
from bot.reminders.database import Database, open_database
from bot.reminders.subscriptions import Subscriptions
from bot.replies.talk import Talk
from tests.handlers.gyms import opened
from tests.handlers.talking import Ailing
from tests.running import STARTING, RunningBot, running_bot
from tests.telegram import FakeTelegram, Group, Person
from tests.telegram.members import Status


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Ailing]:
    """One of each test's own, which no running bot uses."""
    opened_ = open_database(f"sqlite:///{tmp_path}/hearing.sqlite3")
    yield Ailing(opened_.engine)
    opened_.close()


@pytest.fixture
def subscriptions(database: Ailing) -> Subscriptions:
    return Subscriptions(database)


@pytest.fixture
def hearing(answerer: Answerer, subscriptions: Subscriptions) -> Hearing:
    return Hearing(Talk(answerer), subscriptions)


@pytest.fixture
def texts(knowledge: Knowledge) -> ReminderTexts:
    return knowledge.messages.reminder


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def server(request: pytest.FixtureRequest) -> AsyncIterator[FakeTelegram]:
    """The Telegram of all the module's tests."""
    limits = getattr(request.module, "LIMITS", None)
    switches = getattr(request.module, "SWITCHES", None)
    async with FakeTelegram(limits=limits, switches=switches) as running:
        yield running


@pytest.fixture(scope="module")
def bot_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the running bot's database."""
    return f"sqlite:///{tmp_path_factory.mktemp('kept')}/bot.sqlite3"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(server: FakeTelegram, bot_url: str) -> AsyncIterator[RunningBot]:
    """The bot of all the module's tests, which has made no mistake by the end of the last."""
    async with running_bot(server, {"DATABASE_URL": bot_url}) as running:
        await server.wait_for_call("getUpdates", seconds=STARTING)
        yield running
    assert server.violations == []
    assert server.unanswered_callbacks() == []
    assert "Traceback" not in running.log
    assert server.token not in running.log


@pytest.fixture(scope="module")
def bot_database(bot_url: str, bot: RunningBot) -> Iterator[Database]:
    """What the running bot keeps."""
    opened_ = open_database(bot_url)
    yield opened_
    opened_.close()


@pytest.fixture
def ada(server: FakeTelegram) -> Person:
    """Somebody new for each test."""
    return server.person(first_name="Ada")


@pytest.fixture
def bob(server: FakeTelegram) -> Person:
    return server.person(first_name="Bob")


@pytest_asyncio.fixture(loop_scope="module")
async def gym(
    request: pytest.FixtureRequest, server: FakeTelegram, ada: Person, bob: Person
) -> Group:
    """A new group for each test, with Ada, who made it, Bob and the bot."""
    status: Status = getattr(request.module, "STATUS", "member")
    return await opened(server.group("Iron and Ease"), ada, bob, bot=status)
