"""A few kills of the real process; tests/benchmarks/killing.py does many more."""

from __future__ import annotations

from pathlib import Path

from tests.postgres import Postgres
from tests.reminders.killing import Plan, killed, killed_beside

REMINDERS, RATE = 60, 60  # not so fast that all are sent before the kill


async def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    plan = Plan(REMINDERS, kills=2, seed=1, rate=RATE)
    told = await killed(f"sqlite:///{tmp_path}/bot.sqlite3", plan)
    assert (told.lost, told.faults) == (0, ())
    assert told.duplicates <= told.claimed <= told.bound


async def test_another_process_takes_over(postgres: Postgres) -> None:
    plan = Plan(REMINDERS, kills=1, seed=1, rate=RATE)
    told = await killed_beside(postgres.database(), plan)
    assert (told.lost, told.faults) == (0, ())
    assert told.duplicates <= told.claimed <= told.bound
