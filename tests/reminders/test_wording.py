"""Wishes about reminders in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.text import words
from bot.knowledge.loader import load
from bot.reminders import days
from bot.reminders.wording import Action, Fault, ReminderWish, Wording
from tests.conftest import ENGLISH

_KNOWLEDGE = load(ENGLISH, examples=False)
WORDING = Wording(_KNOWLEDGE.reminder_words, _KNOWLEDGE.dictionary)


def told(wish: ReminderWish) -> tuple[str | None, str | None, str | None]:
    time = wish.time.strftime("%H:%M") if wish.time else None
    return time, days.name(wish.days) if wish.days else None, wish.timezone


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("7.30", "07:30"),
        ("at 7:30pm", "19:30"),
        ("7 p.m.", "19:00"),
        ("half past seven", "07:30"),
        ("half 7", "07:30"),
        ("quarter to 8", "07:45"),
        ("ten past 6 in the evening", "18:10"),
        ("noon", "12:00"),
        ("at midnight", "00:00"),
        ("19h", "19:00"),
        ("19h15", "19:15"),
        ("six in the evening", "18:00"),
        ("at eleven in the morning", "11:00"),
        ("0730", "07:30"),
        ("at 7 o'clock", "07:00"),
        ("12 am", "00:00"),
        ("12 pm", "12:00"),
        ("at six thirty", "06:30"),
        ("at 10 at night", "22:00"),
        ("every morning at 7", "07:00"),
        ("every evening at 7", "19:00"),
        ("for 10 minutes", None),
        ("send me one", None),
    ],
)
def test_times(said: str, time: str | None) -> None:
    assert told(WORDING.read(f"remind me {said}", Action.SET))[0] == time


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("every day", "daily"),
        ("daily", "daily"),
        ("every morning", "daily"),
        ("on weekdays", "weekdays"),
        ("monday to friday", "weekdays"),
        ("mon-thu", "mon,tue,wed,thu"),
        ("fri to mon", "mon,fri,sat,sun"),
        ("tuesdays and thursdays", "tue,thu"),
        ("mon, wed & fri", "mon,wed,fri"),
        ("mwf", "mon,wed,fri"),
        ("at weekends", "weekends"),
        ("sat and sun", "weekends"),
        ("every day but sunday", "mon,tue,wed,thu,fri,sat"),
        ("every day except sat and sun", "weekdays"),
        ("saturday mornings", "sat"),
        ("on wensday", "wed"),
        ("please", None),
    ],
)
def test_days(said: str, wanted: str | None) -> None:
    assert told(WORDING.read(f"remind me {said} at 8:00", Action.SET))[1] == wanted


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Berlin time", "Europe/Berlin"),
        ("i'm in nyc", "America/New_York"),
        ("New York time", "America/New_York"),
        ("I live in S\u00e3o Paulo", "America/Sao_Paulo"),
        ("sydney here", "Australia/Sydney"),
        ("EST", "America/New_York"),
        ("8pm PST", "America/Los_Angeles"),
        ("Europe/Paris", "Europe/Paris"),
        ("GMT", "UTC"),
        ("(Lisbon)", "Europe/Lisbon"),
        ("los angelas time", "America/Los_Angeles"),
        ("in the morning", None),
        ("at lunch time", None),
    ],
)
def test_zones(said: str, zone: str | None) -> None:
    assert told(WORDING.read(f"remind me daily at 8:00, {said}", Action.SET))[2] == zone


@pytest.mark.parametrize(
    "said",
    [
        "in 2 hours",
        "tomorrow at 8",
        "tonight",
        "every 2 hours",
        "every other day",
        "once a month",
        "twice a day",
        "at 7am and 7pm",
        "every hour",
        "next tuesday at 5",
    ],
)
def test_what_cannot_be_promised(said: str) -> None:
    assert WORDING.read(f"remind me {said}", Action.SET) == ReminderWish(Action.UNSUPPORTED)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("at 25:00", Fault.TIME),
        ("at 7:75", Fault.TIME),
        ("at 13pm", Fault.TIME),
        ("every blursday at 7", Fault.DAY),
        ("daily at 7, Atlantis time", Fault.PLACE),
        ("daily at 7, i live in Xyzzyville", Fault.PLACE),
        ("daily at 7, UTC+5", Fault.PLACE),
    ],
)
def test_what_there_is_not(said: str, fault: Fault) -> None:
    assert WORDING.read(f"remind me {said}", Action.SET) == ReminderWish(
        Action.INVALID, fault=fault
    )


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("move it from 7 to 8:30", ("08:30", None, None)),
        ("6:30 rather than 7:00", ("06:30", None, None)),
        ("shift it from mondays to wednesdays", (None, "wed", None)),
        ("every day starting tomorrow at 7", ("07:00", "daily", None)),
    ],
)
def test_a_change_names_the_old_and_the_new(
    said: str, wanted: tuple[str | None, str | None, str | None]
) -> None:
    assert told(WORDING.read(said, Action.CHANGE)) == wanted


@pytest.mark.parametrize("action", [Action.STOP, Action.PAUSE, Action.RESUME, Action.LIST])
def test_the_other_actions_need_no_time(action: Action) -> None:
    assert WORDING.read("until monday at 7", action) == ReminderWish(action)


def test_what_surely_speaks_of_reminders() -> None:
    assert WORDING.is_about(words("remind me every day at 7"))
    assert not WORDING.is_about(words("remind me how long to hold it"))
    assert not WORDING.is_about(words("that reminds me of last year"))
    assert Action.PAUSE in WORDING.surely(words("pause my reminders"))


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    wish = WORDING.read(text, Action.SET)
    assert (wish.action is Action.INVALID) == (wish.fault is not None)
    assert not wish.days or list(wish.days) == [day for day in days.WEEK if day in wish.days]
