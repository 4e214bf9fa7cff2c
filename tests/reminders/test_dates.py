"""When a pause ends, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.loader import load
from bot.reminders.dates import FARTHEST, DateFault, DateReader, Until
from tests.conftest import ENGLISH

DATES = DateReader(load(ENGLISH, examples=False).reminder_words)
WEDNESDAY = date(2026, 11, 25)


def read(text: str, today: date = WEDNESDAY) -> str:
    until = DATES.read(text, today)
    return until.fault or (until.day.isoformat() if until.day else "")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("pause until monday", "2026-11-30"),
        ("Pause till Monday please!", "2026-11-30"),
        ("until wednesday", "2026-12-02"),
        ("until thurs", "2026-11-26"),
        ("until next friday", "2026-12-04"),
        ("until this friday", "2026-11-27"),
        ("until next monday", "2026-11-30"),
        ("pause until a week on friday", "2026-12-04"),
        ("stop until monday week", "2026-12-07"),
        ("pause my 7.30 reminder until sunday", "2026-11-29"),
        ("until monday morning at 8", "2026-11-30"),
        ("dont text me until i get back on tuesday", "2026-12-01"),
        ("pause until mnoday", "2026-11-30"),
        ("monday", "2026-11-30"),
        ("pause through sunday", "2026-11-30"),
        ("until thursday next week", "2026-12-03"),
        ("until monday after next", "2026-12-07"),
        ("from monday to friday i'm away, pause it", "2026-11-28"),
        ("pause until tomorrow", "2026-11-26"),
        ("until tommorrow", "2026-11-26"),
        ("till the day after tomorrow", "2026-11-27"),
        ("skip today", "2026-11-26"),
        ("no reminders tonight", "2026-11-26"),
        ("skip tomorrow", "2026-11-27"),
    ],
)
def test_days(said: str, day: str) -> None:
    assert read(said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("pause my reminders till the 5th of december", "2026-12-05"),
        ("until 5 december", "2026-12-05"),
        ("until my surgery on the 14th of december", "2026-12-14"),
        ("I'm back at work on 4 January", "2027-01-04"),
        ("until 5 12 2026", "2026-12-05"),
        ("until december 5", "2026-12-05"),
        ("until December 5th, 2026", "2026-12-05"),
        ("until the fifth of december", "2026-12-05"),
        ("until december the twenty first", "2026-12-21"),
        ("until monday, 7 december", "2026-12-07"),
        ("until Monday the 7th of Dec", "2026-12-07"),
        ("stop until 2026-12-05", "2026-12-05"),
        ("2026/12/05", "2026-12-05"),
        ("pause until 5/12", "2026-12-05"),
        ("pause until 12/25", "2026-12-25"),
        ("pause until 5/12/26", "2026-12-05"),
        ("till 5.12.", "2026-12-05"),
        ("till 5.12.2026 at 8", "2026-12-05"),
        ("until Jan 3", "2027-01-03"),
        ("until 3rd jan", "2027-01-03"),
        ("until 20 november", "2027-11-20"),
        ("back on the 12th", "2026-12-12"),
        ("I'm away, back the 26th", "2026-11-26"),
        ("till the 25th", "2026-12-25"),
        ("until the 31st", "2026-12-31"),
        ("until 3 janurary", "2027-01-03"),
        ("I'm on holiday until march", "2027-03-01"),
        ("until november", "2027-11-01"),
        ("until mid-january", "2027-01-15"),
        ("pause until early february", "2027-02-01"),
        ("until the end of january", "2027-02-01"),
        ("until the end of november", "2026-12-01"),
        ("I'm on vacation, back 5 jan", "2027-01-05"),
        ("until after christmas", "2026-12-27"),
        ("till after the 5th", "2026-12-06"),
        ("until christmas", "2026-12-25"),
        ("until the new year", "2027-01-01"),
        ("until after new year's day", "2027-01-02"),
        ("until 2027", "2027-01-01"),
        ("through december 5", "2026-12-06"),
    ],
)
def test_dates(said: str, day: str) -> None:
    assert read(said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("no reminders for two weeks", "2026-12-09"),
        ("for 3 days", "2026-11-28"),
        ("for two weeks from 5 december", "2026-12-19"),
        ("until 2 weeks after christmas", "2027-01-08"),
        ("a week from monday", "2026-12-07"),
        ("a week", "2026-12-02"),
        ("for a fortnight", "2026-12-09"),
        ("pause for a couple of weeks pls", "2026-12-09"),
        ("hold off for a few days", "2026-11-28"),
        ("for the next ten days", "2026-12-05"),
        ("for the next week", "2026-12-02"),
        ("pause 2 wks", "2026-12-09"),
        ("for another week", "2026-12-02"),
        ("for at least a month", "2026-12-25"),
        ("start again in 3 days", "2026-11-28"),
        ("for 10d", "2026-12-05"),
        ("for twenty five days", "2026-12-20"),
        ("for a year", "2027-11-25"),
        ("pause my 5 days a week reminder for 3 days", "2026-11-28"),
        ("stop my twice a week reminder until friday", "2026-11-27"),
        ("i've stretched for 3 weeks, pause until friday", "2026-11-27"),
        ("till next month", "2026-12-01"),
        ("until the end of the month", "2026-12-01"),
        ("pause for the rest of the month", "2026-12-01"),
        ("for the rest of the week", "2026-11-30"),
        ("pause this week", "2026-11-30"),
        ("until next week", "2026-11-30"),
        ("no reminders next week", "2026-12-07"),
        ("until the end of next week", "2026-12-07"),
        ("for the weekend", "2026-11-30"),
        ("until the weekend", "2026-11-28"),
        ("until after the weekend", "2026-11-30"),
        ("until next year", "2027-01-01"),
        ("rest of the year off", "2027-01-01"),
        ("for december", "2027-01-01"),
    ],
)
def test_lengths(said: str, day: str) -> None:
    assert read(said) == day


@pytest.mark.parametrize(
    "said",
    [
        "",
        "pause",
        "pause my reminders",
        "stop for now",
        "pause until i feel better",
        "pause until further notice",
        "pause my monday reminder",
        "pause the twice a week one",
        "pause my 5 days a week reminder",
        "pause the 7:30 one",
        "pause the one on the 10 minute stretch",
        "pause my 30 day plan",
        "pause until i remember",
        "pause until half past seven",
        "pause it for 2 hours",
    ],
)
def test_nothing_is_said(said: str) -> None:
    assert DATES.read(said, WEDNESDAY) == Until(None, None)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("until 3 january 2020", DateFault.PAST),
        ("until 2025-01-01", DateFault.PAST),
        ("until yesterday", DateFault.PAST),
        ("until 24/11/2026", DateFault.PAST),
        ("until 31 november", DateFault.UNKNOWN),
        ("2026-02-30", DateFault.UNKNOWN),
        ("until the 45th", DateFault.UNKNOWN),
        ("until february 30th", DateFault.UNKNOWN),
        ("until 45/45", DateFault.UNKNOWN),
        ("for 0 days", DateFault.PAST),
        ("until 1 january 2029", DateFault.FAR),
        ("for two years", DateFault.FAR),
        ("for 500 days", DateFault.FAR),
        ("for 99999999999 days", DateFault.FAR),
        ("until 9999-12-31", DateFault.FAR),
        ("through 9999-12-31", DateFault.FAR),
        ("until 29 february", DateFault.FAR),
    ],
)
def test_faults(said: str, fault: DateFault) -> None:
    assert DATES.read(said, WEDNESDAY) == Until(None, fault)


@pytest.mark.parametrize(
    ("today", "said", "day"),
    [
        (date(2026, 11, 30), "until monday", "2026-12-07"),
        (date(2026, 11, 30), "until next monday", "2026-12-07"),
        (date(2026, 11, 28), "for the weekend", "2026-11-30"),
        (date(2026, 11, 29), "until the weekend", "2026-12-05"),
        (date(2026, 11, 29), "until next friday", "2026-12-04"),
        (date(2027, 1, 31), "for a month", "2027-02-28"),
        (date(2027, 1, 31), "until the 30th", "2027-03-30"),
        (date(2026, 12, 31), "till next month", "2027-01-01"),
        (date(2026, 12, 31), "until tomorrow", "2027-01-01"),
        (date(2026, 12, 25), "until christmas", "2027-12-25"),
        (date(2028, 1, 1), "until 29 february", "2028-02-29"),
    ],
)
def test_the_day_on_which_it_is_said(today: date, said: str, day: str) -> None:
    assert read(said, today) == day


def test_only_a_few_words_of_no_weight_may_lie_before_a_date() -> None:
    """A reader that went on for long would keep everybody waiting."""
    assert read("until " + "the " * 4 + "friday") == "2026-11-27"
    assert read("until " + "the " * 100 + "friday") == ""


@given(st.text(max_size=200), st.dates(date(2000, 1, 1), date(2200, 1, 1)))
def test_any_text_is_read(text: str, today: date) -> None:
    until = DATES.read(f"until {text}", today)
    assert until.day is None or until.fault is None
    assert until.day is None or today < until.day <= today + FARTHEST


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(1, 366), st.booleans())
def test_a_day_written_out_is_that_day(today: date, ahead: int, american: bool) -> None:
    day = today + timedelta(ahead)
    form = f"{day:%B} {day.day} {day.year}" if american else f"the {day.day}th of {day:%b, %Y}"
    for said in (form, f"pause until {form}", f"until {day:%A}, {form}", day.isoformat()):
        assert DATES.read(said, today) == Until(day, None)


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(1, 366))
def test_days_are_counted_from_today(today: date, days: int) -> None:
    assert DATES.read(f"for {days} days", today).day == today + timedelta(days)
