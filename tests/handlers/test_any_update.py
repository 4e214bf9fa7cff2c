"""Any update whatever: nothing is raised, and nobody hears from the bot who has not asked."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answering.answer import Answerer
from bot.knowledge.knowledge import Knowledge
from tests.handlers.fed import QUESTION, Fed, fed_application
from tests.handlers.invited import uninvited
from tests.running import STARTING, running_bot
from tests.telegram import FakeTelegram
from tests.telegram.mangling import mangled
from tests.telegram.random_updates import random_updates
from tests.telegram.schema import Json

# The library warns of its own future when it reads what the bot has no use for.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

UPDATES, MANGLED, OVER_HTTP, AT_THE_WEBHOOK = 20_000, 5_000, 1_500, 300
LUNGE = "half-kneeling-lunge"

# The library reads objects, and checks no type of what they hold. What is of another type than
# Telegram says fails where it is first used; the application logs that, and goes on. An id of more
# than 64 bits, which there is none of, is refused by the database (OverflowError).
OF_WRONG_TYPES = (AttributeError, TypeError, ValueError, OverflowError)


@pytest.fixture
async def fed(answerer: Answerer, tmp_path: Path) -> AsyncIterator[Fed]:
    async with fed_application(answerer, tmp_path) as application:
        yield application


async def test_all_kinds_of_updates(fed: Fed, knowledge: Knowledge) -> None:
    done: Counter[str] = Counter()
    for update in random_updates(random.Random(1), UPDATES):
        calls = await fed.takes(update)
        assert not uninvited(update, calls), update
        assert not fed.errors, update
        done.update(call.method for call in calls)
    assert fed.passed_over == 0
    assert fed.request.violations == []
    assert knowledge.techniques[LUNGE].title in await fed.says(QUESTION)
    # Most are for nobody; yet so many are that silence would be no virtue.
    assert min(done[m] for m in ("sendMessage", "editMessageText", "answerCallbackQuery")) > 100


async def test_mangled_updates(
    fed: Fed, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)  # what is logged of thousands of errors would fill memory
    rng = random.Random(2)
    for update in random_updates(random.Random(3), MANGLED):
        wrong = mangled(rng, update)
        calls = await fed.takes(wrong)
        assert not uninvited(wrong, calls), wrong
        assert all(isinstance(error, OF_WRONG_TYPES) for error in fed.errors), fed.errors
    assert 0 < fed.passed_over < MANGLED
    assert knowledge.techniques[LUNGE].title in await fed.says(QUESTION)


async def test_mangled_updates_do_not_stop_long_polling(knowledge: Knowledge) -> None:
    async with FakeTelegram() as server, running_bot(server, {"LOG_LEVEL": "ERROR"}) as bot:
        await server.wait_for_call("getUpdates", seconds=STARTING)
        ada = server.person(7, first_name="Ada")
        await ada.says("hello")
        await ada.reads()
        server.checks_itself = False
        server.state.updates.pending += wrong_ones(server.state.updates.reserve(OVER_HTTP))
        await ada.says(QUESTION)
        assert (await ada.reads(60)).text.startswith(knowledge.techniques[LUNGE].title)
        assert len(server.called("getUpdates")) < OVER_HTTP
        assert "cannot be read" in bot.log
        assert "Received data" not in bot.log


async def test_mangled_updates_do_not_stop_the_webhook(
    knowledge: Knowledge, unused_tcp_port: int
) -> None:
    address = f"127.0.0.1:{unused_tcp_port}"
    hook = {"WEBHOOK_URL": f"http://{address}", "WEBHOOK_LISTEN": address, "LOG_LEVEL": "ERROR"}
    async with FakeTelegram() as server, running_bot(server, hook) as bot:
        await server.wait_for_call("setWebhook", seconds=STARTING)
        ada = server.person(7, first_name="Ada")
        await ada.says("hello")
        await ada.reads(60)
        server.state.updates.pending += wrong_ones(server.state.updates.reserve(AT_THE_WEBHOOK))
        await ada.says(QUESTION)
        assert (await ada.reads(60)).text.startswith(knowledge.techniques[LUNGE].title)
        assert "cannot be read" in bot.log
        assert "Received data" not in bot.log


def wrong_ones(ids: range) -> list[Json]:
    """Mangled updates, but for these ids: by them Telegram knows what the bot has had."""
    rng = random.Random(4)
    found = (mangled(rng, update) for update in random_updates(random.Random(5), len(ids)))
    return [update | {"update_id": id} for id, update in zip(ids, found, strict=True)]
