"""What is kept of a chat and of what came to it, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from bot.reminders.database import Database
from bot.reminders.due import Again, Dropped, Moved, Sent
from bot.reminders.queue import Queue
from bot.reminders.reminder import VARIED, Pause, Reaction, Reason, State
from bot.reminders.subscriptions import SNOOZES, Chat, Subscriptions
from tests.reminders.subscribing import (
    BERLIN,
    CHAT,
    DAY,
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


def test_with_the_last_one_the_chat_is_forgotten(
    database: Database, subscriptions: Subscriptions, queue: Queue
) -> None:
    first = rung(subscriptions, queue)
    second = add(subscriptions, wish("10:00"))
    subscriptions.react(first, Reaction.DONE)
    subscriptions.remember(CHAT, ["pregnancy"])
    assert [r.id for r in subscriptions.delete(CHAT, first.reminder)] == [first.reminder]
    assert subscriptions.of(CHAT) == (second,)
    assert subscriptions.chat(CHAT).conditions == ("pregnancy",)
    assert subscriptions.occurrences(CHAT, NOW) == ()
    assert subscriptions.days(first.reminder) == (frozenset(), frozenset())
    assert subscriptions.delete(CHAT) == (second,)
    assert subscriptions.chat(CHAT) == Chat(CHAT)
    assert subscriptions.delete(CHAT) == ()


def test_all_are_deleted(subscriptions: Subscriptions) -> None:
    for at in ("09:00", "10:00", "11:00"):
        add(subscriptions, wish(at))
    assert len(subscriptions.delete(CHAT)) == 3
    assert subscriptions.of(CHAT) == ()


def test_the_number_of_a_deleted_one_is_not_given_again(subscriptions: Subscriptions) -> None:
    """Or a button under an old message would hit another reminder."""
    made = add(subscriptions)
    subscriptions.delete(CHAT)
    assert add(subscriptions).id > made.id


def test_nothing_of_another_chat_is_found(subscriptions: Subscriptions, queue: Queue) -> None:
    theirs = rung(subscriptions, queue)
    before = subscriptions.of(CHAT)
    id = theirs.reminder
    add(subscriptions, wish("12:00"), OTHER)
    assert subscriptions.change(OTHER, id, NOW, schedule=wish("11:00")) is None
    assert subscriptions.change(OTHER, id, NOW, plan="couch-stretch") is None
    assert subscriptions.pause(OTHER, NOW, id=id) == ()
    assert subscriptions.resume(OTHER, NOW, id=id) == ()
    assert subscriptions.delete(OTHER, id) == ()
    assert subscriptions.occurrence(OTHER, theirs.id) is None
    assert subscriptions.sent_as(OTHER, 7) is None
    assert subscriptions.occurrences(OTHER, NOW) == ()
    assert subscriptions.of(CHAT) == before
    assert subscriptions.sent_as(CHAT, 7) == subscriptions.occurrence(CHAT, theirs.id) == theirs


def test_nothing_is_kept_about_a_chat_without_reminders(subscriptions: Subscriptions) -> None:
    subscriptions.remember(CHAT, ["pregnancy"])
    assert not subscriptions.hold(CHAT, "cauda-equina")
    assert not subscriptions.silence(CHAT, True)
    subscriptions.pause(CHAT, NOW)
    subscriptions.resume(CHAT, NOW)
    subscriptions.leave(CHAT, NOW)
    subscriptions.move(CHAT, OTHER)
    subscriptions.place(CHAT, BERLIN)
    subscriptions.remember(CHAT, ["pregnancy"])
    assert subscriptions.chat(CHAT) == Chat(CHAT, BERLIN)
    assert subscriptions.chat(OTHER) == Chat(OTHER)


def test_what_is_kept_about_a_chat_with_reminders(subscriptions: Subscriptions) -> None:
    add(subscriptions)
    subscriptions.remember(CHAT, ["pregnancy", "hip-replacement"])
    assert subscriptions.hold(CHAT, "cauda-equina")
    assert subscriptions.silence(CHAT, True)
    conditions = ("pregnancy", "hip-replacement")
    assert subscriptions.chat(CHAT) == Chat(CHAT, "UTC", conditions, "cauda-equina", True)
    subscriptions.remember(CHAT, [])
    assert subscriptions.hold(CHAT, None)
    assert subscriptions.silence(CHAT, False)
    assert subscriptions.chat(CHAT) == Chat(CHAT, "UTC")


@pytest.mark.parametrize("pending", [{"at": "09:00", "days": ["mon"]}, {"plan": "Dehnen ÄÖ 🌿"}])
def test_a_wish_waits_for_what_it_lacks(
    subscriptions: Subscriptions, pending: dict[str, Any]
) -> None:
    subscriptions.wait_for(CHAT, pending, NOW)
    assert subscriptions.chat(CHAT).pending == pending
    subscriptions.wait_for(CHAT, None, NOW)
    assert subscriptions.chat(CHAT).pending is None
    subscriptions.wait_for(CHAT, pending, NOW)
    add(subscriptions)
    assert subscriptions.chat(CHAT) == Chat(CHAT, "UTC")


def test_moved(subscriptions: Subscriptions, queue: Queue) -> None:
    """Telegram tells it more than once, and to several that are on their way."""
    occurrence = rung(subscriptions, queue)
    subscriptions.remember(CHAT, ["pregnancy"])
    (before,) = subscriptions.of(CHAT)
    for _ in range(2):
        subscriptions.move(CHAT, OTHER)
        (after,) = subscriptions.of(OTHER)
        assert (after.id, after.next_due_at) == (before.id, before.next_due_at)
        assert subscriptions.of(CHAT) == ()
        assert subscriptions.chat(CHAT) == Chat(CHAT)
        assert subscriptions.chat(OTHER) == Chat(OTHER, "UTC", ("pregnancy",))
        assert subscriptions.occurrence(OTHER, occurrence.id) is not None


def test_moved_to_where_it_is(subscriptions: Subscriptions) -> None:
    made = add(subscriptions)
    subscriptions.move(CHAT, CHAT)
    assert subscriptions.of(CHAT) == (made,)


def test_moved_into_a_chat_that_is_known(subscriptions: Subscriptions) -> None:
    """What holds back or forbids is kept from both."""
    first = add(subscriptions)
    second = add(subscriptions, wish("10:00", BERLIN), OTHER)
    subscriptions.remember(CHAT, ["pregnancy", "hip-replacement"])
    subscriptions.remember(OTHER, ["osteoporosis", "pregnancy"])
    subscriptions.hold(CHAT, "cauda-equina")
    for _ in range(2):
        subscriptions.move(CHAT, OTHER)
        assert [r.id for r in subscriptions.of(OTHER)] == [first.id, second.id]
        kept = subscriptions.chat(OTHER)
        assert set(kept.conditions) == {"pregnancy", "hip-replacement", "osteoporosis"}
        assert (kept.flag, kept.zone) == ("cauda-equina", BERLIN)
        assert subscriptions.chat(CHAT) == Chat(CHAT)


def test_several_on_their_way_are_moved(subscriptions: Subscriptions, queue: Queue) -> None:
    for at in ("09:00", "09:10"):
        add(subscriptions, wish(at))
    dues = queue.claim(NINE + 10 * MINUTE, 10)
    now = NINE + 10 * MINUTE
    assert [queue.record(one, Moved(OTHER), now) for one in dues] == [True, True]
    assert [one.reminder.chat for one in queue.claim(now, 10)] == [OTHER, OTHER]


def test_left_and_come_back(subscriptions: Subscriptions, queue: Queue) -> None:
    """A new reminder does not wake those that were there before."""
    first = add(subscriptions)
    subscriptions.leave(CHAT, NOW)
    (gone,) = subscriptions.of(CHAT)
    assert (gone.paused, gone.next_due_at) == (Pause.BLOCKED, None)
    second = add(subscriptions, wish("10:00"))
    assert [r.paused for r in subscriptions.of(CHAT)] == [Pause.BLOCKED, None]
    assert [r.id for r in subscriptions.resume(CHAT, NOW)] == [first.id]
    assert due(subscriptions) == [NINE, second.next_due_at]


def test_what_is_pressed_under_an_occurrence(subscriptions: Subscriptions, queue: Queue) -> None:
    occurrence = rung(subscriptions, queue)
    for reaction in (Reaction.DONE, Reaction.DONE, Reaction.SKIPPED, Reaction.DONE, None):
        subscriptions.react(occurrence, reaction)
        found = subscriptions.occurrence(CHAT, occurrence.id)
        assert found is not None
        assert found.reaction is reaction
        done = frozenset({MONDAY} if reaction is Reaction.DONE else ())
        assert subscriptions.days(occurrence.reminder) == (done, frozenset({MONDAY}))


@pytest.mark.parametrize(
    ("result", "counts"),
    [
        (Sent(7, VARIED), True),
        (Dropped(State.UNCERTAIN, Reason.NO_ANSWER), True),
        (Dropped(State.REFUSED, Reason.REJECTED), False),
        (Dropped(State.SKIPPED, Reason.NOTHING_FITS), False),
        (Again(MINUTE), False),
    ],
)
def test_the_days_on_which_it_was_sent(
    subscriptions: Subscriptions, queue: Queue, result: Sent | Dropped | Again, counts: bool
) -> None:
    made = add(subscriptions)
    (claimed,) = queue.claim(NINE, 10)
    assert queue.record(claimed, result, NINE)
    assert subscriptions.days(made.id) == (frozenset(), {MONDAY} if counts else frozenset())
    assert subscriptions.sent(CHAT) == {made.id: int(isinstance(result, Sent))}


def test_put_off_three_times_a_day(subscriptions: Subscriptions, queue: Queue) -> None:
    """Each time from what was sent last; the series goes on as before."""
    occurrence = rung(subscriptions, queue)
    for number in range(1, SNOOZES + 1):
        at = NINE + number * HOUR
        assert subscriptions.snooze(occurrence, at)
        again = subscriptions.occurrence(CHAT, ring(queue, at).id)
        assert again is not None
        assert (again.day, again.snooze, again.due_at) == (MONDAY, number, at)
        occurrence = again
    assert not subscriptions.snooze(occurrence, NINE + 5 * HOUR)
    assert due(subscriptions) == [NINE + DAY]
    assert [o.snooze for o in subscriptions.occurrences(CHAT, NOW)] == [3, 2, 1, 0]
    tomorrow = subscriptions.occurrence(CHAT, ring(queue, NINE + DAY).id)
    assert tomorrow is not None
    assert subscriptions.snooze(tomorrow, NINE + DAY + HOUR)


def test_the_log_is_of_the_last_days(subscriptions: Subscriptions, queue: Queue) -> None:
    add(subscriptions)
    for day in range(5):
        ring(queue, NINE + day * DAY)
    found = subscriptions.occurrences(CHAT, NINE + 2 * DAY)
    assert [o.day for o in found] == [MONDAY + n * DAY for n in (4, 3, 2)]
    assert {(o.state, o.showed, o.chat) for o in found} == {(State.SENT, "couch-stretch", CHAT)}
