"""When wishes ring, over the changes of the clocks in every zone."""

from __future__ import annotations

import zoneinfo
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reminders.days import WEEK, Days
from bot.reminders.reminder import Schedule
from bot.reminders.schedule import data_version, day_of, moment, next_due, upcoming, zone

ZONES = sorted(zoneinfo.available_timezones())
BERLIN, HOWE = "Europe/Berlin", "Australia/Lord_Howe"
NUUK, APIA = "America/Nuuk", "Pacific/Apia"
MON, FRI, SAT, SUN = ("mon",), ("fri",), ("sat",), ("sun",)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FROM, UNTIL = datetime(2019, 12, 1, tzinfo=UTC), datetime(2031, 2, 1, tzinfo=UTC)


def wish(at: str, zone: str, days: Days = WEEK, spread: int = 0) -> Schedule:
    return Schedule(time.fromisoformat(at), days, zone, spread)


def local(instant: datetime | None, name: str) -> str | None:
    return instant.astimezone(zone(name)).isoformat(timespec="minutes") if instant else None


@pytest.mark.parametrize(
    ("name", "day", "at", "rings"),
    [
        ("UTC", "2026-03-29", "02:30", "2026-03-29T02:30+00:00"),
        ("Asia/Kathmandu", "2026-03-29", "09:00", "2026-03-29T09:00+05:45"),
        # Twice a year, as ever.
        (BERLIN, "2026-03-29", "01:59", "2026-03-29T01:59+01:00"),
        (BERLIN, "2026-03-29", "02:00", "2026-03-29T03:00+02:00"),
        (BERLIN, "2026-03-29", "02:30", "2026-03-29T03:00+02:00"),
        (BERLIN, "2026-03-29", "02:59", "2026-03-29T03:00+02:00"),
        (BERLIN, "2026-03-29", "03:01", "2026-03-29T03:01+02:00"),
        (BERLIN, "2026-10-25", "01:59", "2026-10-25T01:59+02:00"),
        (BERLIN, "2026-10-25", "02:30", "2026-10-25T02:30+02:00"),
        (BERLIN, "2026-10-25", "03:00", "2026-10-25T03:00+01:00"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T03:00-04:00"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30-04:00"),
        ("America/New_York", "2026-11-01", "02:00", "2026-11-01T02:00-05:00"),
        ("Europe/Dublin", "2026-03-29", "01:30", "2026-03-29T02:00+01:00"),
        # Half an hour.
        (HOWE, "2026-10-04", "02:15", "2026-10-04T02:30+11:00"),
        (HOWE, "2026-10-04", "02:30", "2026-10-04T02:30+11:00"),
        (HOWE, "2026-04-05", "01:45", "2026-04-05T01:45+11:00"),
        (HOWE, "2026-04-05", "02:00", "2026-04-05T02:00+10:30"),
        # Two hours.
        ("Antarctica/Troll", "2026-03-29", "01:30", "2026-03-29T03:00+02:00"),
        ("Antarctica/Troll", "2026-10-25", "02:30", "2026-10-25T02:30+02:00"),
        # At midnight.
        ("America/Havana", "2026-03-07", "23:59", "2026-03-07T23:59-05:00"),
        ("America/Havana", "2026-03-08", "00:00", "2026-03-08T01:00-04:00"),
        ("America/Havana", "2026-03-08", "00:30", "2026-03-08T01:00-04:00"),
        ("America/Havana", "2026-11-01", "00:30", "2026-11-01T00:30-04:00"),
        ("Africa/Cairo", "2023-04-28", "00:00", "2023-04-28T01:00+03:00"),
        ("Africa/Cairo", "2023-04-28", "00:59", "2023-04-28T01:00+03:00"),
        ("Africa/Cairo", "2023-10-26", "23:30", "2023-10-26T23:30+03:00"),
        ("Africa/Cairo", "2023-10-27", "00:00", "2023-10-27T00:00+02:00"),
        ("America/Sao_Paulo", "2018-11-04", "00:15", "2018-11-04T01:00-02:00"),
        ("America/Sao_Paulo", "2019-02-16", "23:30", "2019-02-16T23:30-02:00"),
        ("America/Sao_Paulo", "2019-02-17", "00:00", "2019-02-17T00:00-03:00"),
        ("America/Sao_Paulo", "2019-11-03", "00:15", "2019-11-03T00:15-03:00"),
        # A minute after it: the date is twice begun.
        ("America/St_Johns", "2011-03-13", "00:30", "2011-03-13T01:01-02:30"),
        ("America/St_Johns", "2010-11-06", "23:30", "2010-11-06T23:30-02:30"),
        ("America/St_Johns", "2010-11-07", "00:00", "2010-11-07T00:00-02:30"),
        ("America/St_Johns", "2010-11-07", "00:01", "2010-11-07T00:01-03:30"),
        # The gap ends on the next date.
        (NUUK, "2024-03-30", "22:59", "2024-03-30T22:59-02:00"),
        (NUUK, "2024-03-30", "23:30", "2024-03-31T00:00-01:00"),
        (NUUK, "2024-03-31", "00:00", "2024-03-31T00:00-01:00"),
        ("Asia/Pyongyang", "2018-05-04", "23:45", "2018-05-05T00:00+09:00"),
        ("Asia/Pyongyang", "2015-08-14", "23:45", "2015-08-14T23:45+09:00"),
        # Ramadan.
        ("Africa/Casablanca", "2024-03-10", "02:30", "2024-03-10T02:30+01:00"),
        ("Africa/Casablanca", "2024-03-11", "02:30", "2024-03-11T02:30+00:00"),
        ("Africa/Casablanca", "2024-04-14", "02:30", "2024-04-14T03:00+01:00"),
        # Lost days.
        (APIA, "2011-12-29", "10:00", "2011-12-29T10:00-10:00"),
        (APIA, "2011-12-30", "00:00", None),
        (APIA, "2011-12-30", "10:00", None),
        (APIA, "2011-12-30", "23:59", None),
        (APIA, "2011-12-31", "00:00", "2011-12-31T00:00+14:00"),
        ("Pacific/Kwajalein", "1993-08-20", "23:59", "1993-08-20T23:59-12:00"),
        ("Pacific/Kwajalein", "1993-08-21", "09:00", None),
        ("Pacific/Kwajalein", "1993-08-22", "00:00", "1993-08-22T00:00+12:00"),
        # Rules that were changed.
        ("Europe/Moscow", "2011-03-27", "02:30", "2011-03-27T03:00+04:00"),
        ("Europe/Moscow", "2014-10-26", "01:30", "2014-10-26T01:30+04:00"),
        ("Europe/Moscow", "2014-10-26", "02:00", "2014-10-26T02:00+03:00"),
        ("Asia/Amman", "2022-02-25", "00:30", "2022-02-25T01:00+03:00"),
        ("Asia/Amman", "2022-10-28", "00:30", "2022-10-28T00:30+03:00"),
        ("Europe/Istanbul", "2016-03-27", "03:30", "2016-03-27T04:00+03:00"),
        ("Europe/Istanbul", "2016-10-30", "03:30", "2016-10-30T03:30+03:00"),
        ("America/Caracas", "2016-05-01", "02:45", "2016-05-01T03:00-04:00"),
        (NUUK, "2023-03-25", "22:30", "2023-03-25T23:00-02:00"),
        (NUUK, "2023-10-28", "23:30", "2023-10-28T23:30-02:00"),
        (NUUK, "2024-10-26", "23:30", "2024-10-26T23:30-01:00"),
        ("Antarctica/Casey", "2020-10-04", "01:00", "2020-10-04T03:01+11:00"),
        ("Antarctica/Casey", "2021-03-13", "22:00", "2021-03-13T22:00+11:00"),
        ("Antarctica/Casey", "2021-03-14", "00:00", "2021-03-14T00:00+08:00"),
    ],
)
def test_the_clocks(name: str, day: str, at: str, rings: str | None) -> None:
    wished = wish(at, name)
    due = moment(wished, date.fromisoformat(day))
    assert local(due, name) == rings
    if due is not None:
        assert due.tzinfo is UTC
        assert day_of(wished, due) == date.fromisoformat(day)
        assert next_due(wished, due - MINUTE) == due


