"""When a wish rings: from the clock on the wall to UTC, over every change of the clocks."""

from __future__ import annotations

import hashlib
import zoneinfo
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.reminders.days import WEEK
from bot.reminders.reminder import Schedule

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_AHEAD = 22  # days among which one rings, were a weekly one lost twice
_ANY_ZONE = "Europe/Berlin"  # every zone database has it
_VERSIONS = (("tzdata.zi", "# version "), ("+VERSION", ""))  # files, and what precedes it there


@dataclass(frozen=True, slots=True)
class Ringing:
    """One moment of a wish: `at` is in the wish's zone.

    `shift` is how far the clocks were moved since the moment before, None where they were not.
    """

    day: date
    at: datetime
    shift: timedelta | None


def moment(schedule: Schedule, day: date) -> datetime | None:
    """When it rings on the local date `day`, in UTC.

    None when `day` is not wished, or does not exist in the zone. A wished minute that does not
    exist rings as the gap ends, perhaps on the next date; one that happens twice, the first time.
    """
    return _rings(schedule, day) if WEEK[day.weekday()] in schedule.days else None


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first moment later than `after`, in UTC. ValueError when no day is wished."""
    day = _today(schedule, after)
    for _ in range(_AHEAD):
        due = moment(schedule, day)
        if due is not None and due > after:
            return due
        day += _DAY
    raise ValueError(f"no day on which it rings: {schedule.days}")


def day_of(schedule: Schedule, due: datetime) -> date:
    """The wished date of the moment `due`, also where a gap or the spread took it past midnight.

    Of an instant that is no moment of `schedule`, the local date.
    """
    today = _today(schedule, due)
    yesterday = today - _DAY
    return yesterday if _rings(schedule, yesterday) == due else today


def upcoming(schedule: Schedule, after: datetime, days: int = 7) -> tuple[Ringing, ...]:
    """The moments on the next `days` local dates; today is one if its minute is ahead."""
    first = _today(schedule, after)
    today = _rings(schedule, first)
    if today is None or today <= after:
        first += _DAY
    wall = zone(schedule.zone)
    found, last = list[Ringing](), after.astimezone(wall)
    for day in (first + n * _DAY for n in range(days)):
        if due := moment(schedule, day):
            at = due.astimezone(wall)
            found.append(Ringing(day, at, _shift(last, at)))
            last = at
    return tuple(found)


@cache
def zone(name: str) -> tzinfo:
    """The IANA zone; one that the zone database does not hold any more is shown in UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder, such as "Europe"
        return UTC


def is_zone(name: str) -> bool:
    """Whether the zone database holds it."""
    return zone(name) is not UTC


@cache
def data_version() -> str:
    """The version of the zone database in use, or a hash of its zones where none is stated.

    Another answer than before means that moments may have moved. PackageNotFoundError when
    there are no zones at all.
    """
    folders = (Path(folder) for folder in zoneinfo.TZPATH)
    used = next((folder for folder in folders if (folder / _ANY_ZONE).is_file()), None)
    if used is None:
        return metadata.version("tzdata")  # where zoneinfo looks then
    return _stated(used) or _fingerprint(used)


def _today(schedule: Schedule, now: datetime) -> date:
    """The local date, which begins later by the spread: no earlier one rings after `now`."""
    return (now - timedelta(minutes=schedule.spread)).astimezone(zone(schedule.zone)).date()


def _rings(schedule: Schedule, day: date) -> datetime | None:
    """As `moment`, whether or not the day is wished."""
    wall = zone(schedule.zone)
    wished = datetime.combine(day, schedule.at, wall)
    instant = wished.astimezone(UTC)
    exists = instant.astimezone(wall) == wished
    rung = instant if exists else _end_of_gap(wished)
    return rung and rung + timedelta(minutes=schedule.spread)


def _end_of_gap(wished: datetime) -> datetime | None:
    """The instant at which the gap around `wished` ends; None where it swallows the date."""
    # In a gap, fold=1 reads the clock by the later offset, which gives an instant before the gap.
    before = wished.replace(fold=1).astimezone(UTC)
    seconds = range((wished.astimezone(UTC) - before) // _SECOND)

    def wall(second: int) -> datetime:
        return (before + second * _SECOND).astimezone(wished.tzinfo)

    end = bisect_left(seconds, True, key=lambda second: wall(second) > wished)
    borders = {wall(end - 1).date(), wall(end).date()}
    return before + end * _SECOND if wished.date() in borders else None


def _shift(last: datetime, at: datetime) -> timedelta | None:
    then, now = last.utcoffset(), at.utcoffset()
    return now - then if then is not None and now is not None and now != then else None


def _stated(folder: Path) -> str | None:
    for name, before in _VERSIONS:
        if (folder / name).is_file():
            with (folder / name).open(encoding="utf-8") as file:
                line = file.readline()
            if line.startswith(before) and (version := line.removeprefix(before).strip()):
                return version
    return None


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in sorted(zoneinfo.available_timezones()):
        if (folder / name).is_file():
            digest.update(name.encode() + (folder / name).read_bytes())
    return digest.hexdigest()[:16]
