"""Wishes at the desk, over a real database: what comes of them, and what is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.reminders.database import Database
from bot.reminders.dates import DateFault, Until
from bot.reminders.days import WEEK, Days
from bot.reminders.desk import PENDING, Desk
from bot.reminders.outcomes import (
    Asked,
    AskedZone,
    Confirmed,
    Draft,
    Gone,
    Listed,
    Log,
    Opened,
    Paused,
    PauseRefused,
    Refused,
    Resumed,
    Stopped,
    Which,
)
from bot.reminders.reminder import VARIED, Pause, Schedule
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.whereabouts import PlaceFault, Whereabout
from bot.reminders.wording import Action
from tests.reminders import asking
from tests.reminders.asking import (
    BERLIN,
    CHAT,
    EIGHT,
    LONDON,
    MINUTE,
    NINE,
    NOON,
    NOW,
    OTHER,
    TEN,
    TOKYO,
    WORKDAYS,
    a,
    have,
    schedules,
    wish,
)

database, desk = asking.database, asking.desk  # fixtures


@pytest.mark.parametrize(
    ("at", "days", "zone", "plan", "expected"),
    [
        (NINE, WORKDAYS, BERLIN, "desk-day", Schedule(NINE, WORKDAYS, BERLIN)),
        (NINE, None, TOKYO, None, Schedule(NINE, WEEK, TOKYO)),
    ],
)
def test_all_is_said(
    desk: Desk,
    subscriptions: Subscriptions,
    *,
    at: time,
    days: Days | None,
    zone: str,
    plan: str | None,
    expected: Schedule,
) -> None:
    made = a(Confirmed, wish(desk, at=at, days=days, zone=zone, plan=plan))
    assert made.new
    assert (made.reminder.schedule, made.reminder.plan) == (expected, plan or VARIED)
    assert subscriptions.of(CHAT) == (made.reminder,)


def test_the_time_is_missing(desk: Desk, subscriptions: Subscriptions) -> None:
    asked = wish(desk, days=WORKDAYS, zone=BERLIN, plan="desk-day")
    assert asked == Asked(Draft(None, WORKDAYS, "desk-day"))
    made = a(Confirmed, wish(desk, Action.CHANGE, at=NINE))
    assert made.reminder.schedule == Schedule(NINE, WORKDAYS, BERLIN)
    assert made.reminder.plan == "desk-day"
    assert subscriptions.chat(CHAT).pending is None


def test_the_zone_is_missing(desk: Desk, subscriptions: Subscriptions) -> None:
    draft = Draft(NINE, WORKDAYS, "desk-day")
    assert wish(desk, at=NINE, days=WORKDAYS, plan="desk-day") == AskedZone(draft)
    assert subscriptions.of(CHAT) == ()
    unknown = Whereabout(None, (), PlaceFault.UNKNOWN, is_reply=True)
    assert desk.place(CHAT, unknown, NOW) == AskedZone(draft, (), PlaceFault.UNKNOWN)
    several = Whereabout(None, (BERLIN, LONDON), None, is_reply=True)
    assert desk.place(CHAT, several, NOW) == AskedZone(draft, (BERLIN, LONDON))
    told = Whereabout(BERLIN, (), None, is_reply=True)
    a(Confirmed, desk.place(CHAT, told, NOW))
    assert schedules(subscriptions) == [Schedule(NINE, WORKDAYS, BERLIN)]
    assert desk.place(CHAT, told, NOW) is None
    again = a(Confirmed, wish(desk, at=NOON))  # the zone is known by now
    assert again.reminder.schedule.zone == BERLIN


def test_time_and_zone_are_missing(desk: Desk) -> None:
    assert wish(desk) == Asked(Draft())
    assert desk.place(CHAT, Whereabout(BERLIN, (), None, is_reply=True), NOW) is None
    assert wish(desk, at=NINE) == AskedZone(Draft(NINE))
    a(Confirmed, desk.move(CHAT, TOKYO, NOW))


@pytest.mark.parametrize(
    "say",
    [lambda desk: desk.move(CHAT, TOKYO, NOW), lambda desk: wish(desk, Action.CHANGE, zone=TOKYO)],
)
def test_a_zone_said_as_a_change_answers_the_question_too(desk: Desk, say: Any) -> None:
    wish(desk, at=NINE)
    assert a(Confirmed, say(desk)).reminder.schedule == Schedule(NINE, WEEK, TOKYO)


@pytest.mark.parametrize(("later", "waits"), [(PENDING, True), (PENDING + MINUTE, False)])
def test_a_question_is_not_open_for_ever(desk: Desk, later: timedelta, waits: bool) -> None:
    wish(desk, at=NINE)
    told = desk.place(CHAT, Whereabout(BERLIN, (), None, is_reply=True), NOW + later)
    assert isinstance(told, Confirmed) == waits


def test_a_question_is_open_after_a_restart(desk: Desk, database: Database) -> None:
    wish(desk, at=NINE, days=WORKDAYS)
    again = Desk(Subscriptions(database))
    told = again.place(CHAT, Whereabout(BERLIN, (), None, is_reply=True), NOW)
    assert a(Confirmed, told).reminder.schedule == Schedule(NINE, WORKDAYS, BERLIN)


def test_a_question_is_not_asked_of_others(desk: Desk) -> None:
    wish(desk, at=NINE)
    assert desk.place(OTHER, Whereabout(BERLIN, (), None, is_reply=True), NOW) is None
    assert desk.move(OTHER, BERLIN, NOW) == Gone()


def test_with_buttons(desk: Desk) -> None:
    draft = Draft()
    for chosen in (Draft(NINE), Draft(NINE, WORKDAYS), Draft(NINE, WORKDAYS, "evening")):
        assert desk.draft(CHAT, draft, NOW) == Asked(draft)
        draft = chosen
    assert desk.draft(CHAT, draft, NOW) == AskedZone(draft)
    made = a(Confirmed, desk.move(CHAT, BERLIN, NOW))
    assert (made.reminder.schedule, made.reminder.plan) == (
        Schedule(NINE, WORKDAYS, BERLIN),
        "evening",
    )


@pytest.mark.parametrize("action", [Action.INVALID, Action.UNSUPPORTED])
@pytest.mark.parametrize("times", [(), (NINE,), (NINE, NOON)])
def test_what_is_not_to_be_had_changes_nothing(
    desk: Desk, subscriptions: Subscriptions, action: Action, times: tuple[time, ...]
) -> None:
    have(desk, *times)
    with pytest.raises(ValueError, match=action):
        wish(desk, action)
    assert len(subscriptions.of(CHAT)) == len(times)


@pytest.mark.parametrize(
    "action", [Action.CHANGE, Action.STOP, Action.PAUSE, Action.RESUME, Action.LIST]
)
def test_there_is_none(desk: Desk, action: Action) -> None:
    assert wish(desk, action) == Gone()
    for outcome in (desk.listed(CHAT), desk.coming(CHAT, NOW), desk.month(CHAT, NOW)):
        assert outcome == Gone()
    assert desk.log(CHAT, NOW) == Log(())


def test_too_many_and_too_close(desk: Desk, subscriptions: Subscriptions) -> None:
    have(desk, NINE)
    close = a(Refused, wish(desk, at=time(9, 5))).close
    assert close is not None
    assert close.schedule.at == NINE
    assert close == a(Refused, wish(desk, at=NINE)).close
    have(desk, time(10), time(11), time(12), time(13))
    assert wish(desk, at=time(20)) == Refused()
    assert len(subscriptions.of(CHAT)) == 5


@pytest.mark.parametrize(
    ("action", "at", "days", "plan", "meant"),
    [
        (Action.STOP, NINE, None, None, {1}),
        (Action.STOP, None, WORKDAYS, None, {2}),
        (Action.STOP, None, None, "desk-day", {3}),
        (Action.STOP, None, None, None, {1, 2, 3}),
        (Action.STOP, EIGHT, None, None, {1, 2, 3}),
        (Action.STOP, NINE, WORKDAYS, None, {1, 2, 3}),
        (Action.STOP, None, WEEK, None, {1, 3}),
        (Action.PAUSE, NOON, None, None, {3}),
        (Action.PAUSE, EIGHT, None, None, {1, 2, 3}),
        (Action.RESUME, TEN, None, None, {2}),
        (Action.CHANGE, EIGHT, None, None, {1, 2, 3}),
    ],
)
def test_which_of_several_is_meant(
    desk: Desk,
    subscriptions: Subscriptions,
    *,
    action: Action,
    at: time | None,
    days: Days | None,
    plan: str | None,
    meant: set[int],
) -> None:
    have(desk, NINE)
    have(desk, TEN, days=WORKDAYS)
    a(Confirmed, wish(desk, at=NOON, plan="desk-day"))
    if action is Action.RESUME:
        desk.act(CHAT, Action.PAUSE, None, None, NOW)
    outcome = wish(desk, action, at, days, plan=plan)
    match outcome:
        case Which(asked, reminders):
            assert asked is action
        case Stopped(reminders) | Paused(reminders) | Resumed(reminders):
            assert len(meant) == 1
    assert {reminder.id for reminder in reminders} == meant
    left = 3 - len(meant) if isinstance(outcome, Stopped) else 3
    assert len(subscriptions.of(CHAT)) == left


def test_one_that_is_described_otherwise_is_not_stopped_unasked(
    desk: Desk, subscriptions: Subscriptions
) -> None:
    have(desk, NINE)
    assert a(Which, wish(desk, Action.STOP, at=EIGHT)).reminders == subscriptions.of(CHAT)
    assert a(Stopped, wish(desk, Action.STOP)).left == 0
    assert subscriptions.chat(CHAT).zone is None


def test_resume_means_the_one_that_is_paused(desk: Desk) -> None:
    have(desk, NINE, NOON)
    desk.act(CHAT, Action.PAUSE, 2, None, NOW)
    (resumed,) = a(Resumed, wish(desk, Action.RESUME)).reminders
    assert (resumed.id, resumed.paused) == (2, None)
    assert isinstance(desk.act(CHAT, Action.RESUME, 2, None, NOW), Listed)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (Draft(EIGHT), Schedule(EIGHT, WEEK, BERLIN)),
        (Draft(None, WORKDAYS), Schedule(NINE, WORKDAYS, BERLIN)),
        (Draft(EIGHT, None, None, TOKYO), Schedule(EIGHT, WEEK, TOKYO)),
        (Draft(plan="evening"), Schedule(NINE, WEEK, BERLIN)),
    ],
)
def test_a_change_leaves_the_rest(desk: Desk, draft: Draft, expected: Schedule) -> None:
    have(desk, NINE)
    said = wish(desk, Action.CHANGE, draft.at, draft.days, draft.zone, plan=draft.plan)
    changed = a(Confirmed, said)
    assert not changed.new
    assert changed.reminder.schedule == expected
    assert changed.reminder.plan == (draft.plan or VARIED)
    assert a(Confirmed, desk.change(CHAT, 1, draft, NOW)).reminder == changed.reminder


def test_a_change_that_names_nothing_shows_it(desk: Desk, subscriptions: Subscriptions) -> None:
    have(desk, NINE)
    assert wish(desk, Action.CHANGE) == Opened(subscriptions.of(CHAT)[0])


def test_the_change_of_one_of_several_keeps_all_that_was_said(desk: Desk) -> None:
    have(desk, NINE, NOON)
    which = a(Which, wish(desk, Action.CHANGE, EIGHT, zone=TOKYO))
    assert which.draft == Draft(EIGHT, zone=TOKYO)


@pytest.mark.parametrize("fault", DateFault)
def test_a_pause_that_cannot_be(desk: Desk, subscriptions: Subscriptions, fault: DateFault) -> None:
    have(desk, NINE)
    assert wish(desk, Action.PAUSE, until=Until(None, fault)) == PauseRefused(fault)
    assert subscriptions.of(CHAT)[0].paused is None


@pytest.mark.parametrize(
    ("pause", "again"),
    [
        (lambda desk: wish(desk, Action.PAUSE), None),
        (lambda desk: wish(desk, Action.PAUSE, until=Until(date(2026, 3, 9), None)), 9),
        (lambda desk: desk.pause_for(CHAT, 1, 3, NOW), 5),
        (lambda desk: desk.act(CHAT, Action.PAUSE, None, date(2026, 3, 4), NOW), 4),
    ],
)
def test_a_pause(desk: Desk, pause: Any, again: int | None) -> None:
    have(desk, NOON)
    (paused,) = a(Paused, pause(desk)).reminders
    assert paused.paused is Pause.WISHED
    due = datetime(2026, 3, again, 11, tzinfo=UTC) if again else None
    assert paused.next_due_at == due
    a(Resumed, wish(desk, Action.RESUME))


@pytest.mark.parametrize(
    ("times", "zone"),
    [
        ((NINE,), LONDON),
        ((NINE, TEN), LONDON),
        ((TEN, NINE), LONDON),
        ((NINE, TEN, time(11), time(12), time(13)), LONDON),
        ((NINE, time(17)), TOKYO),
        ((NINE, TEN), BERLIN),
    ],
)
def test_a_move_takes_all_along(
    desk: Desk, subscriptions: Subscriptions, times: tuple[time, ...], zone: str
) -> None:
    have(desk, *times)
    moved = wish(desk, Action.CHANGE, zone=zone)
    assert isinstance(moved, Listed if len(times) > 1 else Confirmed)
    assert schedules(subscriptions) == [Schedule(at, WEEK, zone) for at in times]
    assert subscriptions.chat(CHAT).zone == zone
