"""Opening the database: SQLite or PostgreSQL behind one engine, its schema brought up to date."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as AllTaken

from bot.errors import SettingsError, StoreError

log = logging.getLogger(__name__)

BUSY = 10.0  # seconds to wait for a database that another process is writing to
PAUSE = 0.05  # seconds between attempts
_UPGRADING = 7_306_181  # PostgreSQL's advisory lock while the schema is being changed
_MIGRATIONS = Path(__file__).parent / "migrations"

# What the driver's words mean, and what to do. The first that is found counts.
_CAUSES = (
    ("readonly", "is read-only. Give the bot's user the right to write the file and its folder."),
    ("read-only", "is read-only. Give the bot's user the right to write."),
    ("full", "has no room left. Free some space on its disk."),
    ("no space", "has no room left. Free some space on its disk."),
    ("could not extend", "has no room left. Free some space on its disk."),
    ("locked", "is locked by another program. Close what else has it open."),
    (
        "unable to open",
        "cannot be opened. Its folder must exist, and the bot must be able to write.",
    ),
    ("not a database", "is no SQLite file. Move it away, or name another in DATABASE_URL."),
    ("queuepool", "is slow: all connections to it are taken. Look at what else uses it."),
    ("malformed", "is damaged. Put back a copy, or move it away to begin anew."),
    ("authentication", "does not let the bot in. Check the user and password in DATABASE_URL."),
    ("permission denied", "lets the bot read, not write. Make its user the database's owner."),
    ("does not exist", "does not exist on the server. Create it, or correct DATABASE_URL."),
)
_UNREACHABLE = "does not answer. Start it, or correct DATABASE_URL."


class Database:
    """One engine, with transactions that turn the drivers' errors into StoreError."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, committed at the end. Raises StoreError; nothing is written then."""
        with _told(self.engine), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that changes nothing, and waits for nobody who writes."""
        with _told(self.engine), self.engine.connect() as connection:
            quiet = connection.execution_options(reading=True)
            with quiet.begin():
                yield quiet

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at `url`, its schema up to date.

    Raises SettingsError for a url that is none, StoreError when it cannot be reached or written.
    """
    engine = _engine(url)
    try:
        with _told(engine):
            _upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)


def insert_if_new(connection: Connection, table: Table) -> Any:
    """An INSERT that passes over rows that are there already; both databases know it."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    return make(table).on_conflict_do_nothing()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        match parsed.drivername.partition("+"):
            case ("sqlite", _, "" | "pysqlite"):
                return _sqlite(parsed)
            case ("postgresql" | "postgres", _, _):
                return _postgresql(parsed)
    except (ArgumentError, ValueError):
        pass  # its words may hold the password
    raise SettingsError(_no_url(url))


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: URL) -> Engine:
    driver = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(driver, pool_pre_ping=True, connect_args={"connect_timeout": 5})
    except ModuleNotFoundError as error:
        wanted = 'PostgreSQL needs the extra: pip install "psoas-bot[postgres]"'
        raise SettingsError(wanted) from error


def _no_url(url: str) -> str:
    kind = url.partition(":")[0]  # the rest may hold a password
    return (
        f"DATABASE_URL: {kind}: is no database the bot can use. Write sqlite:///file.sqlite3 or "
        "postgresql://user@host/name"
    )


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, see _begin_sqlite
    cursor = connection.cursor()
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")  # what was confirmed outlives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Sets WAL. Where several processes begin with one new file, SQLite does not wait by itself."""
    patience = time.monotonic() + BUSY
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > patience:
                raise
            time.sleep(PAUSE)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that asks for it later may be refused half-way."""
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _upgrade(engine: Engine) -> None:
    """Runs the migrations that the database lacks, all in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _UPGRADING})
        has = MigrationContext.configure(connection).get_current_revision()
        if has == newest:
            return
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if has is not None and has not in known:
            raise StoreError("The database was made by a newer version of the bot. Update the bot.")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        log.info("database upgraded: from=%s to=%s", has, newest)


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Turns what the drivers raise into StoreError, in words for whoever runs the bot."""
    try:
        yield
    except (IntegrityError, DataError):
        raise  # a fault of ours, not of the database's
    except (DBAPIError, AllTaken) as error:
        cause = str(getattr(error, "orig", None) or error)
        meaning = next((told for sign, told in _CAUSES if sign in cause.lower()), _UNREACHABLE)
        place = engine.url.render_as_string(hide_password=True)
        raise StoreError(f"The database {place} {meaning} ({cause.splitlines()[0]})") from error
