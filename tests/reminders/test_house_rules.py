"""When and where a group's rules let the bot speak."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.house_rules import GENERAL, HouseRules, Quiet, is_quiet, may_answer_in

GROUP = -100
BERLIN, CHATHAM = "Europe/Berlin", "Pacific/Chatham"
minutes = st.times().map(lambda t: t.replace(second=0, microsecond=0))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 365 * 24 * 60).map(lambda n: NEW_YEAR + n * timedelta(minutes=1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def rules(begins: str, ends: str, zone: str | None = BERLIN) -> HouseRules:
    hours = Quiet(time.fromisoformat(begins), time.fromisoformat(ends))
    return HouseRules(GROUP, zone, quiet=hours)


@pytest.mark.parametrize(
    ("begins", "ends", "now", "quiet"),
    [
        # By day: from the first minute up to, and without, the last.
        ("09:00", "17:00", "2026-03-02 08:59+01:00", False),
        ("09:00", "17:00", "2026-03-02 09:00+01:00", True),
        ("09:00", "17:00", "2026-03-02 16:59:59+01:00", True),
        ("09:00", "17:00", "2026-03-02 17:00+01:00", False),
        # Over midnight.
        ("22:00", "07:00", "2026-03-02 21:59+01:00", False),
        ("22:00", "07:00", "2026-03-02 22:00+01:00", True),
        ("22:00", "07:00", "2026-03-03 00:00+01:00", True),
        ("22:00", "07:00", "2026-03-03 06:59+01:00", True),
        ("22:00", "07:00", "2026-03-03 07:00+01:00", False),
        # Up to midnight, and from it.
        ("22:00", "00:00", "2026-03-02 23:59+01:00", True),
        ("22:00", "00:00", "2026-03-03 00:00+01:00", False),
        ("00:00", "07:00", "2026-03-03 00:00+01:00", True),
        ("08:00", "08:00", "2026-03-03 08:00+01:00", False),  # no hours at all
        # By the group's clock, whatever the moment is written in.
        ("22:00", "07:00", "2026-03-02 21:00+00:00", True),
        ("22:00", "07:00", "2026-03-02 20:59+00:00", False),
        ("22:00", "07:00", "2026-03-02 16:00-05:00", True),
        # The night of the 29th of March has no 02:30: 01:59 is followed by 03:00.
        ("22:00", "02:30", "2026-03-29 00:59+00:00", True),
        ("22:00", "02:30", "2026-03-29 01:00+00:00", False),
        ("02:00", "03:00", "2026-03-29 01:00+00:00", False),
        ("22:00", "07:00", "2026-03-29 04:59+00:00", True),
        ("22:00", "07:00", "2026-03-29 05:00+00:00", False),
        # That of the 25th of October has two: both are half past two.
        ("22:00", "02:30", "2026-10-25 00:29+00:00", True),
        ("22:00", "02:30", "2026-10-25 00:30+00:00", False),
        ("22:00", "02:30", "2026-10-25 01:15+00:00", True),
        ("22:00", "07:00", "2026-10-25 05:59+00:00", True),
        ("22:00", "07:00", "2026-10-25 06:00+00:00", False),
    ],
)
def test_quiet_hours(begins: str, ends: str, now: str, quiet: bool) -> None:
    assert is_quiet(rules(begins, ends), at(now)) is quiet


@pytest.mark.parametrize(
    ("zone", "now", "quiet"),
    [
        (CHATHAM, "2026-03-02 08:15+00:00", True),  # 22:00 there, at +13:45
        (CHATHAM, "2026-03-02 08:14+00:00", False),
        ("Gone/Nowhere", "2026-03-02 22:00+00:00", True),  # no fault; UTC instead
        (None, "2026-03-02 23:00+00:00", False),
    ],
)
def test_zones(zone: str | None, now: str, quiet: bool) -> None:
    assert is_quiet(rules("22:00", "07:00", zone), at(now)) is quiet


@given(moments)
def test_without_hours_it_is_never_quiet(now: datetime) -> None:
    assert not is_quiet(HouseRules(GROUP, BERLIN), now)


@given(minutes, minutes, moments)
def test_what_is_not_quiet_is_so_by_the_hours_turned_about(
    begins: time, ends: time, now: datetime
) -> None:
    there = HouseRules(GROUP, BERLIN, quiet=Quiet(begins, ends))
    back = HouseRules(GROUP, BERLIN, quiet=Quiet(ends, begins))
    assert is_quiet(there, now) is (begins != ends and not is_quiet(back, now))


@given(minutes, minutes)
def test_a_day_has_as_many_quiet_minutes_as_were_wished(begins: time, ends: time) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    hours = HouseRules(GROUP, "UTC", quiet=Quiet(begins, ends))
    found = sum(is_quiet(hours, midnight + n * timedelta(minutes=1)) for n in range(24 * 60))
    wished = datetime.combine(midnight, ends) - datetime.combine(midnight, begins)
    assert found == wished % timedelta(days=1) // timedelta(minutes=1)


@pytest.mark.parametrize(
    ("only", "topic", "may"),
    [
        (None, None, True),
        (None, 5, True),
        (GENERAL, None, True),  # Telegram gives the General topic no number
        (GENERAL, GENERAL, True),
        (GENERAL, 5, False),
        (5, 5, True),
        (5, 6, False),
        (5, None, False),
    ],
)
def test_where_it_answers(only: int | None, topic: int | None, may: bool) -> None:
    assert may_answer_in(HouseRules(GROUP, topic=only), topic) is may
