"""What is claimed, by whom, and what becomes of it, on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.reminders.database import Database, open_database
from bot.reminders.due import LATE, Again, Dropped, Moved, Sent
from bot.reminders.queue import GRACE, LEASE, Queue
from bot.reminders.reminder import VARIED, Pause, Reason, State
from bot.reminders.subscriptions import Subscriptions
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
    states,
    wish,
)


def test_nothing_is_due_before_its_moment(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    assert queue.claim(NINE - SECOND, 10) == ()


def test_what_a_claim_tells(subscriptions: Subscriptions, queue: Queue) -> None:
    made = subscriptions.add(OTHER, wish(), "desk-break", EVENING, topic=3)
    subscriptions.remember(OTHER, ["pregnancy", "hip-replacement"])
    subscriptions.silence(OTHER, True)
    due = claim_one(queue, NINE + SECOND)
    assert due.reminder == made
    assert (due.reminder.chat, due.reminder.topic, due.reminder.plan) == (OTHER, 3, "desk-break")
    assert (due.attempt, due.day, due.snooze, due.due_at) == (1, MONDAY, 0, NINE)
    assert due.lease_until == NINE + SECOND + LEASE
    assert (due.conditions, due.silent, due.sent) == (("pregnancy", "hip-replacement"), True, 0)


def test_it_counts_what_was_sent(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    for day in range(3):
        due = claim_one(queue, NINE + day * DAY)
        assert due.sent == day
        assert queue.record(due, SENT, NINE + day * DAY)


def test_claimed_once(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    claim_one(queue)
    for now in (NINE, NINE + SECOND, NINE + LEASE - SECOND):
        assert queue.claim(now, 10) == ()


@pytest.mark.parametrize("after", [timedelta(0), SECOND, GRACE - LEASE])
def test_what_a_dead_process_had_is_claimed_again(
    subscriptions: Subscriptions, queue: Queue, after: timedelta
) -> None:
    add(subscriptions)
    first = claim_one(queue)
    now = NINE + LEASE + after
    second = claim_one(queue, now)
    assert (second.id, second.attempt) == (first.id, 2)
    assert not queue.record(first, SENT, now)
    assert queue.record(second, Sent(8, VARIED), now)
    assert not queue.record(second, SENT, now)
    (occurrence,) = occurred(subscriptions)
    assert (occurrence.message, occurrence.sent_at) == (8, now)
    assert claim_one(queue, NINE + DAY).sent == 1


def test_each_claim_has_a_lease_of_its_own(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    for attempt in range(1, 5):
        now = NINE + (attempt - 1) * LEASE
        due = claim_one(queue, now)
        assert (due.attempt, due.lease_until) == (attempt, now + LEASE)
        assert queue.claim(now + LEASE - SECOND, 10) == ()


def test_a_dead_process_and_the_grace_leave_it_uncertain(
    subscriptions: Subscriptions, queue: Queue
) -> None:
    add(subscriptions)
    claim_one(queue)
    assert queue.claim(NINE + GRACE + SECOND, 10) == ()
    assert states(subscriptions) == [(MONDAY, State.UNCERTAIN, Reason.NO_ANSWER)]


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (timedelta(0), State.SENT),
        (LATE, State.SENT),
        (LATE + SECOND, State.LATE),
        (GRACE, State.LATE),
    ],
)
def test_within_the_grace(
    subscriptions: Subscriptions, queue: Queue, late: timedelta, state: State
) -> None:
    add(subscriptions)
    due = claim_one(queue, NINE + late)
    assert due.is_late(NINE + late) == (state is State.LATE)
    assert queue.record(due, SENT, NINE + late)
    (occurrence,) = occurred(subscriptions)
    assert (occurrence.state, occurrence.reason, occurrence.day) == (state, None, MONDAY)
    assert (occurrence.due_at, occurrence.sent_at) == (NINE, NINE + late)
    assert (occurrence.message, occurrence.showed) == (7, "couch-stretch")


def test_after_the_grace(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    assert queue.claim(NINE + GRACE + SECOND, 10) == ()
    assert states(subscriptions) == [(MONDAY, State.SKIPPED, Reason.TOO_LATE)]
    assert claim_one(queue, NINE + DAY).day == MONDAY + DAY


def test_the_grace_can_be_set(subscriptions: Subscriptions, database: Database) -> None:
    add(subscriptions)
    assert Queue(database, grace=5 * MINUTE).claim(NINE + 6 * MINUTE, 10) == ()


def test_missed_days_are_no_pile(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    back = NINE + 4 * DAY + 10 * MINUTE
    claims = [queue.claim(back, 10) for _ in range(6)]
    (due,) = (due for claimed in claims for due in claimed)
    assert (due.day, due.due_at) == (MONDAY + 4 * DAY, NINE + 4 * DAY)
    missed = [(MONDAY + n * DAY, State.SKIPPED, Reason.TOO_LATE) for n in range(4)]
    assert states(subscriptions) == [*missed, (MONDAY + 4 * DAY, State.CLAIMED, None)]


def test_tried_again(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    first = claim_one(queue)
    assert queue.record(first, Again(30 * SECOND), NINE + SECOND)
    assert not queue.record(first, SENT, NINE + 2 * SECOND)
    assert queue.claim(NINE + 30 * SECOND, 10) == ()
    second = claim_one(queue, NINE + 31 * SECOND)
    assert (second.id, second.attempt, second.due_at) == (first.id, 2, NINE)


def test_tried_again_only_within_the_grace(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    assert queue.record(claim_one(queue), Again(2 * GRACE), NINE)
    assert queue.claim(NINE + 2 * GRACE, 10) == ()
    assert states(subscriptions) == [(MONDAY, State.SKIPPED, Reason.TOO_LATE)]


def test_moved(subscriptions: Subscriptions, queue: Queue) -> None:
    made = add(subscriptions)
    assert queue.record(claim_one(queue), Moved(OTHER), NINE)
    due = claim_one(queue)
    assert (due.reminder.chat, due.reminder.id, due.day) == (OTHER, made.id, MONDAY)
    assert subscriptions.of(CHAT) == ()


@pytest.mark.parametrize(
    "dropped",
    [
        Dropped(State.SKIPPED, Reason.NOTHING_FITS),
        Dropped(State.REFUSED, Reason.REJECTED),
        Dropped(State.UNCERTAIN, Reason.NO_ANSWER),
    ],
)
def test_dropped(subscriptions: Subscriptions, queue: Queue, dropped: Dropped) -> None:
    add(subscriptions)
    assert queue.record(claim_one(queue), dropped, NINE)
    assert queue.claim(NINE + LEASE, 10) == ()
    assert states(subscriptions) == [(MONDAY, dropped.state, dropped.reason)]
    assert claim_one(queue, NINE + DAY).sent == 0


def test_blocked(subscriptions: Subscriptions, queue: Queue) -> None:
    """Nothing more is sent, not even what was put off, until the person says so."""
    add(subscriptions, "09:00")
    add(subscriptions, "09:30")
    due = claim_one(queue)
    assert queue.record(due, SENT, NINE)
    (occurrence,) = occurred(subscriptions)
    assert subscriptions.snooze(occurrence, NINE + 50 * MINUTE)
    half_past = claim_one(queue, NINE + 30 * MINUTE)
    assert queue.record(half_past, Dropped(State.REFUSED, Reason.BLOCKED), NINE + 30 * MINUTE)
    assert [r.paused for r in subscriptions.of(CHAT)] == [Pause.BLOCKED] * 2
    assert queue.claim(NINE + 50 * MINUTE, 10) == ()
    assert queue.claim(NINE + DAY, 10) == ()
    assert states(subscriptions)[2:] == [(MONDAY, State.SKIPPED, Reason.BLOCKED)]
    subscriptions.resume(CHAT, NINE + DAY - SECOND)
    assert claim_one(queue, NINE + DAY).day == MONDAY + DAY


def test_a_topic_that_is_gone(subscriptions: Subscriptions, queue: Queue) -> None:
    subscriptions.add(OTHER, wish(), VARIED, EVENING, topic=3)
    assert queue.record(claim_one(queue), Sent(7, VARIED, topic_gone=True), NINE)
    (reminder,) = subscriptions.of(OTHER)
    assert (reminder.paused, reminder.next_due_at) == (Pause.TOPIC_GONE, None)
    assert states(subscriptions, OTHER) == [(MONDAY, State.SENT, None)]
    assert queue.claim(NINE + DAY, 10) == ()


def test_a_red_flag_holds_a_chat_back(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions, "08:50")
    held = claim_one(queue, NINE - 10 * MINUTE)
    assert queue.record(held, Again(10 * MINUTE), NINE - 10 * MINUTE)
    add(subscriptions)
    other = add(subscriptions, chat=OTHER)
    assert subscriptions.hold(CHAT, "cauda-equina")
    assert [due.reminder for due in queue.claim(NINE, 10)] == [other]
    skipped = (MONDAY, State.SKIPPED, Reason.RED_FLAG)
    assert states(subscriptions) == [skipped, skipped]
    assert subscriptions.hold(CHAT, None)
    assert len(queue.claim(NINE + DAY, 10)) == 3


def test_a_pause_holds_back_what_was_to_be_tried_again(
    subscriptions: Subscriptions, queue: Queue
) -> None:
    add(subscriptions)
    due = claim_one(queue)
    subscriptions.pause(CHAT, NINE)
    assert queue.record(due, Again(MINUTE), NINE + SECOND)
    assert queue.claim(NINE + 2 * MINUTE, 10) == ()
    assert states(subscriptions) == [(MONDAY, State.SKIPPED, Reason.PAUSED)]


def test_a_snooze_comes_of_its_own(subscriptions: Subscriptions, queue: Queue) -> None:
    """Also while its reminder is paused: it was asked for after that."""
    add(subscriptions)
    assert queue.record(claim_one(queue), SENT, NINE)
    subscriptions.pause(CHAT, NINE + SECOND)
    (first,) = occurred(subscriptions)
    at = NINE + 15 * MINUTE
    assert subscriptions.snooze(first, at)
    assert queue.claim(at - SECOND, 10) == ()
    due = claim_one(queue, at)
    assert (due.day, due.snooze, due.due_at) == (MONDAY, 1, at)
    assert due.id != first.id
    assert queue.record(due, SENT, at)
    assert [o.state for o in occurred(subscriptions)] == [State.SENT, State.SENT]


def test_a_snooze_has_its_own_grace(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    assert queue.record(claim_one(queue), SENT, NINE)
    (first,) = occurred(subscriptions)
    assert subscriptions.snooze(first, NINE + GRACE)
    assert queue.claim(NINE + 2 * GRACE + SECOND, 10) == ()
    snoozed = occurred(subscriptions)[1]
    assert (snoozed.state, snoozed.reason) == (State.SKIPPED, Reason.TOO_LATE)


def test_the_oldest_come_first(subscriptions: Subscriptions, queue: Queue) -> None:
    for chat, at in enumerate(("09:04", "09:01", "09:03", "09:00", "09:02"), 1):
        add(subscriptions, at, chat)
    now = NINE + 4 * MINUTE
    claims = [[due.reminder.chat for due in queue.claim(now, room)] for room in (2, 0, 2, 2, 2)]
    assert claims == [[4, 2], [], [5, 3], [1], []]


def test_what_waits_comes_before_what_is_new(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions, "09:00", 1)
    assert queue.record(claim_one(queue), Again(SECOND), NINE)
    add(subscriptions, "09:00", 2)
    claims = [[due.reminder.chat for due in queue.claim(NINE + MINUTE, 1)] for _ in range(3)]
    assert claims == [[1], [2], []]


def test_a_deleted_reminder_is_no_longer_anybodys(
    subscriptions: Subscriptions, queue: Queue
) -> None:
    add(subscriptions)
    due = claim_one(queue)
    subscriptions.delete(CHAT)
    assert not queue.record(due, Dropped(State.REFUSED, Reason.BLOCKED), NINE)
    assert subscriptions.chat(CHAT).zone is None


def test_each_is_claimed_once_by_many(database: Database) -> None:
    """Two processes, of which each has a connection of its own, and two threads in each."""
    fill(database, 500)
    other = open_database(str(database.engine.url))
    with ThreadPoolExecutor(4) as threads:
        claims = list(threads.map(claim_all, (database, other) * 2))
    other.close()
    claimed = Counter(id for claim in claims for id in claim)
    assert len(claimed) == 500
    assert set(claimed.values()) == {1}


def claim_all(database: Database) -> list[int]:
    """Claims small batches until there are none; on PostgreSQL others may hold what is left."""
    queue = Queue(database)
    claimed, empty = list[int](), 0
    while empty < 3:
        batch = queue.claim(NINE, 7)
        claimed += [due.id for due in batch]
        empty = 0 if batch else empty + 1
    return claimed