@pytest.mark.parametrize(
    ("wished", "day", "rings"),
    [
        (wish("09:00", BERLIN, spread=3), "2026-01-05", "2026-01-05T09:03+01:00"),
        (wish("23:59", BERLIN, spread=3), "2026-01-05", "2026-01-06T00:02+01:00"),
        (wish("02:30", BERLIN, spread=3), "2026-03-29", "2026-03-29T03:03+02:00"),
        (wish("01:59", BERLIN, spread=3), "2026-03-29", "2026-03-29T03:02+02:00"),
        (wish("02:59", BERLIN, spread=3), "2026-10-25", "2026-10-25T02:02+01:00"),
        (wish("23:30", NUUK, spread=3), "2024-03-30", "2024-03-31T00:03-01:00"),
        (wish("23:58", APIA, spread=3), "2011-12-29", "2011-12-31T00:01+14:00"),
        (wish("10:00", APIA, spread=3), "2011-12-30", None),
    ],
)
def test_the_spread_is_elapsed_time(wished: Schedule, day: str, rings: str | None) -> None:
    due = moment(wished, date.fromisoformat(day))
    assert local(due, wished.zone) == rings
    assert due is None or day_of(wished, due) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("wished", "after", "rings"),
    [
        (wish("09:00", BERLIN), "2026-01-05T08:59+01:00", "2026-01-05T09:00+01:00"),
        (wish("09:00", BERLIN), "2026-01-05T09:00+01:00", "2026-01-06T09:00+01:00"),
        (wish("09:00", "Asia/Tokyo"), "2026-01-05T23:59+00:00", "2026-01-06T09:00+09:00"),
        (wish("09:00", BERLIN, MON), "2026-01-05T09:00+01:00", "2026-01-12T09:00+01:00"),
        (wish("09:00", BERLIN, WEEK[5:]), "2026-01-05T09:00+01:00", "2026-01-10T09:00+01:00"),
        # Between the first 02:30 and the second, and after a gap.
        (wish("02:30", BERLIN), "2026-10-25T02:45+02:00", "2026-10-26T02:30+01:00"),
        (wish("02:30", BERLIN), "2026-10-25T02:15+01:00", "2026-10-26T02:30+01:00"),
        (wish("02:30", BERLIN), "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"),
        # The night after which the gap of its wish is over, and the spread that crosses midnight.
        (wish("23:30", NUUK), "2024-03-30T22:59-02:00", "2024-03-31T00:00-01:00"),
        (wish("23:30", NUUK), "2024-03-31T00:00-01:00", "2024-03-31T23:30-01:00"),
        (wish("23:59", BERLIN, spread=5), "2026-01-06T00:02+01:00", "2026-01-06T00:04+01:00"),
        (wish("23:30", NUUK, SAT), "2024-03-24T00:00-02:00", "2024-03-31T00:00-01:00"),
        # The Friday that Apia lost.
        (wish("10:00", APIA), "2011-12-29T10:00-10:00", "2011-12-31T10:00+14:00"),
        (wish("10:00", APIA, FRI), "2011-12-23T10:00-10:00", "2012-01-06T10:00+14:00"),
    ],
)
def test_the_next_one(wished: Schedule, after: str, rings: str) -> None:
    assert local(next_due(wished, datetime.fromisoformat(after)), wished.zone) == rings


