"""A whole Application on the server: presses, failures, waiting, the terminal."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.telegram import FakeTelegram, Person
from tests.telegram.terminal import Terminal


async def _greet(update: telegram.Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    if update.message.text == "bye":
        return
    buttons = [Button("More", callback_data="more"), Button("Site", url="https://a.org")]
    await update.message.reply_html("<b>Hi</b>", reply_markup=Keyboard([buttons]))


async def _more(update: telegram.Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("Here it is")
    await update.callback_query.edit_message_text("More")


@pytest.fixture
async def application(
    server: FakeTelegram,
) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """A bot of two handlers that polls the server."""
    app = Application.builder().token(server.token).base_url(f"{server.url}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, _greet))
    app.add_handler(CallbackQueryHandler(_more))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling()
        yield app
        await app.updater.stop()
        await app.stop()


@pytest.mark.usefixtures("application")
async def test_a_conversation(server: FakeTelegram, ada: Person) -> None:
    await ada.says("/start")
    greeting = await ada.reads()
    press = await ada.presses(greeting, "More")
    changed = await ada.reads()
    assert (changed.text, changed.edited, changed.buttons) == ("More", True, ())
    assert await ada.answer_to(press) == "Here it is"
    assert server.unanswered_callbacks() == []
    with pytest.raises(LookupError):
        await ada.presses(greeting, "More")
    await ada.says("bye")
    with pytest.raises(AssertionError, match="sent nothing"):
        await ada.reads(0.1)
    assert server.violations == []
    assert server.refused() == []


@pytest.mark.usefixtures("application")
async def test_people_do_not_read_each_others_messages(server: FakeTelegram, ada: Person) -> None:
    bob = server.person(first_name="Bob", language_code=None)
    await asyncio.gather(ada.says("a"), bob.says("b"))
    assert (await bob.reads()).chat_id == bob.id
    assert (await server.next_message(ada.id)).chat_id == ada.id
    assert "language_code" not in bob.user


async def test_presses_that_no_app_offers(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    buttons = [[Button("Site", url="https://a.org"), Button("Go", callback_data="go:1")]]
    await bot.send_message(ada.id, "a", reply_markup=Keyboard(buttons))
    message = await ada.reads()
    for label in ("Site", "Nothing"):
        with pytest.raises(LookupError, match="that calls the bot among"):
            await ada.presses(message, label)
    assert (await ada.presses(message.message_id, "go:1")).data == "go:1"


async def test_answers_to_presses(bot: telegram.Bot, server: FakeTelegram, ada: Person) -> None:
    await ada.says("hello")
    await bot.send_message(ada.id, "a", reply_markup=Keyboard([[Button("Go", callback_data="g")]]))
    message = await ada.reads()
    first, second = [await ada.presses(message, "Go") for _ in range(2)]
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(first.id, "a" * 201)
    assert server.unanswered_callbacks() == [first, second]
    await bot.answer_callback_query(first.id, "a" * 200)
    second.expired = True
    for query_id in (first.id, second.id, "unknown"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(query_id)
    assert server.unanswered_callbacks() == [second]


async def test_planned_refusals(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it the library warns
    await ada.says("hello")
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", {"retry_after": 3})
    server.fail_next("sendMessage", 502, "Bad Gateway", times=2)
    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(ada.id, "one")
    assert refusal.value.retry_after == timedelta(seconds=3)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(ada.id, "one")
    await bot.send_message(ada.id, "two")
    assert [message.text for message in ada.unread()] == ["two"]
    assert len(server.refused()) == 3


async def test_lost_answers(bot: telegram.Bot, server: FakeTelegram, ada: Person) -> None:
    await ada.says("hello")
    server.drop_next("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(ada.id, "dropped")
    server.hang_next("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(ada.id, "hung", read_timeout=0.1)
    await bot.send_message(ada.id, "answered")
    assert [message.text for message in ada.unread()] == ["dropped", "hung", "answered"]


async def test_a_blocking_person_does_not_write(ada: Person) -> None:
    await ada.says("hello")
    await ada.blocks_bot()
    with pytest.raises(ValueError, match="unblocks the bot"):
        await ada.says("hello?")


@pytest.mark.usefixtures("application")
async def test_terminal(server: FakeTelegram, ada: Person) -> None:
    shown: asyncio.Queue[str] = asyncio.Queue()
    terminal = Terminal(server, ada, shown.put_nowait)
    watching = asyncio.create_task(terminal.watch())
    assert await terminal.line("hello\n")
    assert await shown.get() == (
        "--- bot, message 2\n<b>Hi</b>\n[#1 More] [#2 Site (https://a.org)]"
    )
    await terminal.line("#3")
    assert await shown.get() == "There is no button 3."
    await terminal.line("/press 2")
    assert "no button 'https://a.org' that calls the bot" in await shown.get()
    await terminal.line("#1")
    answers = {await shown.get(), await shown.get()}
    assert answers == {"(Here it is)", "--- bot, message 2, edited\nMore"}
    assert not await terminal.line("/quit")
    watching.cancel()
