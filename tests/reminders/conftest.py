"""A fresh database for each test, on SQLite and on PostgreSQL, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.reminders.boards import Boards
from bot.reminders.database import Database, open_database
from bot.reminders.queue import Queue
from bot.reminders.rulebook import Rulebook
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import METADATA
from tests.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server that all tests share: nobody may stop it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def shared(postgres: Postgres) -> Iterator[Database]:
    """A database on it, up to date, that is emptied for each test: quicker than a new one."""
    opened = open_database(postgres.database())
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it, on each kind of database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/reminders.sqlite3"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, up to date, on each kind of database in turn."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path}/reminders.sqlite3")
        yield opened
        opened.close()
    else:
        opened = request.getfixturevalue("shared")
        with opened.writing() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(METADATA.tables)} RESTART IDENTITY"))
        yield opened


@pytest.fixture
def subscriptions(database: Database) -> Subscriptions:
    return Subscriptions(database)


@pytest.fixture
def queue(database: Database) -> Queue:
    return Queue(database)


@pytest.fixture
def boards(database: Database) -> Boards:
    return Boards(database)


@pytest.fixture
def rulebook(database: Database) -> Rulebook:
    return Rulebook(database)
