"""Whose turn it is: messages that wait until Telegram's limits have room for them. No clock here.

Times are seconds of one clock that never goes back; infinity is "when an answer has come".
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from dataclasses import dataclass
from math import inf

OVERALL_SECONDS = 1.0
LAG = 2  # beats that may be caught up with, so that waking late costs no rate

Chat = int | str  # an id, or "@name" of a group or channel


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages Telegram takes; paid broadcasts have `overall=1000`.

    ValueError where one is not positive, or nothing is left for reminders.
    """

    overall: int = 30  # in any second
    spare: int = 1  # of these, kept free by reminders for answers to people
    private: int = 10  # to one person within private_seconds
    private_seconds: float = 10.0
    group: int = 20
    group_seconds: float = 60.0

    def __post_init__(self) -> None:
        numbers = (self.private, self.private_seconds, self.group, self.group_seconds)
        if min(numbers) <= 0 or not 0 <= self.spare < self.overall:
            raise ValueError(f"limits that let nothing go: {self}")


@dataclass(frozen=True, slots=True)
class Ticket:
    """One message: `number` is its place in the order of coming."""

    number: int
    chat: Chat
    reminder: bool


class Window:
    """At most `limit` messages in any `seconds` at the other end.

    Nobody tells when a message arrives, only that it is between its start and its answer. So it
    counts from the one until `seconds` after the other.
    """

    __slots__ = ("_answered", "_in_flight", "_limit", "_seconds")

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit, self._seconds = limit, seconds
        self._in_flight = 0
        self._answered: deque[float] = deque()

    def opens_at(self, now: float, spare: int = 0) -> float:
        """When one more may start that leaves room for `spare` others; not before `now`."""
        self._forget(now)
        too_many = self._in_flight + len(self._answered) + 1 + spare - self._limit
        if too_many <= 0:
            return now
        if too_many > len(self._answered):
            return inf
        return self._answered[too_many - 1] + self._seconds

    def start(self) -> None:
        self._in_flight += 1

    def answer(self, now: float) -> None:
        self._in_flight -= 1
        self._answered.append(now)

    def empty(self, now: float) -> bool:
        self._forget(now)
        return not self._in_flight and not self._answered

    def _forget(self, now: float) -> None:
        while self._answered and self._answered[0] + self._seconds <= now:
            self._answered.popleft()


class Windows:
    """A window for each chat that was written to lately; the others cost no memory."""

    __slots__ = ("_limit", "_seconds", "_windows")

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit, self._seconds = limit, seconds
        self._windows: dict[Chat, Window] = {}  # the one answered last is last

    def __len__(self) -> int:
        return len(self._windows)

    def opens_at(self, chat: Chat, now: float) -> float:
        window = self._windows.get(chat)
        return window.opens_at(now) if window else now

    def start(self, chat: Chat) -> None:
        self._windows.setdefault(chat, Window(self._limit, self._seconds)).start()

    def answer(self, chat: Chat, now: float) -> None:
        window = self._windows.pop(chat)
        window.answer(now)
        self._windows[chat] = window
        # The last one has just been answered, so there is always one that is not empty.
        while self._windows[first := next(iter(self._windows))].empty(now):
            del self._windows[first]


class Beat:
    """Evenly spaced turns, `rate` a second, of which LAG at most are caught up with.

    Answers take a beat too, without waiting for it: else reminders would go too fast beside them,
    fill the window early, and leave a gap in it where a second answer finds no room.
    """

    __slots__ = ("_interval", "at")

    def __init__(self, rate: float) -> None:
        self._interval = 1 / rate
        self.at = -inf

    def take(self, now: float) -> None:
        following = max(self.at, now - LAG * self._interval) + self._interval
        self.at = min(following, now + OVERALL_SECONDS)


class Line:
    """Those who wait and those in flight: answers before reminders, then first come first served.

    Whoever waits for a limit of their own chat is passed by.
    """

    def __init__(self, limits: Limits) -> None:
        self.halted_until = -inf
        self._spare = limits.spare
        self._overall = Window(limits.overall, OVERALL_SECONDS)
        self._private = Windows(limits.private, limits.private_seconds)
        self._groups = Windows(limits.group, limits.group_seconds)
        self._beat = Beat(limits.overall - limits.spare)
        self._waiting: dict[bool, list[Ticket]] = {False: [], True: []}  # by Ticket.reminder
        self._in_flight: set[Ticket] = set()

    @property
    def chats(self) -> int:
        """How many chats are remembered."""
        return len(self._private) + len(self._groups)

    def join(self, ticket: Ticket) -> None:
        """Waits, at its old place if it has been here before."""
        insort(self._waiting[ticket.reminder], ticket, key=lambda other: other.number)

    def let_go(self, now: float) -> tuple[list[Ticket], float]:
        """Those whose turn has come, now in flight, and when to look again."""
        gone = []
        while isinstance(found := self._next(now), Ticket):
            self._start(found, now)
            gone.append(found)
        return gone, found

    def leave(self, ticket: Ticket, now: float) -> None:
        """Takes it out, wherever it is: it was answered, or nobody waits for it any more."""
        if ticket in self._in_flight:
            self._in_flight.remove(ticket)
            self._overall.answer(now)
            self._windows(ticket.chat).answer(ticket.chat, now)
        elif ticket in self._waiting[ticket.reminder]:
            self._waiting[ticket.reminder].remove(ticket)

    def halt(self, until: float) -> None:
        """Lets nobody go before `until`."""
        self.halted_until = max(self.halted_until, until)

    def _next(self, now: float) -> Ticket | float:
        """Whose turn it is, or when it will be somebody's."""
        soonest = inf
        for reminder, waiting in self._waiting.items():
            gate = self._gate(now, reminder=reminder) if waiting else inf
            for ticket in waiting if gate <= now else ():
                opens = self._windows(ticket.chat).opens_at(ticket.chat, now)
                if opens <= now:
                    return ticket
                soonest = min(soonest, opens)
            if gate > now:
                soonest = min(soonest, gate)
        return soonest

    def _gate(self, now: float, *, reminder: bool) -> float:
        """When the limits that all share have room."""
        opens = self._overall.opens_at(now, self._spare if reminder else 0)
        return max(opens, self.halted_until, self._beat.at if reminder else -inf)

    def _start(self, ticket: Ticket, now: float) -> None:
        self._waiting[ticket.reminder].remove(ticket)
        self._in_flight.add(ticket)
        self._overall.start()
        self._windows(ticket.chat).start(ticket.chat)
        self._beat.take(now)

    def _windows(self, chat: Chat) -> Windows:
        return self._private if isinstance(chat, int) and chat > 0 else self._groups
