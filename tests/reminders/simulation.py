"""Months of reminders in a minute: the real queue and delivery, under a clock that can be set.

A fake Telegram takes the messages, and faults come from a seed. What was wished, what arrived and
what was recorded is left to a judge, see tests/benchmarks/year.py.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import TypeVar

from sqlalchemy import func, select

from bot.reminders.database import open_database
from bot.reminders.delivery import IN_FLIGHT, TICK, Delivery
from bot.reminders.due import Again, Dropped, Due, Moved, Result, Sent
from bot.reminders.queue import Ended, Queue
from bot.reminders.reminder import Reason, Reminder, Schedule, State
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import OCCURRENCES, REMINDERS

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3_600, 86_400))
JUDGED = 10 * DAY  # between judgements: ended occurrences are deleted after some months
NEXT = tuple(
    select(func.min(moment)).where(moment.is_not(None))  # so that its partial index serves
    for moment in (REMINDERS.c.next_due_at, OCCURRENCES.c.try_at)
)
ROUNDS = 2_000  # claims at one instant, after which the queue will never rest
ENOUGH = 1_000  # faults, after which there is no need to go on

Key = tuple[int, date]  # an occurrence: the reminder's id and the local date
Row = tuple[datetime, State, Reason | None]  # what is recorded: when it was due, how it ended
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated: `faults` of each kind a day, `crowd` as in Subscriptions."""

    wishes: tuple[Schedule, ...]
    days: int
    start: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    faults: int = 1
    crowd: int = 60
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A chat that takes nothing; `told` is when the bot knew, `back` when it came back."""

    begin: datetime
    told: datetime | None = None
    back: datetime | None = None


@dataclass(slots=True)
class Verdict:
    """What was counted, and the faults found, of which there should be none."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def fault(self, kind: str, about: object) -> None:
        self.faults[kind] += 1
        if self.faults[kind] <= 3:
            self.examples.append(f"{kind}: {about}")


@dataclass(slots=True)
class Seen:
    """What happened, for the judge: wishes with their chat, messages, faults.

    Every moment is one of the simulated clock's. `crashed` counts what a dying process had
    claimed, `unrecorded` what of it had arrived.
    """

    start: datetime
    end: datetime
    wishes: list[tuple[int, Reminder]] = field(default_factory=list)
    arrivals: dict[Key, list[datetime]] = field(default_factory=dict)
    blocks: dict[int, list[Block]] = field(default_factory=dict)
    unanswered: set[Key] = field(default_factory=set)
    disturbances: list[tuple[datetime, datetime]] = field(default_factory=list)
    crashed: Counter[Key] = field(default_factory=Counter)
    unrecorded: Counter[Key] = field(default_factory=Counter)
    verdict: Verdict = field(default_factory=Verdict)


Judge = Callable[[Seen, dict[Key, Row], datetime], None]


