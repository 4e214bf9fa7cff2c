"""Answers to "Which city are you in, or what time is it where you are?"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.loader import load
from bot.reminders.whereabouts import MOST, NEAR, PlaceFault, Whereabout, Whereabouts, named
from tests.conftest import ENGLISH

_KNOWLEDGE = load(ENGLISH, examples=False)
WORDS = _KNOWLEDGE.reminder_words
WHERE = Whereabouts(WORDS, _KNOWLEDGE.dictionary.__contains__)
NOW = datetime(2026, 11, 25, 13, 35, tzinfo=UTC)  # 14:35 in Berlin


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("K\u00f8benhavn", "Europe/Copenhagen"),
        ("\u0141\u00f3d\u017a", "Europe/Warsaw"),
        ("St. Louis", "America/Chicago"),
        ("Tbilisi, Georgia", "Asia/Tbilisi"),
        ("Atlanta Georgia", "America/New_York"),
        ("thx, berlin works", "Europe/Berlin"),
        ("Portland, ME", "America/New_York"),
        ("Portland, OR", "America/Los_Angeles"),
        ("Springfield, Illinois, USA", "America/Chicago"),
        ("Moscow, Russia", "Europe/Moscow"),
        ("berlin", "Europe/Berlin"),
        ("Berlin.", "Europe/Berlin"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("i live in saint petersburg", "Europe/Moscow"),
        ("m\u00fcnchen", "Europe/Berlin"),
        ("M\u00dcNCHEN!!", "Europe/Berlin"),
        ("nyc", "America/New_York"),
        ("new york city", "America/New_York"),
        ("New York, NY", "America/New_York"),
        ("sao paulo", "America/Sao_Paulo"),
        ("S\u00e3o Paulo, Brasil", "America/Sao_Paulo"),
        ("I'm in Tokio", "Asia/Tokyo"),
        ("bangalore", "Asia/Kolkata"),
        ("LA", "America/Los_Angeles"),
        ("L.A.", "America/Los_Angeles"),
        ("uk", "Europe/London"),
        ("the UK", "Europe/London"),
        ("EST", "America/New_York"),
        ("pacific time please", "America/Los_Angeles"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
        ("amsterdm", "Europe/Amsterdam"),
        ("san fransisco", "America/Los_Angeles"),
        ("los angelas", "America/Los_Angeles"),
        ("the hague", "Europe/Amsterdam"),
        ("hong kong", "Asia/Hong_Kong"),
        ("salt lake city", "America/Denver"),
        ("I'm in Paris right now", "Europe/Paris"),
        ("my timezone is Lisbon", "Europe/Lisbon"),
        ("currently based in Kuala Lumpur", "Asia/Kuala_Lumpur"),
        ("near Zurich", "Europe/Zurich"),
        ("Sydney time", "Australia/Sydney"),
        ("it's 14:35 in Berlin", "Europe/Berlin"),
        ("14:35, Madrid", "Europe/Madrid"),
        ("Portland, Maine", "America/New_York"),
        ("El Paso, Texas", "America/Denver"),
        ("Paris, Texas", "America/Chicago"),
        ("London, Ontario", "America/Toronto"),
        ("Perth, Australia", "Australia/Perth"),
        ("Reading", "Europe/London"),
        ("I'm in Nice", "Europe/Paris"),
        ("i'm in bath", "Europe/London"),
        ("I'm in Phoenix", "America/Phoenix"),
        ("turkey", "Europe/Istanbul"),
        ("new zealand", "Pacific/Auckland"),
        ("hi, i'm from lagos", "Africa/Lagos"),
        ("GMT", "UTC"),
        ("home is washington dc", "America/New_York"),
    ],
)
def test_places(said: str, zone: str) -> None:
    assert WHERE.read(said, NOW) == Whereabout(zone, (), None, is_reply=True)


@pytest.mark.parametrize(
    ("said", "first", "among"),
    [
        ("it's 14:35", "Africa/Lagos", "Europe/Berlin"),
        ("2.35 pm here", "Africa/Lagos", "Europe/Berlin"),
        ("2:35pm", "Africa/Lagos", "Europe/Rome"),
        ("14.35", "Africa/Lagos", "Europe/Paris"),
        ("it is 14:40 now", "Africa/Lagos", "Europe/Berlin"),
        ("14:29", "Africa/Lagos", "Europe/Berlin"),
        ("almost 7:05 pm", "Asia/Kolkata", "Asia/Kolkata"),
        ("it's 9.35 pm right now", "Asia/Shanghai", "Asia/Manila"),
        ("8:35 am", "America/New_York", "America/Lima"),
        ("08:35", "America/New_York", "America/New_York"),
        ("21h35", "Asia/Shanghai", "Asia/Shanghai"),
        ("twenty five to eleven at night", "Asia/Tokyo", "Asia/Seoul"),
        ("5:35 in the morning", "America/Los_Angeles", "America/Los_Angeles"),
    ],
)
def test_only_the_time(said: str, first: str, among: str) -> None:
    where = WHERE.read(said, NOW)
    assert (where.zone, where.fault, where.is_reply) == (None, None, True)
    assert where.like[0] == first
    assert among in where.like
    assert len(where.like) <= MOST


def test_without_am_and_pm_both_are_meant() -> None:
    now = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
    assert WHERE.read("half past two", now).like[0] == "Europe/London"
    clocks = {f"{now.astimezone(ZoneInfo(z)):%H:%M}" for z in WHERE.read("4:30", now).like}
    assert clocks == {"04:30", "16:30"}


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("UTC+2", "Africa/Johannesburg"),
        ("GMT-5", "America/New_York"),
        ("GMT+5.5", "Asia/Kolkata"),
        ("utc +5:30", "Asia/Kolkata"),
        ("I'm in UTC+0545", "Asia/Kathmandu"),
        ("gmt plus one", "Africa/Lagos"),
        ("GMT minus 8", "America/Los_Angeles"),
        ("+9", "Asia/Tokyo"),
        ("utc \u2212 3", "America/Sao_Paulo"),
        ("my timezone is GMT+8", "Asia/Shanghai"),
        ("UTC+0", "Europe/London"),
    ],
)
def test_offsets(said: str, first: str) -> None:
    where = WHERE.read(said, NOW)
    assert (where.zone, where.fault, where.is_reply) == (None, PlaceFault.OFFSET, True)
    assert first in where.like


def test_an_offset_is_that_of_the_season() -> None:
    july = datetime(2026, 7, 1, tzinfo=UTC)
    assert "Europe/Berlin" in WHERE.read("UTC+2", july).like
    assert "Europe/Berlin" not in WHERE.read("UTC+2", NOW).like
    assert WHERE.read("UTC+17", july) == Whereabout(None, (), PlaceFault.OFFSET, is_reply=True)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("usa", "America/New_York"),
        ("I'm in the US", "America/New_York"),
        ("the united states", "America/New_York"),
        ("georgia", "America/New_York"),
        ("Canada", "America/Toronto"),
        ("australia", "Australia/Sydney"),
        ("spain", "Europe/Madrid"),
    ],
)
def test_countries_of_several_zones(said: str, first: str) -> None:
    where = WHERE.read(said, NOW)
    assert (where.zone, where.like[0], where.fault) == (None, first, None)
    assert where.is_reply


@pytest.mark.parametrize(
    "said",
    ["Atlantis", "hogwarts", "i live in Narnia", "Xyzzyville, please", "25:00", "it's 13:77"],
)
def test_nobody_knows(said: str) -> None:
    assert WHERE.read(said, NOW) == Whereabout(None, (), PlaceFault.UNKNOWN, is_reply=True)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "?",
        "how long do I hold pigeon",
        "how do I stretch at home in Berlin",
        "yes",
        "yes please",
        "no thanks",
        "why",
        "why do you ask?",
        "stop",
        "cancel",
        "home",
        "i'm at home",
        "here",
        "help",
        "what time is it",
        "what time zone do i need",
        "my psoas hurts",
        "psoas",
        "i'm in pain",
        "im in bed",
        "not telling you",
        "good morning",
        "remind me at 7",
        "every day at 8:30",
        "nowhere",
        "that would be nice",
        "Nice",
        "#2 please",
        "ok 1",
        "in 2 hours",
        "unsubscribe me",
        "hallo",
        "in March",
        "not in berlin anymore",
        "y",
        "hip flexor stretch",
        "is pigeon good for the psoas",
        "3 times",
        "for 2 minutes",
        "same as before",
        "i don't know",
        "my back hurts when i run",
        "can i do the couch stretch in the morning",
        "mornings",
        "monday",
        "more",
        "the next one",
    ],
)
def test_something_else(said: str) -> None:
    assert not WHERE.read(said, NOW).is_reply


def test_a_place_in_a_longer_sentence() -> None:
    where = WHERE.read("how do I stretch at home in Berlin", NOW)
    assert where == Whereabout("Europe/Berlin", (), None, is_reply=False)


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("Europe/Berlin", "Berlin"),
        ("Asia/Kolkata", "Delhi"),
        ("America/Argentina/Ushuaia", "Ushuaia"),
        ("America/Port_of_Spain", "Port of Spain"),
        ("UTC", "UTC"),
    ],
)
def test_names_of_zones(zone: str, city: str) -> None:
    assert named(zone, WORDS) == city


@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_every_offset_in_use_has_a_well_known_zone(month: int) -> None:
    now = datetime(2026, month, 15, tzinfo=UTC)
    inhabited = {z for z in available_timezones() if not z.startswith("Etc/")}
    known = {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in WORDS.well_known}
    assert known >= {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in inhabited}


def test_the_zones_of_the_language_exist() -> None:
    wide = {zone for zones in WORDS.wide for zone in zones.split(",")}
    assert available_timezones() >= wide | set(WORDS.well_known)


@given(st.sampled_from(sorted(available_timezones())))
def test_the_iana_name_of_any_zone(zone: str) -> None:
    if "/" in zone and not zone.startswith("Etc/"):
        assert WHERE.read(zone, NOW).zone == zone


@given(
    st.integers(0, 5_000_000).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.sampled_from(sorted(WORDS.well_known)),
)
def test_a_time_suggests_zones_of_that_time(now: datetime, zone: str) -> None:
    clock = now.astimezone(ZoneInfo(zone))
    where = WHERE.read(f"{clock:%H:%M}", now)
    assert where.like
    for like in where.like:
        local = now.astimezone(ZoneInfo(like))
        apart = (local.hour - clock.hour) * 60 + local.minute - clock.minute
        assert min(apart % 720, -apart % 720) <= NEAR


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    where = WHERE.read(text, NOW)
    assert where.zone is None or not where.like
    assert where.zone is None or where.fault is None
    assert where.is_reply or not where.like
