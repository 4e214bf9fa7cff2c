"""A crowded minute in a gym's group: our bot beside one that edits at each tap.

    python -m tests.benchmarks.gym

Two hundred people tap Done under the stretch of the day within a minute, while fifty ask a question
each, all in one group of a server that enforces Telegram's limits. Ours is the real process, with
its database; the other is python-telegram-bot as its examples show it, with its AIORateLimiter
where aiolimiter is installed: it counts in memory and edits the message at each tap.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import statistics
import tempfile
import time
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from math import isnan

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBDeprecationWarning

from bot.reminders.database import open_database
from tests.handlers.gyms import opened
from tests.handlers.ringing import due_now, stretch
from tests.running import STARTING, running_bot
from tests.telegram import FakeTelegram, Group, Person, SentMessage
from tests.telegram.limits import Enforced

TAPS, ASKERS, SECONDS = 200, 50, 60.0
SETTLED = 180.0  # seconds that the board is given to become right
BOT = "@psoas_test_bot"
QUESTIONS = (
    "how do I stretch my psoas",
    "hips are stiff after sitting all day",
    "is pigeon pose any good",
    "how long do I hold a stretch",
    "heat or ice for a tight hip?",
)


@dataclass
class Measured:
    """Seconds from each tap to its answer, until the board was right; and what was sent."""

    taps: list[float] = field(default_factory=list)
    right: float = float("nan")
    edits: int = 0
    answers: int = 0
    refused: int = 0


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore", PTBDeprecationWarning)
    asyncio.run(_compare())


async def _compare() -> None:
    async with _gym() as (server, group, people):
        ours = await _ours(server, group, people)
    async with _gym() as (server, group, people):
        plain = await _plain(server, group, people)
    _print("ours", ours)
    _print("an edit at each tap", plain)
    print(
        f"edits {plain.edits / ours.edits:.0f} times, 429s {plain.refused} against {ours.refused}"
    )


@asynccontextmanager
async def _gym() -> AsyncIterator[tuple[FakeTelegram, Group, list[Person]]]:
    async with FakeTelegram(limits=Enforced()) as server:
        people = [server.person(first_name=f"P{n}") for n in range(TAPS)]
        group = server.group("Iron and Ease")
        yield server, group, people


async def _ours(server: FakeTelegram, group: Group, people: list[Person]) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/gym.sqlite3"
        async with running_bot(server, {"DATABASE_URL": url}):
            await server.wait_for_call("getUpdates", seconds=STARTING)
            await opened(group, *people)
            with closing(open_database(url)) as database:
                due_now(database, stretch(group, database))
            message = await group.reads(30)
            return await _crowded(server, group, people, message)


async def _plain(server: FakeTelegram, group: Group, people: list[Person]) -> Measured:
    builder = (
        Application.builder()
        .token(server.token)
        .base_url(f"{server.url}/bot")
        .concurrent_updates(True)
    )
    if find_spec("aiolimiter"):
        limiter = AIORateLimiter(max_retries=5)
        builder = builder.rate_limiter(limiter)  # type: ignore[arg-type]
    app = builder.build()
    done: set[int] = set()

    def keyboard() -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="done")]])

    async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(update.message, Message):
            await update.message.reply_text("Today", reply_markup=keyboard())

    async def tap(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is not None:
            done.add(query.from_user.id)
            await query.answer("Counted")
            await query.edit_message_text(f"{len(done)} done today", reply_markup=keyboard())

    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await update.message.reply_text("Kneel on one knee.")

    app.add_handlers([CommandHandler("start", start), CallbackQueryHandler(tap)])
    app.add_handler(MessageHandler(filters.TEXT, answer))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        await group.add(people[0], "creator")
        for person in people[1:]:
            await group.add(person)
        await group.add_bot()
        await people[0].says_in(group, f"/start{BOT}")
        message = await group.reads(30)
        measured = await _crowded(server, group, people, message)
        await app.updater.stop()
        await app.stop()
        return measured


async def _crowded(
    server: FakeTelegram, group: Group, people: list[Person], message: SentMessage
) -> Measured:
    measured = Measured()
    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number, person in enumerate(people):
            tasks.create_task(_tap(person, message, number * SECONDS / TAPS, measured))
        for number in range(ASKERS):
            question = QUESTIONS[number % len(QUESTIONS)]
            tasks.create_task(_ask(people[number], group, question, number * SECONDS / ASKERS))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(_right(group), SETTLED)
        measured.right = time.perf_counter() - began - SECONDS
    edits = server.called("editMessageText")
    measured.edits = len(edits)
    measured.answers = len(server.called("sendMessage"))
    measured.refused = sum((call.error or "").startswith("Too Many") for call in server.calls)
    return measured


async def _tap(person: Person, message: SentMessage, wait: float, measured: Measured) -> None:
    await asyncio.sleep(wait)
    began = time.perf_counter()
    await person.answer_to(await person.presses(message, "Done"), SETTLED)
    measured.taps.append(time.perf_counter() - began)


async def _ask(person: Person, group: Group, question: str, wait: float) -> None:
    await asyncio.sleep(wait)
    await person.says_in(group, f"{BOT} {question}")


async def _right(group: Group) -> None:
    """Returns once the board shows all taps."""
    while f"{TAPS} done today" not in (await group.reads(SETTLED)).text:
        pass


def _print(name: str, measured: Measured) -> None:
    taps = sorted(measured.taps)
    right = "never" if isnan(measured.right) else f"{measured.right:.1f} s after the minute"
    print(
        f"{name}: a tap answered after {statistics.median(taps) * 1e3:.0f} ms, the slowest "
        f"{taps[-1] * 1e3:.0f} ms; {measured.edits} edits, {measured.answers} messages, "
        f"{measured.refused} times 429; the board right {right}"
    )


if __name__ == "__main__":
    main()