class Telegram:
    """Takes messages, or fails; the chats' real addresses and whether they are blocked."""

    def __init__(self, random: Random, seen: Seen) -> None:
        self._random, self._seen = random, seen
        self.owners: dict[int, int] = {}  # every address that a chat ever had
        self.addresses: dict[int, int] = {}  # the one that it has now
        self.blocks = seen.blocks
        self.told: dict[int, datetime] = {}  # addresses that the bot has recorded as dead
        self.storm_until = datetime.min.replace(tzinfo=UTC)

    def take(self, due: Due, now: datetime) -> tuple[Result, bool]:
        """The answer, and whether the message arrived."""
        address, owner = due.reminder.chat, self.owners[due.reminder.chat]
        if now > self.told.get(address, now):
            self._seen.verdict.fault("sent to a dead address", due)
        if now < self.storm_until:
            self._seen.verdict.counts["429 answered"] += 1
            longest = self._random.choice((20, 600)) * SECOND
            return Again(min(longest, self.storm_until - now) + SECOND), False
        if self.is_blocked(owner):
            return Dropped(State.REFUSED, Reason.BLOCKED), False
        if address != self.addresses[owner]:
            return Moved(self.addresses[owner]), False
        if self._random.random() < 0.01:
            self._seen.unanswered.add(_key(due))
            arrived = self._random.random() < 0.5
            return Dropped(State.UNCERTAIN, Reason.NO_ANSWER), arrived and self._arrive(due, now)
        return Sent(self._random.getrandbits(40), due.reminder.plan), self._arrive(due, now)

    def is_blocked(self, owner: int) -> bool:
        return owner in self.blocks and self.blocks[owner][-1].back is None

    def learn(self, due: Due, answer: Result, now: datetime) -> None:
        """The bot has recorded `answer`: from now on it should know better."""
        if isinstance(answer, Moved) or answer == Dropped(State.REFUSED, Reason.BLOCKED):
            self.know(due.reminder.chat, now)

    def know(self, address: int, now: datetime) -> None:
        """The bot knows that the address is dead."""
        self.told.setdefault(address, now)
        owner = self.owners[address]
        if self.is_blocked(owner) and not self.blocks[owner][-1].told:
            self.blocks[owner][-1] = Block(self.blocks[owner][-1].begin, told=now)

    def come_back(self, owner: int, now: datetime) -> None:
        last = self.blocks[owner][-1]
        self.blocks[owner][-1] = Block(last.begin, last.told, now)
        self.told.pop(self.addresses[owner], None)

    def _arrive(self, due: Due, now: datetime) -> bool:
        self._seen.arrivals.setdefault(_key(due), []).append(now)
        return True


class Bot:
    """One process with a delivery; it dies once `fuse` more steps are done."""

    def __init__(self, queue: Queue, telegram: Telegram, world: Simulation) -> None:
        self._telegram, self._world = telegram, world
        self.fuse: int | None = None
        self.died_while = ""
        self.claimed: set[Key] = set()  # without those whose result is recorded
        self.arrived: set[Key] = set()  # likewise
        self._delivery = Delivery(queue, self._post, lambda: world.now, threads=self._inline)

    async def turn(self) -> None:
        """Sends all that is due now."""
        rounds = count()
        try:
            while await self._delivery.tick():
                await self._delivery.finish()
                if next(rounds) > ROUNDS:
                    raise AssertionError("the queue never rests")
        except asyncio.CancelledError:
            if not self.died_while:
                raise
        await self._delivery.finish()

    async def _post(self, due: Due) -> Result:
        self._step("before sending")
        answer, arrived = self._telegram.take(due, self._world.now)
        self.arrived |= {_key(due)} if arrived else set()
        for _ in range(self._world.random.randrange(3)):
            await asyncio.sleep(0)  # others overtake
        return answer

    async def _inline(self, call: Callable[[], Told], /) -> Told:
        self._step("before writing")
        told = call()
        if isinstance(told, tuple):
            self.claimed |= {_key(due) for due in told}
        for due, answer, _ in _written(call):
            self.claimed.discard(_key(due))
            self.arrived.discard(_key(due))
            self._telegram.learn(due, answer, self._world.now)
        self._step("after writing")
        return told

    def _step(self, name: str) -> None:
        if self.fuse is not None and not self.died_while:
            self.fuse -= 1
            self.died_while = name if self.fuse < 0 else ""
        if self.died_while:
            raise asyncio.CancelledError  # ends its task, and nothing more is written


def _written(call: Callable[[], object]) -> Sequence[Ended]:
    """The results that a call of the delivery writes; none for other calls."""
    return call.args[0] if isinstance(call, partial) else ()


