"""Streaks: told cases, and laws that hold for any history."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.streaks import Streak, streak

MONDAY = date(2026, 3, 2)  # the days below are counted from it: 0 to 6 are its week
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)

days = st.integers(0, 80).map(lambda n: MONDAY + n * DAY)
dates = st.frozensets(days, max_size=81)
histories = st.tuples(dates, dates, days)


def from_monday(numbers: AbstractSet[int]) -> frozenset[date]:
    return frozenset(MONDAY + number * DAY for number in numbers)


@pytest.mark.parametrize(
    ("done", "due", "today", "expected"),
    [
        pytest.param(set(), set(), 0, Streak(0, 0, False), id="nothing yet"),
        pytest.param({0, 1, 2}, {0, 1, 2}, 2, Streak(3, 3, False), id="each day done"),
        pytest.param({0, 1}, {0, 1, 2}, 2, Streak(2, 2, False), id="today is still open"),
        pytest.param({0, 1}, {0, 1, 2}, 3, Streak(2, 2, True), id="one miss is forgiven"),
        pytest.param({0, 3}, {0, 1, 2, 3}, 3, Streak(1, 1, True), id="the second ends the run"),
        pytest.param({0, 2, 4}, {*range(5)}, 4, Streak(2, 2, True), id="what is between counts"),
        pytest.param({0, 2, 3}, {*range(5)}, 5, Streak(2, 3, True), id="and in the run before"),
        pytest.param({0}, {0, 1, 2}, 3, Streak(0, 1, True), id="ended, and not begun again"),
        pytest.param({5, 8}, {5, 6, 7, 8}, 8, Streak(2, 2, True), id="Sunday and Monday missed"),
        pytest.param({5, 8}, {5, 6, 8}, 8, Streak(2, 2, False), id="missed last week"),
        pytest.param({0, 7}, {0, 7}, 20, Streak(2, 2, False), id="a pause ends nothing"),
        pytest.param({0, 1, 2}, {0}, 2, Streak(3, 3, False), id="free days count"),
        pytest.param({0, 3}, {0, 2}, 2, Streak(2, 2, False), id="done where it is tomorrow"),
        pytest.param({0}, {0, 3, 4}, 2, Streak(1, 1, False), id="sent where it is tomorrow"),
    ],
)
def test_a_streak(done: set[int], due: set[int], today: int, expected: Streak) -> None:
    assert streak(from_monday(done), from_monday(due), MONDAY + today * DAY) == expected


@pytest.mark.parametrize(
    ("missed", "run"),
    [
        pytest.param((date(2026, 12, 28), date(2027, 1, 3)), 1, id="one week in two years"),
        pytest.param((date(2027, 1, 3), date(2027, 1, 4)), 3, id="two weeks in one year"),
        pytest.param((date(2025, 1, 1), date(2025, 12, 31)), 3, id="both in a week 1"),
    ],
)
def test_weeks_over_a_new_year(missed: tuple[date, date], run: int) -> None:
    first, second = missed
    done = {first - DAY, first - WEEK, second + DAY}
    assert streak(done, done | {first, second}, second + DAY).days == run


@given(histories)
def test_it_is_the_longest_stretch_without_two_misses_a_week(
    history: tuple[frozenset[date], frozenset[date], date],
) -> None:
    done, due, today = history
    missed = {day for day in due - done if day < today}
    runs = [walked_back(done, missed, end) for end in sorted(done | {today + 81 * DAY})]
    this_week = {day.isocalendar()[:2] for day in missed}
    expected = Streak(runs[-1], max(runs), today.isocalendar()[:2] in this_week)
    assert streak(done, due, today) == expected


def walked_back(done: AbstractSet[date], missed: AbstractSet[date], end: date) -> int:
    """Done dates from `end` back to the second miss of a week, a date at a time."""
    count, forgiven, day = 0, set[tuple[int, int]](), end
    while day >= MONDAY:
        week = day.isocalendar()[:2]
        if day in missed and week in forgiven:
            break
        if day in missed:
            forgiven.add(week)
        count += day in done
        day -= DAY
    return count


@given(histories, days)
def test_a_done_day_never_shortens(
    history: tuple[frozenset[date], frozenset[date], date], day: date
) -> None:
    done, due, today = history
    before, after = streak(done, due, today), streak(done | {day}, due, today)
    assert after.days >= before.days
    assert after.best >= before.best
    assert after.missed_this_week <= before.missed_this_week


@given(histories)
def test_a_run_has_done_days_only(
    history: tuple[frozenset[date], frozenset[date], date],
) -> None:
    done, due, today = history
    counted = streak(done, due, today)
    assert 0 <= counted.days <= counted.best <= len(done)


@given(histories, days)
def test_a_day_without_a_reminder_ends_nothing(
    history: tuple[frozenset[date], frozenset[date], date], day: date
) -> None:
    done, due, today = history
    with_it, without = streak(done, due | {day}, today), streak(done, due - {day}, today)
    assert without.days >= with_it.days
    assert without.best >= with_it.best


@given(dates, st.integers(0, 10))
def test_a_forgiven_miss_is_no_day_and_ends_no_run(done: frozenset[date], week: int) -> None:
    today = MONDAY + 81 * DAY
    missed = MONDAY + week * WEEK
    assert streak(done, done | {missed}, today).days == len(done)


@given(histories, st.integers(0, 2))
def test_travel_west_never_shortens(
    history: tuple[frozenset[date], frozenset[date], date], back: int
) -> None:
    done, due, today = history
    home, west = streak(done, due, today), streak(done, due, today - back * DAY)
    assert west.days >= home.days
    assert west.best >= home.best


@given(histories, st.integers(-2000, 2000))
def test_only_dates_and_their_weeks_matter(
    history: tuple[frozenset[date], frozenset[date], date], weeks: int
) -> None:
    done, due, today = history
    moved = [frozenset(day + weeks * WEEK for day in those) for those in (done, due)]
    assert streak(moved[0], moved[1], today + weeks * WEEK) == streak(done, due, today)