def test_a_day_that_is_not_wished() -> None:
    assert moment(wish("09:00", "UTC", MON), date(2026, 1, 6)) is None
    with pytest.raises(ValueError, match="no day"):
        next_due(wish("09:00", "UTC", ()), FROM)


def test_what_is_no_moment_belongs_to_its_local_date() -> None:
    due = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    assert day_of(wish("09:00", BERLIN), due) == date(2026, 1, 6)


@pytest.mark.parametrize(
    ("wished", "after", "rings"),
    [
        (
            wish("09:00", BERLIN, ("fri", "sat", "sun")),
            "2026-03-27T08:00+01:00",
            ("2026-03-27T09:00+01:00", "2026-03-28T09:00+01:00", "2026-03-29T09:00+02:00 +1h"),
        ),
        (
            wish("02:30", BERLIN, ("sun", "mon")),
            "2026-03-23T02:30+01:00",
            ("2026-03-29T03:00+02:00 +1h", "2026-03-30T02:30+02:00"),
        ),
        (wish("09:00", BERLIN, SUN), "2026-10-24T09:00+02:00", ("2026-10-25T09:00+01:00 -1h",)),
        (wish("09:00", HOWE, SUN), "2026-10-04T00:00+10:30", ("2026-10-04T09:00+11:00 +0.5h",)),
        (
            wish("23:30", NUUK, ("sat", "sun")),
            "2024-03-30T22:00-02:00",
            ("2024-03-31T00:00-01:00 +1h", "2024-03-31T23:30-01:00"),
        ),
        (
            wish("10:00", APIA, ("thu", "fri", "sat")),
            "2011-12-29T09:00-10:00",
            ("2011-12-29T10:00-10:00", "2011-12-31T10:00+14:00 +24h"),
        ),
        (wish("09:00", "UTC", MON), "2026-01-05T09:00+00:00", ("2026-01-12T09:00+00:00",)),
        (wish("09:00", "UTC", MON), "2026-01-05T08:00+00:00", ("2026-01-05T09:00+00:00",)),
    ],
)
def test_the_coming_week(wished: Schedule, after: str, rings: tuple[str, ...]) -> None:
    week = upcoming(wished, datetime.fromisoformat(after))
    told = tuple(
        f"{local(r.at, wished.zone)}{f' {r.shift / HOUR:+g}h' if r.shift else ''}" for r in week
    )
    assert told == rings
    assert [str(r.at.tzinfo) for r in week] == [wished.zone for _ in week]
    assert [r.day for r in week] == [day_of(wished, r.at) for r in week]


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"tzdata.zi": "# version 2031a\n# more\n"}, "2031a"),
        ({"+VERSION": "2031b\n"}, "2031b"),
        ({"tzdata.zi": "R d 1916 o\n", "+VERSION": "2031c"}, "2031c"),
        ({}, None),
        ({"tzdata.zi": "", "+VERSION": ""}, None),
    ],
)
def test_the_version_of_the_zones(folder: Path, files: dict[str, str], version: str | None) -> None:
    for name, text in files.items():
        (folder / name).write_text(text)
    told = data_version.__wrapped__()
    assert told == data_version.__wrapped__()
    assert told == (version or told)
    (folder / "Europe" / "Berlin").write_bytes(b"TZif, other")
    assert (told == data_version.__wrapped__()) == (version is not None)