class Simulation:
    """A world with a settable clock, over the database at `url`, which must be empty.

    `judge` is called now and then, with the rows of what was due since it was called before.
    """

    def __init__(self, url: str, plan: Plan, judge: Judge) -> None:
        self.random, self.now = Random(plan.seed), plan.start
        self._plan, self._judge, self._judged = plan, judge, plan.start
        self._end = plan.start + plan.days * DAY
        self._seen = Seen(plan.start, self._end)
        self._databases = (open_database(url), open_database(url))
        self._queues = tuple(map(Queue, self._databases))
        self._subscriptions = Subscriptions(self._databases[0], crowd=plan.crowd)
        self._telegram = Telegram(self.random, self._seen)
        self._bots: dict[int, Bot] = {}
        self._wanted = 1  # processes
        self._people = len(plan.wishes) // 3  # and as many groups
        self._down = 0  # downtimes that have begun and not ended
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = count()

    async def run(self) -> Verdict:
        """Subscribes, lives through all days, and judges them."""
        try:
            self._subscribe()
            self._foresee()
            retried = self._end + 2 * HOUR
            while self.now < retried and self._seen.verdict.faults.total() < ENOUGH:
                self.now = max(self.now + TICK * SECOND, min(self._next_due(), self._events[0][0]))
                while self._events[0][0] <= self.now:
                    heapq.heappop(self._events)[2]()
                await self._live()
            self._pass_judgement(min(self._end, self.now))
        finally:
            for database in self._databases:
                database.close()
        return self._seen.verdict

    def _subscribe(self) -> None:
        """People with one or two reminders, and groups; a person's id is even."""
        for i, schedule in enumerate(self._plan.wishes):
            for chat in (2 * (i // 3) + i % 3 % 2, 1_000_000 + i):
                made = self._subscriptions.add(chat, schedule, "varied", self.now)
                self._telegram.owners[chat] = self._telegram.addresses[chat] = chat
                if isinstance(made, Reminder):
                    self._seen.wishes.append((chat, made))
                    break
        self._seen.verdict.counts["subscriptions"] = len(self._plan.wishes)

    def _foresee(self) -> None:
        """All that will happen; a downtime of 25 minutes a month is within the grace."""
        begin, whole = self._plan.start, self._plan.days * DAY
        for day in range(self._plan.days):
            midnight = begin + day * DAY
            self._at(midnight, self._change_shift)
            for fault in (self._light_fuse, self._block, self._migrate) * self._plan.faults:
                self._at(midnight + self.random.random() * DAY, fault)
            if day % 5 == 2:
                self._storm_at(midnight + self.random.random() * DAY, self.random.randint(2, 8))
            if day % 30 == 15:
                self._down_at(midnight + self.random.random() * DAY, 25 * MINUTE)
        self._down_at(begin + whole * 0.3, 3 * HOUR)
        self._down_at(begin + whole * 0.7, 30 * HOUR)
        self._storm_at(begin + whole * 0.55, 90)
        self._at(begin + whole * 0.45 + 20 * MINUTE, self._set_back)
        for judged in range(1, self._plan.days * DAY // JUDGED + 1):
            self._at(begin + judged * JUDGED, lambda: self._pass_judgement(self.now - 2 * DAY))
        self._at(self._end + 3 * HOUR, lambda: None)

    def _at(self, moment: datetime, happens: Callable[[], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), happens))

    def _change_shift(self) -> None:
        """One process or two, a week each."""
        self._wanted = 1 + (self.now - self._plan.start) // (7 * DAY) % 2
        self._staff()

    def _staff(self) -> None:
        """Starts what lacks and lets go of what is too many, between their turns."""
        wanted = range(0 if self._down else self._wanted)
        self._bots = {
            n: self._bots.get(n) or Bot(self._queues[n], self._telegram, self) for n in wanted
        }

    def _light_fuse(self) -> None:
        for bot in list(self._bots.values())[:1]:
            bot.fuse = self.random.randrange(3 * IN_FLIGHT)

    def _block(self) -> None:
        """A person blocks the bot: which notices at once, or when it next sends."""
        owner = 2 * self.random.randrange(self._people)
        if self._telegram.is_blocked(owner):
            return
        self._seen.verdict.counts["blocked"] += 1
        self._telegram.blocks.setdefault(owner, []).append(Block(self.now))
        if self.random.random() < 0.3:
            self._subscriptions.leave(owner, self.now)
            self._telegram.know(owner, self.now)
        if self.random.random() < 0.7:
            self._at(self.now + self.random.randint(1, 480) * HOUR, lambda: self._unblock(owner))

    def _unblock(self, owner: int) -> None:
        self._seen.verdict.counts["came back"] += 1
        self._subscriptions.resume(owner, self.now)
        self._telegram.come_back(owner, self.now)

    def _migrate(self) -> None:
        """A group gets another id: which the bot is told, or learns when it next sends."""
        owner = 2 * self.random.randrange(self._people) + 1
        old, new = self._telegram.addresses[owner], -100_000_000_000 - next(self._numbers)
        if old != owner:
            return
        self._seen.verdict.counts["migrated"] += 1
        self._telegram.addresses[owner], self._telegram.owners[new] = new, owner
        if self.random.random() < 0.3:
            self._subscriptions.move(old, new)
            self._telegram.know(old, self.now)

    def _storm_at(self, begin: datetime, minutes: int) -> None:
        def brew() -> None:
            self._telegram.storm_until = max(begin + minutes * MINUTE, self._telegram.storm_until)

        self._at(begin, brew)
        self._disturb("storms", begin, begin + minutes * MINUTE)

    def _down_at(self, begin: datetime, long: timedelta) -> None:
        def turn(change: int) -> None:
            self._down += change
            self._staff()

        self._at(begin, lambda: turn(1))
        self._at(begin + long, lambda: turn(-1))
        self._disturb("downtimes", begin, begin + long)

    def _disturb(self, kind: str, begin: datetime, end: datetime) -> None:
        self._seen.verdict.counts[kind] += 1
        self._seen.disturbances.append((begin, end))

    def _set_back(self) -> None:
        self._disturb("clock set back", self.now - HOUR, self.now)
        self.now -= HOUR

    def _next_due(self) -> datetime:
        """When the engine wants to be asked next."""
        if not self._bots:
            return self._end + DAY
        with self._databases[0].reading() as connection:
            found = [connection.execute(one).scalar() for one in NEXT]
        return min((one for one in found if one), default=self._end + DAY)

    async def _live(self) -> None:
        self._seen.verdict.counts["looks at what is due"] += 1
        await asyncio.gather(*(bot.turn() for bot in self._bots.values()))
        for n, bot in list(self._bots.items()):
            if bot.died_while:
                del self._bots[n]
                back = self.now + self.random.randint(5, 60) * SECOND
                self._at(back, self._staff)
                self._note_crash(bot, back)

    def _note_crash(self, bot: Bot, back: datetime) -> None:
        self._disturb(f"crashes {bot.died_while}", self.now, back)
        self._seen.crashed.update(bot.claimed)
        self._seen.unrecorded.update(bot.arrived)
        if len(bot.claimed) > IN_FLIGHT:
            self._seen.verdict.fault("too many in flight", bot.claimed)

    def _pass_judgement(self, upto: datetime) -> None:
        """On what was due before then."""
        c = OCCURRENCES.c
        chosen = select(c.reminder, c.day, c.due_at, c.state, c.reason)
        chosen = chosen.where(c.due_at < upto, c.due_at >= self._judged)
        with self._databases[0].reading() as connection:
            found = connection.execute(chosen).all()
        rows: dict[Key, Row] = {}
        for row in found:
            if (row.reminder, row.day) in rows:
                self._seen.verdict.fault("two rows of one occurrence", row)
            rows[row.reminder, row.day] = row.due_at, State(row.state), row.reason
        self._judged = upto
        self._judge(self._seen, rows, upto)


def _key(due: Due) -> Key:
    return due.reminder.id, due.day
