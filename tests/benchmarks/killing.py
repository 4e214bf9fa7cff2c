"""The real process killed while it sends 2,000 reminders, ten times over, counted at the server.

    python -m tests.benchmarks.killing [--database postgresql] [--rounds N] [--pairs N]

In each round it is killed three to five times and started again. Then twice two processes share a
PostgreSQL, one is killed, and the other takes over when the lease has run out.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import replace
from random import Random

from bot.reminders.delivery import IN_FLIGHT
from bot.reminders.queue import LEASE
from tests.postgres import running_postgres
from tests.reminders.killing import Plan, Round, killed, killed_beside

FEWEST_KILLS, MOST_KILLS = 3, 5
TOLD = f"""\
Sent and lost are counted at the server. In flight: claimed by a process in the moment of its kill;
of those, what had arrived comes twice. Bound: {IN_FLIGHT} a kill. Faults: where the database does
not agree with the server. After each kill the leases of the dead are moved to the past by SQL, but
in the rounds of two processes they run out by themselves, after {LEASE.seconds} s.
"""
COLUMNS = ("kills", "sent", "lost", "in flight", "duplicates", "bound", "faults", "seconds")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--reminders", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(TOLD)
    print(f"{'round':16}" + "".join(f"{column:>11}" for column in COLUMNS))
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        plan = Plan(asked.reminders, kills=1, seed=asked.seed)
        rounds = []
        for n in range(1, asked.rounds + 1):
            file = f"sqlite:///{folder}/{n}.sqlite3"
            url = file if asked.database == "sqlite" else server.database()
            rounds.append(asyncio.run(killed(url, _nth(plan, n))))
            _show(f"{n} {asked.database}", rounds[-1])
        for n in range(1, asked.pairs + 1):
            paired = replace(plan, seed=asked.seed * 1_000 + n, waits=True)
            rounds.append(asyncio.run(killed_beside(server.database(), paired)))
            _show(f"pair {n}", rounds[-1])
    sys.exit(any(map(_is_broken, rounds)))


def _nth(plan: Plan, n: int) -> Plan:
    seed = plan.seed * 1_000 + n
    return replace(plan, seed=seed, kills=Random(seed).randint(FEWEST_KILLS, MOST_KILLS))


def _show(name: str, told: Round) -> None:
    numbers = (told.kills, told.sent, told.lost, told.claimed, told.duplicates, told.bound)
    line = "".join(f"{number:>11,}" for number in (*numbers, len(told.faults)))
    print(f"{name:16}{line}{told.seconds:>11.1f}", *told.faults[:10], sep="\n  ", flush=True)


def _is_broken(told: Round) -> bool:
    within = told.duplicates <= told.claimed <= told.bound
    return bool(told.lost or told.faults or not within)


if __name__ == "__main__":
    main()
