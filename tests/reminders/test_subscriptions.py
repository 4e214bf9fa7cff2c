"""What people see and change of their reminders, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.reminders.database import Database
from bot.reminders.queue import Queue
from bot.reminders.reminder import VARIED, Pause, Reason, Reminder, Schedule, State
from bot.reminders.spacing import APART
from bot.reminders.subscriptions import MOST, Chat, Subscriptions, TooClose, TooMany
from tests.reminders.subscribing import (
    AUCKLAND,
    BERLIN,
    CHAT,
    DAY,
    HONOLULU,
    HOUR,
    MINUTE,
    MONDAY,
    NINE,
    NOW,
    OTHER,
    add,
    due,
    ring,
    rung,
    wish,
)


def test_a_reminder_is_kept_as_it_was_wished(subscriptions: Subscriptions) -> None:
    schedule = wish("07:05", BERLIN, ("mon", "fri"))
    made = subscriptions.add(OTHER, schedule, "desk-break", NOW, topic=3)
    assert isinstance(made, Reminder)
    assert (made.chat, made.topic, made.schedule, made.plan) == (OTHER, 3, schedule, "desk-break")
    assert (made.paused, made.paused_until) == (None, None)
    assert subscriptions.of(OTHER) == (made,)
    assert subscriptions.of(CHAT) == ()
    assert subscriptions.chat(OTHER) == Chat(OTHER, BERLIN)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(wish("08:01"), NOW + MINUTE, id="still ahead today means today"),
        pytest.param(wish("08:00"), NOW + DAY, id="now has passed"),
        pytest.param(wish("07:59"), NOW + DAY - MINUTE, id="passed means tomorrow"),
        pytest.param(wish("09:00", BERLIN), NOW + DAY, id="by the clock of its zone"),
        pytest.param(wish("23:00", days=("sun",)), NOW + 6 * DAY + 15 * HOUR, id="on its day"),
        pytest.param(wish("00:30", HONOLULU), NOW + 2.5 * HOUR, id="tomorrow there"),
    ],
)
def test_when_it_first_rings(
    subscriptions: Subscriptions, schedule: Schedule, expected: datetime
) -> None:
    assert add(subscriptions, schedule).next_due_at == expected


def test_five_at_most(subscriptions: Subscriptions) -> None:
    for hour in range(9, 9 + MOST):
        add(subscriptions, wish(f"{hour:02}:00"))
    assert subscriptions.add(CHAT, wish("20:00"), VARIED, NOW) == TooMany()
    assert len(subscriptions.of(CHAT)) == MOST
    add(subscriptions, wish("20:00"), OTHER)


@pytest.mark.parametrize(
    ("first", "second", "far_enough"),
    [
        (wish("09:00"), wish("09:00"), False),
        (wish("09:00"), wish("09:09"), False),
        (wish("09:00"), wish("08:51"), False),
        (wish("09:00"), wish("09:10"), True),
        (wish("09:00"), wish("08:50"), True),
        (wish("09:00", BERLIN), wish("09:00"), True),
        (wish("09:00", BERLIN), wish("08:05"), False),
        (wish("09:00", BERLIN), wish("13:50", "Asia/Kathmandu"), False),
        (wish("23:55"), wish("00:04"), False),
        (wish("23:55"), wish("00:05"), True),
        (wish("23:55", days=("mon",)), wish("00:00", days=("tue",)), False),
        (wish("23:55", days=("mon",)), wish("00:00", days=("wed",)), True),
        (wish("00:00", days=("mon",)), wish("23:55", days=("sun",)), False),
        (wish("09:00", days=("mon",)), wish("09:00", days=("tue",)), True),
        (wish("23:55", BERLIN, ("sun",)), wish("22:58", days=("sun",)), False),
    ],
)
def test_some_minutes_apart(
    subscriptions: Subscriptions, first: Schedule, second: Schedule, far_enough: bool
) -> None:
    made = add(subscriptions, first)
    close = None if far_enough else TooClose(made)
    other = add(subscriptions, wish("16:00"))
    changed = subscriptions.change(CHAT, other.id, NOW, schedule=second)
    assert (None if isinstance(changed, Reminder) else changed) == close
    subscriptions.delete(CHAT, other.id)
    told = subscriptions.add(CHAT, second, VARIED, NOW)
    assert (None if isinstance(told, Reminder) else told) == close
    add(subscriptions, first, OTHER)


def test_one_is_not_too_close_to_itself(subscriptions: Subscriptions) -> None:
    made = add(subscriptions)
    changed = subscriptions.change(CHAT, made.id, NOW, schedule=wish("09:05"))
    assert isinstance(changed, Reminder)
    assert (changed.id, changed.next_due_at) == (made.id, NINE + 5 * MINUTE)


@pytest.mark.parametrize(
    ("now", "schedule", "expected"),
    [
        pytest.param(NOW, wish("10:00"), NINE + HOUR, id="before it has rung"),
        pytest.param(NINE + HOUR, wish("11:00"), NINE + DAY + 2 * HOUR, id="after it has rung"),
        pytest.param(NINE + HOUR, wish("08:00"), NOW + DAY, id="after it has rung, to earlier"),
        pytest.param(
            NINE + HOUR, wish(days=("mon",)), NINE + 7 * DAY, id="after it has rung, to its day"
        ),
    ],
)
def test_a_date_rings_once_however_it_is_changed(
    subscriptions: Subscriptions,
    queue: Queue,
    now: datetime,
    schedule: Schedule,
    expected: datetime,
) -> None:
    made = add(subscriptions)
    if now > NINE:
        ring(queue)
    changed = subscriptions.change(CHAT, made.id, now, schedule=schedule)
    assert isinstance(changed, Reminder)
    assert (changed.schedule, changed.next_due_at) == (schedule, expected)
    assert ring(queue, expected).due_at == expected


def test_a_date_rings_once_however_far_one_travels(
    subscriptions: Subscriptions, queue: Queue
) -> None:
    """Monday and Tuesday have rung in Auckland when it is Monday in Honolulu."""
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    made = subscriptions.add(CHAT, wish("06:00", AUCKLAND), VARIED, start)
    assert isinstance(made, Reminder)
    for morning in (datetime(2026, 3, 1, 17, tzinfo=UTC), datetime(2026, 3, 2, 17, tzinfo=UTC)):
        ring(queue, morning)
    landed = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    changed = subscriptions.change(CHAT, made.id, landed, schedule=wish("08:00", HONOLULU))
    assert isinstance(changed, Reminder)
    wednesday = datetime(2026, 3, 4, 18, tzinfo=UTC)
    assert changed.next_due_at == wednesday
    assert ring(queue, wednesday).day == date(2026, 3, 4)


def test_another_plan(subscriptions: Subscriptions) -> None:
    made = add(subscriptions)
    changed = subscriptions.change(CHAT, made.id, NOW, plan="couch-stretch")
    assert isinstance(changed, Reminder)
    assert (changed.plan, changed.schedule) == ("couch-stretch", made.schedule)
    assert changed.next_due_at == NINE


def test_a_change_ends_a_pause(subscriptions: Subscriptions) -> None:
    made = add(subscriptions)
    subscriptions.pause(CHAT, NOW, until=MONDAY + 7 * DAY)
    changed = subscriptions.change(CHAT, made.id, NOW, schedule=wish("10:00"))
    assert isinstance(changed, Reminder)
    assert (changed.paused, changed.paused_until) == (None, None)
    assert changed.next_due_at == NINE + HOUR


def test_paused_and_resumed(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    (paused,) = subscriptions.pause(CHAT, NOW)
    assert (paused.paused, paused.paused_until, paused.next_due_at) == (Pause.WISHED, None, None)
    assert queue.claim(NINE, 10) == ()
    (resumed,) = subscriptions.resume(CHAT, NINE + 3 * DAY)
    assert (resumed.paused, resumed.next_due_at) == (None, NINE + 4 * DAY)
    assert subscriptions.resume(CHAT, NINE + 3 * DAY) == ()


@pytest.mark.parametrize(
    ("schedule", "until", "expected"),
    [
        (wish(), MONDAY, NINE),
        (wish(), MONDAY + DAY, NINE + DAY),
        (wish(), MONDAY - DAY, NINE),
        (wish("07:00"), MONDAY, NOW - HOUR + DAY),
        (wish("00:00"), MONDAY + 2 * DAY, NOW - 8 * HOUR + 2 * DAY),
        (wish(days=("mon",)), MONDAY + DAY, NINE + 7 * DAY),
        (wish("00:30", AUCKLAND), MONDAY + DAY, NOW + 3.5 * HOUR),
        (wish("23:30", HONOLULU), MONDAY + DAY, NOW + 2 * DAY + 1.5 * HOUR),
        (wish("00:00", "America/Havana"), date(2026, 3, 8), datetime(2026, 3, 8, 5, tzinfo=UTC)),
    ],
)
def test_paused_until_a_date(
    subscriptions: Subscriptions,
    queue: Queue,
    schedule: Schedule,
    until: date,
    expected: datetime,
) -> None:
    add(subscriptions, schedule)
    (paused,) = subscriptions.pause(CHAT, NOW, until=until)
    assert (paused.paused, paused.paused_until) == (Pause.WISHED, until)
    assert paused.next_due_at == expected
    assert queue.claim(expected - MINUTE, 10) == ()
    ring(queue, expected)
    (reminder,) = subscriptions.of(CHAT)
    assert (reminder.paused, reminder.paused_until) == (None, None)


def test_one_of_several_is_paused(subscriptions: Subscriptions, queue: Queue) -> None:
    first, second = add(subscriptions), add(subscriptions, wish("10:00"))
    assert [r.id for r in subscriptions.pause(CHAT, NOW, id=first.id)] == [first.id]
    assert due(subscriptions) == [None, NINE + HOUR]
    assert [r.id for r in subscriptions.pause(CHAT, NOW)] == [first.id, second.id]
    assert [r.id for r in subscriptions.resume(CHAT, NOW, second.id)] == [second.id]
    assert due(subscriptions) == [None, NINE + HOUR]


def test_a_pause_drops_what_was_put_off(subscriptions: Subscriptions, queue: Queue) -> None:
    assert subscriptions.snooze(rung(subscriptions, queue), NINE + 15 * MINUTE)
    subscriptions.pause(CHAT, NINE + MINUTE)
    assert queue.claim(NINE + 15 * MINUTE, 10) == ()
    snoozed, _ = subscriptions.occurrences(CHAT, NOW)
    assert (snoozed.state, snoozed.reason) == (State.SKIPPED, Reason.PAUSED)


def test_resumed_on_a_date_that_has_rung(subscriptions: Subscriptions, queue: Queue) -> None:
    made = add(subscriptions)
    ring(queue)
    subscriptions.change(CHAT, made.id, NINE + MINUTE, schedule=wish("18:00"))
    subscriptions.pause(CHAT, NINE + MINUTE)
    (resumed,) = subscriptions.resume(CHAT, NINE + 2 * MINUTE)
    assert resumed.next_due_at == NINE + DAY + 9 * HOUR


def test_a_crowded_minute_is_spread(database: Database) -> None:
    """Two in each of the eleven minutes, then wherever there are fewest; the wish stays."""
    subscriptions = Subscriptions(database, crowd=2)
    made = [add(subscriptions, chat=chat) for chat in range(1, 24)]
    assert [r.schedule.spread for r in made] == [n // 2 for n in range(22)] + [0]
    assert {r.schedule.at for r in made} == {time(9)}
    assert [r.next_due_at for r in made] == [NINE + r.schedule.spread * MINUTE for r in made]
    assert add(subscriptions, wish("12:00"), 99).schedule.spread == 0
    changed = subscriptions.change(99, subscriptions.of(99)[0].id, NOW, schedule=wish())
    assert isinstance(changed, Reminder)
    assert changed.schedule.spread == 1
    back = subscriptions.change(99, changed.id, NOW, schedule=wish("12:00"))
    assert isinstance(back, Reminder)
    assert back.schedule.spread == 0


def test_a_spread_does_not_bring_two_of_a_chat_together(database: Database) -> None:
    subscriptions = Subscriptions(database, crowd=2)
    for chat in range(1, 11):
        add(subscriptions, chat=chat)
    add(subscriptions, wish("09:12"))
    made = add(subscriptions)
    assert made.schedule.spread <= 2
    rings = sorted(moment for moment in due(subscriptions) if moment)
    assert rings[1] - rings[0] >= APART


def test_a_spread_rings_on_the_date_that_was_wished(database: Database, queue: Queue) -> None:
    subscriptions = Subscriptions(database, crowd=1)
    for chat in (1, 2):
        add(subscriptions, wish("23:59", days=("mon",)), chat)
    midnight = NOW + 16 * HOUR
    dues = queue.claim(midnight, 10)
    assert [(d.due_at, d.day) for d in dues] == [
        (midnight - MINUTE, MONDAY),
        (midnight, MONDAY),
    ]
    assert due(subscriptions, 2) == [midnight + 7 * DAY]
