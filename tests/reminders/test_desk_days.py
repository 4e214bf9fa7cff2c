"""Presses at the desk, over a real database, and the days that were and that come."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reminders.asides import Aside, Said
from bot.reminders.desk import Desk
from bot.reminders.outcomes import (
    Coming,
    Confirmed,
    Draft,
    Gone,
    Log,
    Month,
    Outcome,
    Reacted,
    Snoozed,
    Stopped,
)
from bot.reminders.queue import Queue
from bot.reminders.reminder import Reaction, State
from bot.reminders.streaks import Streak
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.wording import Action
from tests.reminders import asking
from tests.reminders.asking import (
    BERLIN,
    CHAT,
    DAY,
    EIGHT,
    HOUR,
    MINUTE,
    NINE,
    NOON,
    NOW,
    OTHER,
    TOKYO,
    a,
    have,
    ring,
    wish,
)

database, desk = asking.database, asking.desk  # fixtures


def test_the_gone_and_those_of_others(desk: Desk) -> None:
    have(desk, NINE)
    for chat, gone in ((CHAT, Gone(1)), (OTHER, Gone())):
        id = 9 if chat == CHAT else 1
        outcomes = [
            desk.opened(chat, id),
            desk.change(chat, id, Draft(EIGHT), NOW),
            desk.pause_for(chat, id, 3, NOW),
            desk.act(chat, Action.STOP, id, None, NOW),
            desk.act(chat, Action.PAUSE, id, None, NOW),
            desk.react(chat, id, Reaction.DONE, NOW),
            desk.snooze(chat, id, 10, NOW),
        ]
        assert outcomes == [gone] * len(outcomes)


def test_stopping_all_keeps_nothing(desk: Desk, subscriptions: Subscriptions) -> None:
    have(desk, NINE, NOON)
    subscriptions.remember(CHAT, ["pregnancy"])
    stopped = a(Stopped, desk.act(CHAT, Action.STOP, None, None, NOW))
    assert (len(stopped.reminders), stopped.left) == (2, 0)
    assert subscriptions.chat(CHAT).conditions == ()


@pytest.mark.parametrize(
    ("here", "minutes", "comes"),
    [
        ("09:00", 10, "09:10"),
        ("09:00", None, "19:00"),
        ("17:59", None, "19:00"),
        ("18:00", None, "19:00"),  # an hour ahead either way
        ("18:01", None, "19:01"),
        ("20:30", None, "21:30"),
    ],
)
def test_a_snooze(
    desk: Desk,
    subscriptions: Subscriptions,
    *,
    queue: Queue,
    here: str,
    minutes: int | None,
    comes: str,
) -> None:
    have(desk, time(8), zone=TOKYO)
    day = datetime(2026, 3, 2, 23, tzinfo=UTC)  # 8 in the morning of the third
    one = ring(subscriptions, queue, day)
    now = datetime.fromisoformat(f"2026-03-03T{here}+09:00")
    snoozed = a(Snoozed, desk.snooze(CHAT, one.id, minutes, now))
    assert snoozed.at is not None
    assert f"{snoozed.at.astimezone(ZoneInfo(TOKYO)):%d %H:%M}" == f"03 {comes}"
    assert snoozed.zone == TOKYO
    (due,) = queue.claim(snoozed.at, 10)
    assert (due.snooze, due.day) == (1, date(2026, 3, 3))


def test_three_snoozes_a_day(desk: Desk, subscriptions: Subscriptions, queue: Queue) -> None:
    have(desk, NOON, zone="UTC")
    one = ring(subscriptions, queue, NOW + 4 * HOUR)
    told = [a(Snoozed, desk.snooze(CHAT, one.id, 10, NOW + 4 * HOUR)).at for _ in range(4)]
    assert [at is not None for at in told] == [True, True, True, False]


def test_done_skipped_and_undone(desk: Desk, subscriptions: Subscriptions, queue: Queue) -> None:
    have(desk, NOON, zone="UTC")
    noon = NOW + 4 * HOUR
    one = ring(subscriptions, queue, noon)
    done = a(Reacted, desk.react(CHAT, one.id, Reaction.DONE, noon))
    assert (done.reaction, done.streak.days) == (Reaction.DONE, 1)
    assert a(Reacted, desk.react(CHAT, one.id, Reaction.DONE, noon)).streak.days == 1
    month = a(Month, desk.month(CHAT, noon))
    assert month.done == month.sent == {noon.date()}
    assert month.today == noon.date()
    assert a(Reacted, desk.react(CHAT, one.id, None, noon)).streak.days == 0
    assert a(Reacted, desk.react(CHAT, one.id, Reaction.SKIPPED, noon)).reaction is Reaction.SKIPPED
    assert a(Month, desk.month(CHAT, noon)).done == frozenset()


@pytest.mark.parametrize("message", [7, None])
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Said(Aside.DONE), Reacted),
        (Said(Aside.SKIP), Reacted),
        (Said(Aside.LATER, 30), Snoozed),
    ],
)
def test_what_is_said_to_what_came(
    desk: Desk,
    subscriptions: Subscriptions,
    *,
    queue: Queue,
    said: Said,
    kind: type[Outcome],
    message: int | None,
) -> None:
    have(desk, NOON, zone="UTC")
    noon = NOW + 4 * HOUR
    assert desk.aside(CHAT, said, noon, message) is None
    ring(subscriptions, queue, noon)
    assert isinstance(desk.aside(CHAT, said, noon + 17 * HOUR, message), kind)
    assert desk.aside(OTHER, said, noon, message) is None
    assert desk.aside(CHAT, said, noon, 99) is None
    late = desk.aside(CHAT, said, noon + 19 * HOUR, message)
    assert (late is None) == (message is None)


def test_a_streak_over_two_reminders(
    desk: Desk, subscriptions: Subscriptions, queue: Queue
) -> None:
    have(desk, NOON, zone="UTC")
    for day in range(4):
        at = NOW + day * DAY + 4 * HOUR
        one = ring(subscriptions, queue, at, message=day + 1)
        if day != 1:
            desk.react(CHAT, one.id, Reaction.DONE, at)
    have(desk, time(20), zone="UTC")  # made last: its days count from now on
    month = a(Month, desk.month(CHAT, NOW + 3 * DAY + 5 * HOUR))
    assert month.streak == Streak(3, 3, missed_this_week=True)
    assert len(month.sent) == 4


def test_the_coming_week(desk: Desk, subscriptions: Subscriptions, queue: Queue) -> None:
    have(desk, NOON, zone="UTC")
    have(desk, time(18), days=("wed", "sat"), zone="UTC")
    have(desk, time(20), zone="UTC")
    desk.act(CHAT, Action.PAUSE, 3, None, NOW)
    ring(subscriptions, queue, NOW + 4 * HOUR)
    coming = a(Coming, desk.coming(CHAT, NOW + 5 * HOUR))
    moments = [one.at for _, one, _ in coming.ringings]
    assert moments == sorted(moments)
    by = {id: [n for r, _, n in coming.ringings if r.id == id] for id in (1, 2, 3)}
    assert by == {1: [1, 2, 3, 4, 5, 6, 7], 2: [0, 1], 3: []}


@pytest.mark.parametrize(
    ("now", "marked", "shift"),
    [
        (datetime(2026, 3, 26, 12, tzinfo=UTC), 29, HOUR),  # the clocks go forward that night
        (datetime(2026, 10, 22, 12, tzinfo=UTC), 25, -HOUR),
        (datetime(2026, 6, 22, 12, tzinfo=UTC), None, None),
    ],
)
def test_the_coming_week_over_a_change_of_the_clocks(
    desk: Desk, now: datetime, marked: int | None, shift: timedelta | None
) -> None:
    a(Confirmed, wish(desk, at=NINE, zone=BERLIN, now=now))
    coming = a(Coming, desk.coming(CHAT, now))
    assert len(coming.ringings) == 7
    assert {one.at.time() for _, one, _ in coming.ringings} == {NINE}
    shifts = {one.day.day: one.shift for _, one, _ in coming.ringings if one.shift}
    assert shifts == ({marked: shift} if marked else {})


def test_a_pause_until_a_day_shows_what_comes_after(desk: Desk) -> None:
    have(desk, NOON, zone="UTC")
    desk.pause_for(CHAT, 1, 3, NOW)
    days = [one.day.day for _, one, _ in a(Coming, desk.coming(CHAT, NOW)).ringings]
    assert days == [5, 6, 7, 8]


def test_the_log(desk: Desk, subscriptions: Subscriptions, queue: Queue) -> None:
    have(desk, NOON, zone="UTC")
    noon = NOW + 4 * HOUR
    ring(subscriptions, queue, noon)
    queue.claim(noon + DAY + 2 * HOUR, 10)  # too late by then
    log = a(Log, desk.log(CHAT, noon + 2 * DAY))
    assert [(one.state, zone) for one, zone in log.occurrences] == [
        (State.SKIPPED, "UTC"),
        (State.SENT, "UTC"),
    ]
    assert a(Log, desk.log(CHAT, noon + 14 * DAY + MINUTE)).occurrences == log.occurrences[:1]
    assert desk.log(OTHER, noon) == Log(())