def test_the_version_is_that_of_the_zones_in_use(folder: Path, tmp_path: Path) -> None:
    (folder / "+VERSION").write_text("2031a")
    (tmp_path / "+VERSION").write_text("2031b")
    zoneinfo.reset_tzpath(to=[str(tmp_path), str(folder)])
    assert data_version.__wrapped__() == "2031a"


@pytest.mark.usefixtures("folder")
def test_the_version_of_the_package() -> None:
    zoneinfo.reset_tzpath(to=())
    assert data_version.__wrapped__() == metadata.version("tzdata")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder in which zoneinfo looks; it holds one zone."""
    before = zoneinfo.TZPATH
    zones = tmp_path / "zoneinfo"
    (zones / "Europe").mkdir(parents=True)
    (zones / "Europe" / "Berlin").write_bytes(b"TZif")
    zoneinfo.reset_tzpath(to=[str(zones)])
    yield zones
    zoneinfo.reset_tzpath(to=before)


class Stretch(NamedTuple):
    """Seconds UTC, [start, end), in which a zone keeps one offset."""

    start: int
    end: int
    offset: int


@cache
def stretches(name: str) -> tuple[Stretch, ...]:
    """Of a zone from FROM to UNTIL, found only by reading the clock at instants."""
    wall = zone(name)

    def offset(second: int) -> int:
        then = datetime.fromtimestamp(second, wall).utcoffset()
        assert then is not None
        return then // timedelta(seconds=1)

    def first_without(old: int, inside: range) -> int:
        return inside[0] + bisect_left(inside, True, key=lambda second: offset(second) != old)

    steps = range(int(FROM.timestamp()), int(UNTIL.timestamp()) + 1, 86400)
    offsets = [offset(step) for step in steps]
    starts = [steps[0]]
    for (step, old), (after, new) in pairwise(zip(steps, offsets, strict=True)):
        if old != new:
            starts.append(first_without(old, range(step, after)))
    ends = [*starts[1:], steps[-1]]
    return tuple(Stretch(s, e, offset(s)) for s, e in zip(starts, ends, strict=True))


def expected(name: str, wished: datetime) -> datetime | None:
    """When the wall clock first shows `wished` (naive), else first shows more, if its date is."""
    wall = int(wished.replace(tzinfo=UTC).timestamp())
    kept = stretches(name)
    seen = [wall - s.offset for s in kept if s.start <= wall - s.offset < s.end]
    if not seen:
        midnight = wall - wall % 86400
        shown = ((s.start + s.offset, s.end + s.offset) for s in kept)
        if not any(start < midnight + 86400 and midnight < end for start, end in shown):
            return None
        seen = [s.start for s in kept if s.start + s.offset > wall]
    return datetime.fromtimestamp(min(seen), UTC)


def walls(name: str) -> Iterator[datetime]:
    """Naive local minutes on, in and around every change of a zone's clocks."""
    for old, new in pairwise(stretches(name)):
        low, high = sorted((new.start + old.offset, new.start + new.offset))
        for second in (low - 60, low, low + 60, (low + high) // 2, high - 60, high, high + 60):
            yield datetime.fromtimestamp(second - second % 60, UTC).replace(tzinfo=None)


def test_every_change_in_every_zone() -> None:
    changes = 0
    for name in ZONES:
        for wished in walls(name):
            schedule = Schedule(wished.time(), WEEK, name)
            days = [wished.date() + n * DAY for n in (-1, 0, 1)]
            rings = [expected(name, datetime.combine(day, wished.time())) for day in days]
            assert [moment(schedule, day) for day in days] == rings, (name, wished)
            dated = [(due, day) for due, day in zip(rings, days, strict=True) if due]
            dues = [due for due, _ in dated]
            assert dues == sorted(set(dues))
            assert [(due, day_of(schedule, due)) for due in dues] == dated
            assert [next_due(schedule, due) for due in dues[:-1]] == dues[1:]
            changes += 1
    assert changes > 10_000


SCHEDULES = st.builds(
    Schedule,
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sets(st.sampled_from(WEEK), min_size=1).map(lambda d: tuple(x for x in WEEK if x in d)),
    st.sampled_from(ZONES),
    st.integers(0, 10),
)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2029, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)


