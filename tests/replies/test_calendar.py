"""The month's grid: as it looks, and that its columns stay aligned."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.calendar import DONE, SENT, TODAY, WIDTH, month


@dataclass(frozen=True, slots=True)
class Texts:
    months: tuple[str, ...] = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
    weekdays: tuple[str, ...] = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


TEXTS = Texts()
DAY = timedelta(days=1)

BEGINS_ON_SUNDAY = """
February
 Mo  Tu  We  Th  Fr  Sa  Su
                          1.
  2*  3*  4*  5   6   7*  8*
  9. 10*>11* 12  13  14  15
 16  17  18  19  20  21  22
 23  24  25  26  27  28
"""
FOUR_ROWS = """
February
 Mo  Tu  We  Th  Fr  Sa  Su
> 1.  2   3   4   5   6   7
  8   9  10  11  12  13  14
 15  16  17  18  19  20  21
 22  23  24  25  26  27  28
"""
SIX_ROWS = """
March
 Mo  Tu  We  Th  Fr  Sa  Su
                          1
  2   3   4   5   6   7   8
  9  10  11  12  13  14  15
 16  17  18  19  20  21  22
 23  24  25  26  27  28* 29.
 30*>31
"""

today = st.dates()
marked = st.frozensets(st.integers(-40, 40))


@pytest.mark.parametrize(
    ("done", "due", "on", "expected"),
    [
        pytest.param(
            {2, 3, 4, 7, 8, 10, 11}, {1, 2, 9, 10}, date(2026, 2, 11), BEGINS_ON_SUNDAY, id="Sunday"
        ),
        pytest.param(set(), {1}, date(2027, 2, 1), FOUR_ROWS, id="four rows"),
        pytest.param({28, 30}, {28, 29, 30}, date(2026, 3, 31), SIX_ROWS, id="six rows"),
    ],
)
def test_a_month(done: set[int], due: set[int], on: date, expected: str) -> None:
    dates = [{on.replace(day=number) for number in those} for those in (done, due)]
    assert month(dates[0], dates[1], on, TEXTS) == expected.strip("\n")


def test_days_of_other_months_are_left_out() -> None:
    on = date(2026, 2, 11)
    others = {date(2026, 1, 11), date(2026, 3, 11), date(2025, 2, 11)}
    assert month(others, others, on, TEXTS) == month(set(), set(), on, TEXTS)


@given(today, marked, marked)
def test_each_day_stands_under_its_weekday_with_its_mark(
    on: date, done: AbstractSet[int], due: AbstractSet[int]
) -> None:
    near = [around(on, those) for those in (done, due)]
    name, _, *weeks = month(near[0], near[1], on, TEXTS).split("\n")
    assert name == TEXTS.months[on.month - 1]
    cells = [
        (column, cell)
        for week in weeks
        for column in range(7)
        if (cell := week.ljust(WIDTH)[column * 4 : column * 4 + 4]).strip()
    ]
    for number, (column, cell) in enumerate(cells, 1):
        day = on.replace(day=number)
        mark = DONE if day in near[0] else SENT if day in near[1] else " "
        assert column == day.weekday()
        assert cell == f"{TODAY if day == on else ' '}{number:>2}{mark}"
    assert len(cells) == 31 or on.replace(day=1) + len(cells) * DAY == next_first(on)


@given(today, marked, marked)
def test_it_fits_a_phone(on: date, done: AbstractSet[int], due: AbstractSet[int]) -> None:
    lines = month(around(on, done), around(on, due), on, TEXTS).split("\n")
    assert len(lines) <= 8
    assert all(len(line) <= WIDTH and line == line.rstrip() for line in lines)
    assert lines[0] == lines[0].lstrip()  # Telegram trims a message


def around(on: date, numbers: AbstractSet[int]) -> frozenset[date]:
    """Dates that many days from `on`, as far as there are dates."""
    last = date.max.toordinal()
    return frozenset(
        date.fromordinal(n) for number in numbers if 1 <= (n := on.toordinal() + number) <= last
    )


def next_first(on: date) -> date:
    """The first day of the month after that of `on`."""
    return (on.replace(day=28) + 4 * DAY).replace(day=1)
