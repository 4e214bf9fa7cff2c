"""Opening a database, bringing it up to date, and what is told when it cannot be used."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, make_url, select, text

from bot.errors import BotError, SettingsError, StoreError
from bot.reminders import database as opening
from bot.reminders.database import Database, open_database
from bot.reminders.days import WEEK
from bot.reminders.reminder import VARIED, Reaction, Reminder, Schedule, State
from bot.reminders.subscriptions import Chat, Subscriptions
from bot.reminders.tables import CHATS, METADATA
from tests.postgres import Postgres, running_postgres

CHAT = -1001234567890  # a group's id needs 64 bits
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
AT_NINE = Schedule(time(9), WEEK, "Europe/Berlin")
PASSWORD = "hunter2"

CONFIG = Config()
CONFIG.set_main_option("script_location", str(Path(opening.__file__).parent / "migrations"))
SCRIPTS = ScriptDirectory.from_config(CONFIG)
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]

# What each revision added to the rows, in plain SQL: nothing here changes with the tables.
ROWS = {
    "0001": (
        f"""INSERT INTO chats (id, zone, conditions, flag, silent)
            VALUES ({CHAT}, 'Europe/Berlin', 'pregnancy', 'cauda-equina', true)""",
        f"""INSERT INTO reminders
                (id, chat, at, days, zone, spread, plan, next_due_at, next_day, zone_data, sent)
            VALUES (1, {CHAT}, '09:00', 'mon,tue,wed,thu,fri,sat,sun', 'Europe/Berlin', 3,
                'varied', '2026-03-03 08:03:00.000000', '2026-03-03', '2026a', 4)""",
        """INSERT INTO occurrences
                (id, reminder, day, snooze, due_at, attempts, state, sent_at, message, showed)
            VALUES (9, 1, '2026-03-02', 0, '2026-03-02 08:03:00.000000', 1, 'late',
                '2026-03-02 08:10:00.000000', 7, 'couch-stretch')""",
        "INSERT INTO done_days (reminder, day) VALUES (1, '2026-03-02')",
    ),
    "0002": (
        f"""INSERT INTO groups (id, zone, topic, pace, quiet_from, quiet_to)
            VALUES ({CHAT}, 'Europe/Berlin', 3, 'calm', '22:00', '07:00')""",
        f"INSERT INTO names (chat, person, name) VALUES ({CHAT}, 42, 'Ada')",
        "INSERT INTO boards (occurrence, version, shown) VALUES (9, 1, 0)",
        "INSERT INTO taps (occurrence, person, at) VALUES (9, 42, '2026-03-02 08:20:00.000000')",
    ),
}


def test_a_new_database_is_ready(database: Database) -> None:
    assert Subscriptions(database).of(CHAT) == ()
    assert database.is_sqlite == (database.engine.dialect.name == "sqlite")


def test_what_was_written_is_there_when_it_is_opened_again(url: str) -> None:
    with closing(open_database(url)) as database:
        made = Subscriptions(database).add(CHAT, AT_NINE, VARIED, NOW, topic=3)
    with closing(open_database(url)) as database:
        assert Subscriptions(database).of(CHAT) == (made,)


def test_the_tables_are_as_the_code_sees_them(database: Database) -> None:
    with database.reading() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == REVISIONS[-1]


def test_each_revision_has_rows_to_be_tried_with() -> None:
    assert list(ROWS) == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_is_brought_up_to_date(url: str, revision: str) -> None:
    upgraded_to(url, revision)
    with closing(open_database(url)) as database:
        subscriptions = Subscriptions(database)
        assert subscriptions.chat(CHAT) == Chat(
            CHAT, "Europe/Berlin", ("pregnancy",), "cauda-equina", silent=True
        )
        schedule = Schedule(time(9), WEEK, "Europe/Berlin", spread=3)
        due = datetime(2026, 3, 3, 8, 3, tzinfo=UTC)
        assert subscriptions.of(CHAT) == (Reminder(1, CHAT, None, schedule, VARIED, due),)
        found = subscriptions.sent_as(CHAT, 7)
        assert found is not None
        assert (found.id, found.state, found.day) == (9, State.LATE, date(2026, 3, 2))
        assert found.due_at == datetime(2026, 3, 2, 8, 3, tzinfo=UTC)
        assert subscriptions.days(1) == (frozenset({found.day}), frozenset({found.day}))
        subscriptions.react(found, Reaction.DONE)
        assert subscriptions.sent(CHAT) == {1: 4}
        assert len(subscriptions.delete(CHAT)) == 1
        assert subscriptions.chat(CHAT) == Chat(CHAT)


def upgraded_to(url: str, revision: str) -> None:
    """A database as the bot of that time left it, with rows in it."""
    engine = create_engine(driven(url))
    for step in REVISIONS[: REVISIONS.index(revision) + 1]:
        with engine.begin() as connection:
            CONFIG.attributes["connection"] = connection
            alembic.command.upgrade(CONFIG, step)
            for row in ROWS[step]:
                connection.execute(text(row))
    engine.dispose()


def driven(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:")


def test_several_processes_start_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        databases = list(threads.map(open_database, [url] * 4))
    for number, database in enumerate(databases):
        made = Subscriptions(database).add(number, AT_NINE, VARIED, NOW)
        assert isinstance(made, Reminder)
        database.close()


def test_a_newer_version_is_left_alone(url: str) -> None:
    with closing(open_database(url)) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version of the bot"):
        open_database(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "reminders.sqlite3",
        "sqlite://reminders.sqlite3",
        f"sqlite+nonsense:///{PASSWORD}",
        f"mysql://me:{PASSWORD}@host/name",
        f"https://me:{PASSWORD}@host/name",
        f"postgresql://me:{PASSWORD}@host:port/name",
        f"postgresql//me:{PASSWORD}@host/name",
    ],
)
def test_a_url_that_is_none(url: str) -> None:
    with pytest.raises(SettingsError, match=r"DATABASE_URL.*sqlite:///") as told:
        open_database(url)
    assert keeps_secret(told.value)


def keeps_secret(error: BaseException | None) -> bool:
    """Also in what it came of, which a traceback shows."""
    if error is None:
        return True
    later = error.__cause__ if error.__suppress_context__ else error.__context__
    return PASSWORD not in str(error) and keeps_secret(later)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("{folder}/missing/reminders.sqlite3", "cannot be opened. Its folder must exist"),
        ("{folder}/folder", "cannot be opened"),
        ("{folder}/text", "is no SQLite file"),
        ("file:{folder}/new?mode=ro&uri=true", "is read-only"),
        ("file:{folder}/missing?mode=ro&uri=true", "cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, path: str, told: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("This is no database. " * 100, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "new")) as connection:
        connection.execute("CREATE TABLE another (id INTEGER)")
        connection.execute("PRAGMA journal_mode = WAL")
    before = contents(tmp_path)
    with pytest.raises(StoreError, match=told):
        open_database(f"sqlite:///{path.format(folder=tmp_path)}")
    assert contents(tmp_path) == before


def test_a_file_that_has_become_read_only(tmp_path: Path) -> None:
    """What it holds can still be told."""
    with closing(open_database(f"sqlite:///{tmp_path}/upgraded")) as database:
        add(database)
    before = contents(tmp_path)
    read_only = f"sqlite:///file:{tmp_path}/upgraded?mode=ro&uri=true"
    with closing(open_database(read_only)) as database:
        with pytest.raises(StoreError, match="is read-only"):
            add(database, time(12))
        assert len(Subscriptions(database).of(CHAT)) == 1
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    """Of the files themselves; beside them SQLite may open its own."""
    named = (p for p in folder.iterdir() if p.is_file() and not p.name.endswith(("-wal", "-shm")))
    return {path.name: path.read_bytes() for path in named}


def closed_port(_server: Postgres) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"postgresql://tests:{PASSWORD}@127.0.0.1:{port}/tests"


def another(server: Postgres, **parts: Any) -> str:
    changed = make_url(server.database()).set(password=PASSWORD, **parts)
    return changed.render_as_string(hide_password=False)


def no_database(server: Postgres) -> str:
    return another(server, database="missing")


def no_user(server: Postgres) -> str:
    return another(server, username="nobody")


def no_rights(server: Postgres) -> str:
    """As PostgreSQL's own CREATE USER leaves it."""
    url = server.database()
    engine = create_engine(driven(url))
    with engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS guest"))
        connection.execute(text(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'"))
    engine.dispose()
    guest = make_url(url).set(username="guest", password=PASSWORD)
    return guest.render_as_string(hide_password=False)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (closed_port, "does not answer"),
        (no_database, "does not exist on the server"),
        (no_user, "does not exist on the server"),
        (no_rights, "owner"),
    ],
)
def test_a_server_that_cannot_be_used(
    postgres: Postgres, wrong: Callable[[Postgres], str], told: str
) -> None:
    with pytest.raises(StoreError, match=told) as error:
        open_database(wrong(postgres))
    assert keeps_secret(error.value)
    assert len(str(error.value).splitlines()) == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY", 0.01)


