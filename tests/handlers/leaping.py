"""Time that leaps: a clock that goes on only while everybody waits, so a minute takes no time."""

from __future__ import annotations

import asyncio
import itertools
import selectors
from collections import deque
from collections.abc import Coroutine, Iterable

from bot.handlers.pacer import REMINDER, Pacer
from bot.handlers.windows import Chat, Limits
from tests.telegram.limits import Sliding

# The strictest reading of Telegram's limits, whatever the bot's own defaults are.
STRICT = Limits(overall=30, private=3, private_seconds=3.0, group=20, group_seconds=60.0)
TICK = 1e-6
AT_ONCE = (0.0, 0.01)  # seconds there and back
GROUP = -100


class Leap(selectors.SelectSelector):
    """Instead of waiting, it moves its clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everybody waits, and nothing will ever happen"
        self.now += max(timeout, TICK)
        return super().select(0)


class Leaping(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._leap = Leap()
        super().__init__(self._leap)

    def time(self) -> float:
        return self._leap.now


class World:
    """Messages through a pacer to a server that answers after `latency`.

    `arrived` are (time, chat, what); `errors` are raised for the next messages instead of answers.
    """

    def __init__(self, limits: Limits = STRICT) -> None:
        self.pacer = Pacer(limits, clock=lambda: self.now)
        self.arrived: list[tuple[float, Chat, str]] = []
        self.errors: deque[Exception] = deque()
        self._names = map(str, itertools.count())

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time()

    async def send(
        self,
        chat: Chat = 1,
        *,
        reminder: bool = False,
        name: str | None = None,
        latency: tuple[float, float] = (0.005, 0.005),
        endpoint: str = "sendMessage",
    ) -> object:
        what = next(self._names) if name is None else name
        there, back = latency

        async def post() -> bool:
            await asyncio.sleep(there)
            self.arrived.append((self.now, chat, what))
            await asyncio.sleep(back)
            if self.errors:
                raise self.errors.popleft()
            return True

        kind = REMINDER if reminder else None
        return await self.pacer.process_request(post, (), {}, endpoint, {"chat_id": chat}, kind)

    def names(self) -> list[str]:
        return [name for _, _, name in self.arrived]

    def times(self) -> list[float]:
        return [time for time, _, _ in self.arrived]


def leaping(scene: Coroutine[object, object, None]) -> None:
    with asyncio.Runner(loop_factory=Leaping) as runner:
        runner.run(scene)


def keeps(arrivals: Iterable[tuple[float, Chat, str]], limits: Limits) -> bool:
    """Whether no window at the server ever held too many."""
    overall = Sliding(limits.overall, 1.0)
    chats: dict[Chat, Sliding] = {}
    for time, chat, _ in arrivals:
        private = isinstance(chat, int) and chat > 0
        new = (
            Sliding(limits.private, limits.private_seconds)
            if private
            else Sliding(limits.group, limits.group_seconds)
        )
        for window in (overall, chats.setdefault(chat, new)):
            if window.wait(time):
                return False
            window.arrivals.append(time)
    return True
