"""What is said and pressed in a chat, and a database that may be away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.answering.answer import Answerer
from bot.errors import StoreError
from bot.handlers.hearing import Hearing
from bot.handlers.pressing import Pressed
from bot.reminders.database import Database
from bot.reminders.due import Sent
from bot.reminders.queue import Queue
from bot.reminders.subscriptions import Subscriptions
from bot.replies.actions import Action, decode
from bot.replies.plain import plain
from bot.replies.reply import Reply
from bot.replies.talk import Talk

ADA, BOB, GROUP = 42, 43, -100
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)  # a Monday; 9 in Berlin
LATER = NOW + timedelta(hours=2)  # what was said is forgotten by then, unless it is kept
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)  # in Berlin
WISH = "remind me daily at noon, Berlin time"
URGENT, FLAG = "I have crushing chest pain", "chest-pain"
CLEARED = "my doctor has looked at it, all clear"


class Ailing(Database):
    """A database that is away now and then."""

    away = False
    read_only = False

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        if self.away or self.read_only:
            raise StoreError("away")
        with super().writing() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        if self.away:
            raise StoreError("away")
        with super().reading() as connection:
            yield connection


def restarted(answerer: Answerer, database: Database) -> Hearing:
    """All that was in memory is lost."""
    return Hearing(Talk(answerer), Subscriptions(database))


async def say(hearing: Hearing, *lines: str, now: datetime = NOW, chat: int = ADA) -> str:
    """The last answer, as plain text."""
    for line in lines:
        reply = await hearing.says(chat, line, now)
    return plain(reply)


async def page(hearing: Hearing, name: str, now: datetime = NOW) -> str:
    return plain(await hearing.page(ADA, name, now))


async def press(hearing: Hearing, action: Action | None, now: datetime = NOW) -> Pressed:
    return await hearing.presses(ADA, action, now)


def told(pressed: Pressed) -> str:
    reply = pressed.edit or pressed.send
    return pressed.toast or "" if reply is None else plain(reply)


def actions(reply: Reply) -> list[Action | None]:
    return [decode(button.data) for row in reply.buttons for button in row]


def count(subscriptions: Subscriptions, chat: int = ADA) -> int:
    return len(subscriptions.of(chat))


def ring(database: Database, now: datetime = NOON) -> int:
    """Sends the one reminder that is due, as message 7; the id of its occurrence."""
    queue = Queue(database)
    (due,) = queue.claim(now, 10)
    assert queue.record(due, Sent(7, "pelvic-tilt"), now)
    return due.id