@settings(deadline=None, max_examples=150)
@given(SCHEDULES, INSTANTS)
def test_each_wished_date_of_a_year_rings_once(schedule: Schedule, start: datetime) -> None:
    found, end = [next_due(schedule, start)], start + 366 * DAY
    while found[-1] <= end:
        found.append(next_due(schedule, found[-1]))
        assert found[-2] < found[-1]
    spread = timedelta(minutes=schedule.spread)
    days = (start.date() + n * DAY for n in range(-2, 370))
    wished = (
        expected(schedule.zone, datetime.combine(day, schedule.at))
        for day in days
        if WEEK[day.weekday()] in schedule.days
    )
    dues = [due + spread for due in wished if due]
    assert found[:-1] == [due for due in dues if start < due <= end]


@settings(deadline=None, max_examples=300)
@given(SCHEDULES, INSTANTS)
def test_the_next_one_is_the_wished_minute(schedule: Schedule, after: datetime) -> None:
    due = next_due(schedule, after)
    day = day_of(schedule, due)
    assert due > after
    assert moment(schedule, day) == due
    shown = (due - timedelta(minutes=schedule.spread)).astimezone(zone(schedule.zone))
    wished = datetime.combine(day, schedule.at, zone(schedule.zone))
    in_gap = wished.utcoffset() != wished.astimezone(UTC).astimezone(wished.tzinfo).utcoffset()
    assert in_gap or shown == wished
    assert shown >= wished


@settings(deadline=None, max_examples=200)
@given(SCHEDULES, INSTANTS, st.integers(1, 14))
def test_what_comes_is_one_after_the_other(schedule: Schedule, after: datetime, days: int) -> None:
    last = after
    for ringing in upcoming(schedule, after, days):
        assert ringing.at == next_due(schedule, last)
        assert ringing.day == day_of(schedule, ringing.at)
        before = last.astimezone(zone(schedule.zone)).utcoffset()
        now = ringing.at.utcoffset()
        assert before is not None
        assert before + (ringing.shift or timedelta()) == now
        last = ringing.at
    assert last > after or days < 7
