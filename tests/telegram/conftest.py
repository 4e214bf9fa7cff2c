"""A running server, one person, and a real python-telegram-bot Bot that talks to the server."""

from collections.abc import AsyncIterator

import pytest
import telegram

from tests.telegram import FakeTelegram, Person


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    """A server of its own for each test."""
    async with FakeTelegram() as running:
        yield running


@pytest.fixture
def ada(server: FakeTelegram) -> Person:
    """A person who has not yet written."""
    return server.person(first_name="Ada", language_code="en", username="ada")


@pytest.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[telegram.Bot]:
    """The bot of the server's token."""
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot") as initialized:
        yield initialized
