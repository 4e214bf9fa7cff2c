"""A year of reminders with all its faults, in minutes, and a judge who knows only the zones.

    python -m tests.benchmarks.year [--database postgresql] [--subscriptions N] [--days N]

The database is a SQLite file in memory, or a PostgreSQL of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
import zoneinfo
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as Clock  # noqa: N812
from functools import cache, partial
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.reminders.days import WEEK, Days
from bot.reminders.due import LATE
from bot.reminders.reminder import Reason, Reminder, Schedule, State
from tests.postgres import running_postgres
from tests.reminders.simulation import (
    DAY,
    HOUR,
    MINUTE,
    Block,
    Key,
    Plan,
    Row,
    Seen,
    Simulation,
    Verdict,
)

GRACE = timedelta(minutes=60)  # as promised
STEP = 6 * HOUR  # clocks are not changed twice in it
SLACK = MINUTE  # after a disturbance, to be back
MEMORY = Path("/dev/shm")
ZONES = sorted(zoneinfo.available_timezones())
PATTERNS: tuple[Days, ...] = tuple(
    tuple(day for day, wished in zip(WEEK, pattern, strict=True) if wished)
    for pattern in product((True, False), repeat=7)
    if any(pattern)
)
_FULL = (0, 1, 2, 3, 6, 7, 8, 9, 10, 12, 13, 15, 17, 18, 19, 20, 21, 23)
_HALF = (0, 1, 2, 5, 7, 18, 22)
TIMES = (*map(Clock, _FULL), *(Clock(hour, 30) for hour in _HALF), Clock(23, 59))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--subscriptions", type=int, default=30 * 127)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", type=int, default=2, help="side by side, to be done sooner")
    asked = parser.parse_args()
    each = asked.subscriptions // asked.worlds
    plans = [
        Plan(wishes(each, n * each), asked.days, seed=asked.seed + n) for n in range(asked.worlds)
    ]
    started = time.perf_counter()
    with ProcessPoolExecutor(asked.worlds) as pool:
        verdict = added_up(pool.map(partial(lived, asked.database), plans))
    show(verdict, time.perf_counter() - started)
    sys.exit(bool(verdict.faults))


def lived(database: str, plan: Plan) -> Verdict:
    """What the judge found in the simulation of `plan`, over a database of its own."""
    with empty_database(database) as url:
        return simulated(url, plan)


def simulated(url: str, plan: Plan) -> Verdict:
    """What the judge found in the simulation of `plan`, over the empty database at `url`."""
    return asyncio.run(Simulation(url, plan, Judge()).run())


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    """The URL of a database that is gone afterwards."""
    if kind == "postgresql":
        with running_postgres() as server:
            yield server.database()
    else:
        where = MEMORY if MEMORY.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="psoas-year-", dir=where) as folder:
            yield f"sqlite:///{folder}/year.sqlite3"


def wishes(number: int, first: int = 0) -> tuple[Schedule, ...]:
    """So many wishes: zones, patterns of days and times in turn, no two of them alike."""
    numbers = range(first, first + number)
    return tuple(
        Schedule(TIMES[n % len(TIMES)], PATTERNS[n % len(PATTERNS)], ZONES[n % len(ZONES)])
        for n in numbers
    )


def added_up(verdicts: Iterable[Verdict]) -> Verdict:
    whole = Verdict()
    for verdict in verdicts:
        whole.counts.update(verdict.counts)
        whole.faults.update(verdict.faults)
        whole.examples += verdict.examples
    return whole


def show(verdict: Verdict, seconds: float) -> None:
    print(f"{'seconds':40}{seconds:>10,.0f}")
    print(f"{'occurrences a second':40}{verdict.counts['occurrences'] / seconds:>10,.0f}")
    for kind, number in sorted(verdict.counts.items()):
        print(f"{kind:40}{number:>10,}")
    print(f"{'faults':40}{verdict.faults.total():>10,}")
    for kind, number in sorted(verdict.faults.items()):
        print(f"  {kind:38}{number:>10,}")
    for example in verdict.examples:
        print(f"  {example}")


class Judge:
    """Holds what is recorded and what arrived against what the wishes mean."""

    def __init__(self) -> None:
        self._expected: list[tuple[int, Reminder, deque[tuple[date, datetime]]]] = []

    def __call__(self, seen: Seen, rows: dict[Key, Row], upto: datetime) -> None:
        """Judges all that was to ring before `upto` and was not judged yet."""
        if not self._expected:
            self._expected = [
                (owner, wish, deque(ringing(wish.schedule, seen.start, seen.end)))
                for owner, wish in seen.wishes
            ]
        for owner, wish, ahead in self._expected:
            while ahead and ahead[0][1] < upto:
                day, due = ahead.popleft()
                _judge_one(seen, owner, (wish.id, day), due, rows.pop((wish.id, day), None))
        for key, row in rows.items():
            seen.verdict.fault("unexpected row", (key, row))
        for key in [key for key, times in seen.arrivals.items() if times[0] < upto - 2 * DAY]:
            seen.verdict.fault("unexpected message", (key, seen.arrivals.pop(key)))


def ringing(schedule: Schedule, begin: datetime, end: datetime) -> Iterator[tuple[date, datetime]]:
    """Each wished date and the moment at which it is to ring, after `begin` and before `end`.

    That is the first minute at which the clock on the wall shows the wished time, or more.
    """
    offsets = _offsets(schedule.zone, begin, end)
    for n in range(-2, (end - begin) // DAY + 3):
        day = begin.date() + n * DAY
        if WEEK[day.weekday()] in schedule.days:
            wished = datetime.combine(day, schedule.at, UTC)
            reached = ((max(since, wished - ahead), until) for since, until, ahead in offsets)
            due = next(at for at, until in reached if at < until)
            due += schedule.spread * MINUTE
            if begin < due < end:
                yield day, due


@cache
def _offsets(
    name: str, begin: datetime, end: datetime
) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """Stretches of time, and how far the zone's clocks are ahead of UTC in each."""
    zone = ZoneInfo(name)

    def ahead(at: datetime) -> timedelta:
        return at.astimezone(zone).utcoffset() or timedelta()

    first, last = begin - 4 * DAY, end + 4 * DAY
    changes = [first]
    for n in range((last - first) // STEP):
        one = first + n * STEP
        if ahead(one) != ahead(one + STEP):
            minutes = (one + n * MINUTE for n in range(STEP // MINUTE + 1))
            changes.append(next(at for at in minutes if ahead(at) != ahead(one)))
    ends = [*changes[1:], last]
    return tuple((one, until, ahead(one)) for one, until in zip(changes, ends, strict=True))


def _judge_one(seen: Seen, owner: int, key: Key, due: datetime, row: Row | None) -> None:
    verdict = seen.verdict
    verdict.counts["occurrences"] += 1
    arrivals = seen.arrivals.pop(key, [])
    _judge_arrivals(seen, key, due, arrivals)
    blocks = seen.blocks.get(owner, [])
    if row is None:
        gone = not arrivals and any(_was_gone(seen, block, due) for block in blocks)
        verdict.counts["none, for the chat was gone"] += gone
        if not gone:
            verdict.fault("lost", (key, due))
        return
    recorded, state, reason = row
    told = f"{state}, {reason}" if reason else f"{state}"
    verdict.counts[told] += 1
    if recorded != due:
        verdict.fault("wrong moment recorded", (key, due, row))
    if reason == Reason.BLOCKED:
        justified = any(b.begin <= due + GRACE and _back(seen, b) >= due for b in blocks)
    else:
        justified = _is_justified(seen, key, due, row, arrivals)
    if not justified:
        verdict.fault(f"without cause: {told}", (key, due, arrivals))


def _judge_arrivals(seen: Seen, key: Key, due: datetime, arrivals: list[datetime]) -> None:
    """On the moments and the number of the messages of one occurrence."""
    for at in arrivals:
        seen.verdict.counts["messages"] += 1
        in_its_minute = timedelta() <= at - due < MINUTE
        excused = key in seen.crashed or _disturbed(seen, due, at)
        if not in_its_minute and not (timedelta() <= at - due <= GRACE and excused):
            seen.verdict.fault("at a wrong minute", (key, due, at))
    if len(arrivals) > 1:
        seen.verdict.counts["twice, after a crash"] += len(arrivals) - 1
        if len(arrivals) - 1 > seen.unrecorded[key]:
            seen.verdict.fault("duplicate", (key, due, arrivals))


def _is_justified(seen: Seen, key: Key, due: datetime, row: Row, arrivals: list[datetime]) -> bool:
    """Whether what is recorded agrees with what happened."""
    match row[1:]:
        case State.SENT, None:
            return bool(arrivals) and arrivals[-1] - due <= LATE
        case State.LATE, None:
            return bool(arrivals) and arrivals[-1] - due > LATE
        case State.SKIPPED, Reason.TOO_LATE:
            crashed = len(arrivals) <= seen.unrecorded[key]
            return crashed and _disturbed_throughout(seen, due)
        case State.UNCERTAIN, Reason.NO_ANSWER:
            died = key in seen.crashed and _disturbed_throughout(seen, due)
            return died or key in seen.unanswered
        case _:
            return False


def _was_gone(seen: Seen, block: Block, due: datetime) -> bool:
    """Whether the bot knew that nobody was there, or learnt it before it could send."""
    if block.told is None or due > _back(seen, block):
        return False
    return due >= block.told or _disturbed(seen, due, block.told)


def _back(seen: Seen, block: Block) -> datetime:
    return block.back or seen.end


def _disturbed(seen: Seen, begin: datetime, end: datetime) -> bool:
    return any(one <= end and two + SLACK >= begin for one, two in seen.disturbances)


def _disturbed_throughout(seen: Seen, due: datetime) -> bool:
    """Whether something lasted from then to the end of the grace."""
    return any(one - SLACK <= due and two + SLACK >= due + GRACE for one, two in seen.disturbances)


if __name__ == "__main__":
    main()
