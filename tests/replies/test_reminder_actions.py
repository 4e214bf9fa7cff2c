"""What the buttons of reminders carry: nothing is lost, nothing too long, nothing makes a fault."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.loader import load
from bot.reminders.days import WEEK, Days
from bot.reminders.outcomes import Draft
from bot.reminders.reminder import VARIED, Reaction
from bot.replies import actions
from bot.replies import reminder_actions as a
from tests.conftest import ENGLISH
from tests.replies.button_data import LARGEST, MOST, ids, like_ours, times

KNOWLEDGE = load(ENGLISH, examples=False)
PLANS = (VARIED, *KNOWLEDGE.plans.starters, *KNOWLEDGE.techniques)
LONGEST_PLAN = max(PLANS, key=len)
ZONES = sorted(available_timezones())
LONGEST_ZONE = max(ZONES, key=len)

plans = st.sampled_from(PLANS) | st.just(LONGEST_PLAN)
zones = st.sampled_from(ZONES) | st.just(LONGEST_ZONE)


def in_order(days: set[str]) -> Days:
    return tuple(day for day in WEEK if day in days)


weekdays = st.sets(st.sampled_from(WEEK), min_size=1).map(in_order)
maybe_times, maybe_days = st.none() | times, st.none() | weekdays
drafts = st.builds(Draft, maybe_times, maybe_days, st.none() | plans)
changes = drafts | st.builds(Draft, maybe_times, maybe_days, st.none(), zones)
kinds: dict[type[a.ReminderAction], st.SearchStrategy[a.ReminderAction]] = {
    a.GoOn: st.builds(a.GoOn, drafts),
    a.OpenReminder: st.builds(a.OpenReminder, ids, st.none(), st.booleans())
    | st.builds(a.OpenReminder, ids, st.sampled_from(a.Asks)),
    a.ChangeReminder: st.builds(a.ChangeReminder, ids, changes),
    a.PauseReminder: st.builds(
        a.PauseReminder,
        st.none() | ids,
        st.none() | st.dates(date(2000, 1, 1), date(2999, 12, 31)),
    ),
    a.PauseFor: st.builds(a.PauseFor, ids, st.integers(1, 366)),
    a.ResumeReminder: st.builds(a.ResumeReminder, st.none() | ids),
    a.StopReminder: st.builds(a.StopReminder, st.none() | ids),
    a.OpenReminders: st.just(a.OpenReminders()),
    a.ChooseZone: st.builds(a.ChooseZone, zones),
    a.React: st.builds(a.React, ids, st.none() | st.sampled_from(Reaction)),
    a.Snooze: st.builds(a.Snooze, ids, st.none() | st.integers(1, 24 * 60)),
    a.ShowSteps: st.builds(a.ShowSteps, ids),
    a.SetSilent: st.builds(a.SetSilent, st.booleans()),
}
names = [
    *("set", "r", "r-new", "r-ask", "r-to", "r-pause", "r-for", "r-resume", "r-stop"),
    *("reminders", "zone", "o", "o-later", "o-steps", "silent"),
]
parts = [
    *("0730", "2460", "7f", "zz", "time", "done", "varied"),
    *("0001-01-01", "9999-12-31", "2026-02-30"),
    *("Europe", "Europe/Berlin", "../../etc/passwd", "/etc/passwd"),
]
data_like_ours = like_ours(names, parts, 5)


def test_every_kind_is_tried() -> None:
    assert set(kinds) == set(a.ReminderAction.__args__)


@given(st.one_of(*kinds.values()))
def test_there_and_back(action: a.ReminderAction) -> None:
    data = a.encode(action)
    assert len(data.encode()) <= MOST
    assert a.decode(data) == action
    assert actions.decode(actions.encode(action)) == action


@pytest.mark.parametrize(
    "action",
    [
        a.GoOn(Draft(time(23, 59), WEEK, LONGEST_PLAN)),
        a.ChangeReminder(LARGEST, Draft(time(23, 59), WEEK, LONGEST_PLAN)),
        a.ChangeReminder(LARGEST, Draft(time(23, 59), WEEK, None, LONGEST_ZONE)),
        a.ChooseZone(LONGEST_ZONE),
        a.PauseReminder(LARGEST, date(2026, 12, 31)),
    ],
)
def test_the_longest_fit(action: a.ReminderAction) -> None:
    assert len(a.encode(action).encode()) <= MOST
    assert a.decode(a.encode(action)) == action


def test_a_zone_gives_way_to_a_plan() -> None:
    draft = Draft(time(9), None, "varied", "Asia/Tokyo")
    action = a.ChangeReminder(1, draft)
    assert a.decode(a.encode(action)) == a.ChangeReminder(1, Draft(time(9), None, "varied"))


@given(st.text(max_size=70) | data_like_ours)
def test_any_data_is_read_without_fault(data: str) -> None:
    for read in (a.decode, actions.decode):
        action = read(data)
        assert action is None or actions.decode(actions.encode(action)) == action


@pytest.mark.parametrize(
    "data",
    [
        *("r:", "r:-1", "r:1.0", "r: 1", "r:1_0", "r:\N{ARABIC-INDIC DIGIT ONE}", "r:" + "9" * 17),
        *("r-ask:1:zone", "r-ask:1", "r-to:1:2500:-:-", "r-to:1:-:zz:-", "r-to:1:-:-:-:Narnia"),
        *("r-pause:1:tomorrow", "r-pause:1:9999-12-31", "r-for:1:1000", "r-for:1:-1"),
        *("zone:", "zone:Europe", "zone:../../etc/passwd", "zone:Narnia", "zone:UTC\0"),
        *("o:1:did", "o-later:1:99999", "o-later:1:-5", "silent:", "silent:12", "r-snooze:1"),
    ],
)
def test_what_no_button_says(data: str) -> None:
    assert a.decode(data) is None
