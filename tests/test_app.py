"""Starting and stopping the real bot: what it says when something is not as it should be."""

from __future__ import annotations

import asyncio
import shutil
import signal
from pathlib import Path

import pytest

from tests.conftest import ENGLISH
from tests.running import STARTING, running_bot
from tests.telegram import FakeTelegram


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    async with running_bot(None, folder=tmp_path) as bot:
        assert await bot.ends() == 1
    assert "@BotFather" in bot.log
    assert "psoas-bot ask" in bot.log


async def test_a_wrong_token_is_named() -> None:
    async with FakeTelegram() as server:
        wrong = {"TELEGRAM_BOT_TOKEN": "123456:" + "A" * 35}
        async with running_bot(server, wrong) as bot:
            assert await bot.ends() == 1
    assert "does not know this TELEGRAM_BOT_TOKEN" in bot.log


async def test_without_a_network_it_tries_again_until_there_is_one(
    unused_tcp_port: int,
) -> None:
    server = FakeTelegram(port=unused_tcp_port)
    url = {"TELEGRAM_API_URL": f"http://127.0.0.1:{unused_tcp_port}"}
    async with running_bot(None, {"TELEGRAM_BOT_TOKEN": server.token} | url) as bot:
        await bot.logs("next try in")
        async with server:
            await server.wait_for_call("getUpdates", seconds=STARTING)
            bot.process.terminate()
            assert await bot.ends() == 0


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////no/such/folder/bot.sqlite3", "cannot be opened"),
        ("mysql://me@here/bot", "is no database the bot can use"),
        ("postgresql://me:s3cret@127.0.0.1:1/bot", "does not answer"),
    ],
)
async def test_a_database_that_cannot_be_had_stops_the_start(url: str, told: str) -> None:
    async with FakeTelegram() as server, running_bot(server, {"DATABASE_URL": url}) as bot:
        assert await bot.ends() == 1
    assert told in bot.log
    assert "DATABASE_URL" in bot.log or "folder" in bot.log
    assert "s3cret" not in bot.log
    assert "Traceback" not in bot.log


async def test_a_second_instance_is_told_so() -> None:
    async with FakeTelegram() as server, running_bot(server) as one:
        await server.wait_for_call("getUpdates", seconds=STARTING)
        async with running_bot(server) as two:
            ended = [asyncio.create_task(bot.ends()) for bot in (one, two)]
            done, _ = await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED, timeout=60)
            assert {task.result() for task in done} == {1}
            for task in ended:
                task.cancel()
    assert "one running bot at a time" in one.log + two.log


async def test_broken_knowledge_stops_the_start_with_every_fault(tmp_path: Path) -> None:
    shutil.copytree(ENGLISH, tmp_path / "en")
    path = tmp_path / "en/techniques/walking.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: easy", "level: x"), "utf-8")
    async with (
        FakeTelegram() as server,
        running_bot(server, {"KNOWLEDGE_DIR": str(tmp_path)}) as bot,
    ):
        assert await bot.ends() == 1
    assert "walking.yaml" in bot.log
    assert "level" in bot.log


async def test_hangup_reads_the_knowledge_again_and_keeps_the_old_when_broken(
    tmp_path: Path,
) -> None:
    shutil.copytree(ENGLISH, tmp_path / "en")
    path = tmp_path / "en/techniques/walking.yaml"
    good = path.read_text(encoding="utf-8")
    title = good.split("\n", 1)[0]
    async with FakeTelegram() as server:
        ada = server.person(first_name="Ada")
        async with running_bot(server, {"KNOWLEDGE_DIR": str(tmp_path)}) as bot:
            await server.wait_for_call("getUpdates", seconds=STARTING)
            path.write_text(good.replace("level: easy", "level: x"), encoding="utf-8")
            bot.process.send_signal(signal.SIGHUP)
            await bot.logs("knowledge kept at")
            await ada.says("walking")
            assert (await ada.reads()).text.startswith(title.removeprefix("title: "))
            path.write_text(good.replace(title, "title: Strolling about"), encoding="utf-8")
            bot.process.send_signal(signal.SIGHUP)
            await bot.logs("knowledge read again")
            await ada.says("strolling about")
            assert (await ada.reads()).text.startswith("Strolling about")


async def test_webhook_answers_and_refuses_strangers(unused_tcp_port: int) -> None:
    listen = f"127.0.0.1:{unused_tcp_port}"
    settings = {
        "WEBHOOK_URL": f"http://{listen}",
        "WEBHOOK_LISTEN": listen,
        "WEBHOOK_SECRET": "s3cret",
    }
    async with FakeTelegram() as server:
        ada = server.person(first_name="Ada")
        async with running_bot(server, settings):
            await server.wait_for_call("setWebhook", seconds=STARTING)
            await ada.says("pigeon pose")
            assert (await ada.reads(seconds=20)).text.startswith("Pigeon")
