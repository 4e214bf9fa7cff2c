"""Long polling and the webhook."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest, Conflict

from tests.telegram import FakeTelegram, Person
from tests.telegram.delivery import SECRET_HEADER


async def test_offset_and_limit(bot: telegram.Bot, ada: Person) -> None:
    for word in ("one", "two", "three"):
        await ada.says(word)
    first, second = await bot.get_updates(limit=2)
    assert (first.message and first.message.text) == "one"
    assert len(await bot.get_updates()) == 3
    (last,) = await bot.get_updates(offset=second.update_id + 1)
    assert last.message
    assert last.message.from_user
    assert (last.message.text, last.message.from_user.username) == ("three", "ada")
    assert len(await bot.get_updates(offset=-1)) == 1
    assert await bot.get_updates(offset=last.update_id + 1) == ()


async def test_a_poll_waits(bot: telegram.Bot, ada: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await ada.says("/start now")
    (update,) = await poll
    assert update.message
    assert update.message.entities[0].to_dict() == {"type": "bot_command", "offset": 0, "length": 6}


async def test_the_older_of_two_polls_is_ended(
    bot: telegram.Bot, server: FakeTelegram, ada: Person
) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=5))
    await server.wait_for_call("getUpdates")
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot") as other:
        newer = asyncio.create_task(other.get_updates(timeout=5))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure"):
            await older
        await ada.says("hello")
        assert len(await newer) == 1


async def test_allowed_updates_are_remembered(bot: telegram.Bot, ada: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await ada.says("hello")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    await ada.says("hello")
    assert len(await bot.get_updates()) == 1


async def test_other_updates(bot: telegram.Bot, ada: Person) -> None:
    first = await ada.says("hello")
    await ada.edits(first, "hello, bot")
    await ada.sends({"location": {"latitude": 1.5, "longitude": 2}}, reply_to=first)
    _, edited, located = await bot.get_updates()
    assert edited.edited_message
    assert edited.edited_message.text == "hello, bot"
    assert located.message
    assert located.message.location
    assert located.message.reply_to_message
    with pytest.raises(ValueError, match="locatoin is unknown"):
        await ada.sends({"locatoin": {}})


class Receiver:
    """A webhook's end: keeps what came; statuses are answered in turn, then 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.received: list[tuple[str | None, str]] = []
        self.came = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        """Keep one update."""
        update = await request.json()
        self.received.append((request.headers.get(SECRET_HEADER), update["message"]["text"]))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.came.set()
        return web.Response(status=status)


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    """A running receiver and its URL."""
    ready = Receiver()
    app = web.Application()
    app.router.add_post("/hook", ready.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield ready, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_webhook(bot: telegram.Bot, ada: Person, receiver: tuple[Receiver, str]) -> None:
    hook, url = receiver
    hook.statuses = [500]
    await ada.says("before")
    await bot.set_webhook(url, secret_token="s3-_", drop_pending_updates=True, max_connections=1)
    await ada.says("after")
    await asyncio.wait_for(hook.came.wait(), 5)
    assert hook.received == [("s3-_", "after")] * 2
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == (url, 1)
    assert info.last_error_message == ("Wrong response from the webhook: 500 Internal Server Error")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("ftp://a.org", None, "Bad webhook: an HTTPS URL must be provided"),
        ("https://a.org", "a b", "Secret token contains unallowed characters"),
        ("https://a.org", "a" * 257, "Secret token is too long"),
    ],
)
async def test_wrong_webhooks(bot: telegram.Bot, url: str, secret: str | None, reason: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.set_webhook(url, secret_token=secret)
    assert reason.lower() in refusal.value.message.lower()