@pytest.fixture
def file(tmp_path: Path, impatient: None) -> Iterator[Database]:
    with closing(open_database(f"sqlite:///{tmp_path}/reminders.sqlite3")) as database:
        yield database


def add(database: Database, at: time = AT_NINE.at) -> None:
    made = Subscriptions(database).add(CHAT, replace(AT_NINE, at=at), VARIED, NOW)
    assert isinstance(made, Reminder)


def test_a_file_that_another_program_writes(file: Database, tmp_path: Path) -> None:
    """Reading goes on; writing waits, and then says so."""
    add(file)
    with closing(sqlite3.connect(tmp_path / "reminders.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another program"):
            add(file, time(12))
        with pytest.raises(StoreError, match="locked by another program"):
            open_database(str(file.engine.url))
        assert len(Subscriptions(file).of(CHAT)) == 1
        other.rollback()
    Subscriptions(file).delete(CHAT)
    assert Subscriptions(file).of(CHAT) == ()


def test_a_disk_that_is_full(file: Database) -> None:
    """What fitted in half is not there; once there is room, it goes on."""
    add(file)
    limit(file, 1)
    with pytest.raises(StoreError, match="no room left"):
        fill(file)
    assert count(file) == 1
    limit(file, 1_000_000)
    fill(file)
    assert count(file) == 1001


def limit(database: Database, pages: int) -> None:
    """Of a connection; the pool gives the same one to whoever comes next."""
    with database.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def fill(database: Database) -> None:
    rows = [{"id": id, "conditions": "pregnancy," * 20} for id in range(1000)]
    with database.writing() as connection:
        connection.execute(insert(CHATS), rows)


def count(database: Database) -> int:
    with database.reading() as connection:
        return len(connection.execute(select(CHATS.c.id)).all())


def test_a_file_that_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "reminders.sqlite3"
    with closing(open_database(f"sqlite:///{path}")) as database:
        fill(database)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    damaged = pytest.raises(StoreError, match=r"is damaged|is no SQLite file")
    with damaged, closing(open_database(f"sqlite:///{path}")) as database:
        fill(database)


def test_a_fault_of_ours_is_not_the_databases(database: Database) -> None:
    """It is raised as it is, and nothing of its transaction stays."""
    with pytest.raises(Exception, match=r"UNIQUE|unique") as error:
        broken(database)
    assert not isinstance(error.value, BotError)
    assert count(database) == 0


def broken(database: Database) -> None:
    with database.writing() as connection:
        for _ in range(2):
            connection.execute(insert(CHATS).values(id=CHAT, conditions=""))


def test_nothing_is_written_after_an_error(database: Database) -> None:
    def stop(connection: Connection) -> None:
        connection.execute(insert(CHATS).values(id=CHAT, conditions=""))
        raise RuntimeError

    with pytest.raises(RuntimeError), database.writing() as connection:
        stop(connection)
    assert count(database) == 0


@pytest.mark.parametrize("name", ["PRAGMA foreign_keys", "PRAGMA synchronous"])
def test_a_file_is_opened_strictly(file: Database, name: str) -> None:
    """Rows go with those that they belong to; what was confirmed outlives a power cut."""
    expected = {"PRAGMA foreign_keys": 1, "PRAGMA synchronous": 2}
    with file.reading() as connection:
        assert connection.exec_driver_sql(name).scalar_one() == expected[name]


def test_all_connections_are_taken(postgres: Postgres) -> None:
    engine = create_engine(driven(postgres.database()), pool_size=1, max_overflow=0, pool_timeout=0)
    taken = pytest.raises(StoreError, match="all connections to it are taken")
    with closing(Database(engine)) as database, database.reading(), taken:
        count(database)


def test_a_server_that_goes_and_comes_back() -> None:
    """Also amid a transaction: nothing of that one is there afterwards."""
    with running_postgres() as server:
        database = open_database(server.database())
        add(database)
        subscriptions = Subscriptions(database)
        with pytest.raises(StoreError, match="does not answer"):
            stopped_amid(database, server)
        for _ in range(2):
            with pytest.raises(StoreError, match="does not answer"):
                subscriptions.of(CHAT)
        server.start()
        assert len(subscriptions.of(CHAT)) == count(database) == 1
        server.stop()
        server.start()  # while nobody asked anything of it
        Subscriptions(database).delete(CHAT)
        assert count(database) == 0
        database.close()


def stopped_amid(database: Database, server: Postgres) -> None:
    with database.writing() as connection:
        connection.execute(insert(CHATS).values(id=1, conditions=""))
        server.stop()
        connection.execute(insert(CHATS).values(id=2, conditions=""))
