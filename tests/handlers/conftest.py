"""The talk and the desk together, over a database that may be away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.answer import Answerer
from bot.handlers.hearing import Hearing
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.reminder_texts import ReminderTexts
from bot.reminders.database import open_database
from bot.reminders.subscriptions import Subscriptions
from bot.replies.talk import Talk
from tests.handlers.talking import Ailing


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Ailing]:
    opened = open_database(f"sqlite:///{tmp_path}/hearing.sqlite3")
    yield Ailing(opened.engine)
    opened.close()


@pytest.fixture
def subscriptions(database: Ailing) -> Subscriptions:
    return Subscriptions(database)


@pytest.fixture
def hearing(answerer: Answerer, subscriptions: Subscriptions) -> Hearing:
    return Hearing(Talk(answerer), subscriptions)


@pytest.fixture
def texts(knowledge: Knowledge) -> ReminderTexts:
    return knowledge.messages.reminder
