"""Some weeks of the simulated year, around the changes of the clocks, with all its faults."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.reminders.days import WEEK
from bot.reminders.reminder import Schedule
from tests.benchmarks.year import Judge, ringing, wishes
from tests.reminders.simulation import Plan, Simulation

SPRING, AUTUMN = datetime(2026, 3, 26, 12, tzinfo=UTC), datetime(2026, 10, 22, 12, tzinfo=UTC)
# Their clocks change in those weeks: by one hour or two, at night, at midnight, or before it.
CHANGING = {"Europe/Berlin", "Atlantic/Azores", "America/Nuuk", "Antarctica/Troll", "Asia/Beirut"}
CHANGING |= {"Asia/Jerusalem", "Europe/Chisinau", "Africa/Cairo", "Asia/Kathmandu"}
HOURS = {0, 1, 2, 3, 12, 15, 17, 23}  # around those changes, and while the bot is down
WISHES = tuple(w for w in wishes(18_000) if w.zone in CHANGING and w.at.hour in HOURS)


@pytest.mark.parametrize(("start", "seed"), [(SPRING, 1), (AUTUMN, 2)])
async def test_nothing_is_lost_or_sent_twice(tmp_path: Path, start: datetime, seed: int) -> None:
    plan = Plan(WISHES, days=10, start=start, faults=4, crowd=20, seed=seed)
    verdict = await Simulation(f"sqlite:///{tmp_path}/weeks.sqlite3", plan, Judge()).run()
    assert not verdict.faults, verdict.examples
    happened = {kind for kind, number in verdict.counts.items() if number}
    assert happened >= {"sent", "late", "skipped, too-late", "uncertain, no-answer", "storms"}
    assert happened >= {"blocked", "came back", "migrated", "clock set back", "downtimes"}


@pytest.mark.parametrize(
    ("zone", "at", "day", "due"),
    [
        ("Europe/Berlin", "02:30", "2026-03-29", "2026-03-29T01:00+00:00"),
        ("Europe/Berlin", "02:30", "2026-10-25", "2026-10-25T00:30+00:00"),
        ("America/Havana", "00:00", "2026-03-08", "2026-03-08T05:00+00:00"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:30+00:00"),
        ("Africa/Casablanca", "02:30", "2026-02-15", "2026-02-15T01:30+00:00"),
        ("Asia/Kathmandu", "23:59", "2026-05-01", "2026-05-01T18:14+00:00"),
    ],
)
def test_the_judge_knows_the_clocks(zone: str, at: str, day: str, due: str) -> None:
    wish = Schedule(time.fromisoformat(at), WEEK, zone)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    rung = dict(ringing(wish, begin, begin + timedelta(365)))
    assert rung[date.fromisoformat(day)] == datetime.fromisoformat(due)
    assert len(rung) in (364, 365, 366)
