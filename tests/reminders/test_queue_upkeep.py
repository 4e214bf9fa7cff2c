"""What is derived anew and what is deleted, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text, update

from bot.reminders.database import Database
from bot.reminders.queue import GRACE, KEPT, Queue
from bot.reminders.reminder import VARIED, Reminder
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import REMINDERS
from tests.reminders.claiming import (
    CHAT,
    DAY,
    EVENING,
    MINUTE,
    MONDAY,
    NINE,
    OTHER,
    SECOND,
    SENT,
    add,
    claim_one,
    fill,
    occurred,
    wish,
)


def outdate(database: Database, due: datetime, day: date = MONDAY) -> None:
    """As if another zone database had told the next moment."""
    told = {"next_due_at": due, "next_day": day, "zone_data": "2001a"}
    with database.writing() as connection:
        connection.execute(update(REMINDERS).values(told))


@pytest.mark.parametrize("hours", [-1, 1, 23])
def test_another_zone_database_is_derived_anew(
    database: Database, subscriptions: Subscriptions, queue: Queue, hours: int
) -> None:
    made = add(subscriptions)
    paused = add(subscriptions, "10:00")
    subscriptions.pause(CHAT, EVENING, id=paused.id)
    wrong = NINE + timedelta(hours=hours)
    with database.writing() as connection:
        connection.execute(update(REMINDERS).values(zone_data="2001a"))
        one = update(REMINDERS).where(REMINDERS.c.id == made.id)
        connection.execute(one.values(next_due_at=wrong))
    assert queue.derive_anew(EVENING, most=1) == 1
    assert queue.derive_anew(EVENING) == 1
    assert queue.derive_anew(EVENING) == 0
    assert [r.next_due_at for r in subscriptions.of(CHAT)] == [NINE, None]


def test_a_date_that_has_gone_from_the_zone_is_derived_anew(
    database: Database, subscriptions: Subscriptions, queue: Queue
) -> None:
    """Samoa left out a Friday."""
    eve = datetime(2011, 12, 30, 9, 30, tzinfo=UTC)  # Thursday evening there
    made = subscriptions.add(CHAT, wish("07:00", zone="Pacific/Apia"), VARIED, eve)
    assert isinstance(made, Reminder)
    outdate(database, datetime(2011, 12, 30, 17, tzinfo=UTC), date(2011, 12, 30))
    assert queue.derive_anew(eve) == 1
    (reminder,) = subscriptions.of(CHAT)
    assert reminder.next_due_at == made.next_due_at == datetime(2011, 12, 30, 17, tzinfo=UTC)
    assert claim_one(queue, datetime(2011, 12, 30, 17, tzinfo=UTC)).day == date(2011, 12, 31)


@pytest.mark.parametrize("early", [MINUTE, GRACE, 3 * GRACE])
@pytest.mark.parametrize("down", [False, True])
def test_nothing_is_sent_that_only_an_older_zone_database_calls_due(
    database: Database,
    subscriptions: Subscriptions,
    queue: Queue,
    early: timedelta,
    down: bool,  # until just before it is due indeed
) -> None:
    add(subscriptions)
    outdate(database, NINE - early)
    for now in (NINE - SECOND,) if down else (NINE - early, NINE - SECOND):
        assert queue.claim(now, 10) == ()
    assert occurred(subscriptions) == ()
    assert claim_one(queue).due_at == NINE


def test_an_older_zone_database_that_is_right_holds_nothing_up(
    database: Database, subscriptions: Subscriptions, queue: Queue
) -> None:
    add(subscriptions)
    outdate(database, NINE)
    assert claim_one(queue).due_at == NINE


def test_old_rows_are_deleted(
    database: Database, subscriptions: Subscriptions, queue: Queue
) -> None:
    add(subscriptions)
    add(subscriptions, chat=OTHER)
    for due in queue.claim(NINE, 10):
        assert queue.record(due, SENT, NINE)
    subscriptions.leave(OTHER, NINE)
    assert queue.purge(NINE + KEPT) == 0
    later = NINE + KEPT + SECOND
    assert queue.purge(later) >= 2
    assert queue.purge(later) == 0
    assert [len(subscriptions.of(chat)) for chat in (CHAT, OTHER)] == [1, 0]
    assert rows(database) == {"chats": 1, "reminders": 1, "occurrences": 0, "done_days": 0}


def test_old_rows_are_deleted_a_batch_at_a_time(
    database: Database, subscriptions: Subscriptions, queue: Queue
) -> None:
    fill(database, 5)
    for due in queue.claim(NINE, 10):
        assert queue.record(due, SENT, NINE)
    later = NINE + KEPT + SECOND
    assert [queue.purge(later, most=2) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.parametrize(
    "touch",
    [
        lambda s: s.change(CHAT, 1, NINE + DAY, schedule=wish("10:00")),
        lambda s: s.pause(CHAT, NINE + DAY, until=MONDAY + 7 * DAY),
        lambda s: s.resume(CHAT, NINE + DAY),
    ],
    ids=["change", "pause", "resume"],
)
def test_a_chat_that_has_come_back_is_not_deleted(
    subscriptions: Subscriptions, queue: Queue, touch: Callable[[Subscriptions], object]
) -> None:
    made = add(subscriptions)
    assert made.id == 1
    subscriptions.leave(CHAT, NINE)
    touch(subscriptions)
    assert queue.purge(NINE + 2 * KEPT) == 0
    assert [r.id for r in subscriptions.of(CHAT)] == [1]


def test_what_is_not_over_is_not_deleted(
    database: Database, subscriptions: Subscriptions, queue: Queue
) -> None:
    add(subscriptions)
    claim_one(queue)
    assert queue.purge(NINE + 2 * KEPT) == 0
    assert rows(database) == {"chats": 1, "reminders": 1, "occurrences": 1, "done_days": 0}


def rows(database: Database) -> dict[str, int]:
    tables: Iterable[str] = ("chats", "reminders", "occurrences", "done_days")
    with database.reading() as connection:
        count = {name: connection.execute(text(f"SELECT count(*) FROM {name}")) for name in tables}
        return {name: found.scalar_one() for name, found in count.items()}
