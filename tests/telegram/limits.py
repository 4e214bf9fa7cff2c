"""Flood limits: messages that come too fast are refused with 429, as Telegram does."""

import math
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

from tests.telegram.calls import Call
from tests.telegram.errors import ApiError
from tests.telegram.schema import bot_api
from tests.telegram.state import State

OVERALL_SECONDS, GROUP_SECONDS = 1.0, 60.0

_MESSAGES = {"Message", "Array of Message", "MessageId", "Array of MessageId", "Poll"}
_ANSWER_ONLY_TRUE = {
    *("deleteMessage", "deleteMessages", "sendMessageDraft", "sendRichMessageDraft", "sendGift"),
}


@dataclass(frozen=True)
class Enforced:
    """How many messages are taken: in any second, of one person's chat, to a group in 60 s."""

    overall: int = 30
    private: int = 10
    private_seconds: float = 10.0
    group: int = 20


@dataclass
class Sliding:
    """Arrivals of the last seconds, at most limit of them."""

    limit: int
    seconds: float
    arrivals: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more may come; 0 for at once."""
        while self.arrivals and self.arrivals[0] + self.seconds <= now:
            self.arrivals.popleft()
        if len(self.arrivals) < self.limit:
            return 0.0
        return self.arrivals[-self.limit] + self.seconds - now


class Floods:
    """Counts the messages that were taken; refused ones do not count."""

    def __init__(self, state: State, limits: Enforced) -> None:
        self._state = state
        self._limits = limits
        self._overall = Sliding(limits.overall, OVERALL_SECONDS)
        self._chats: dict[Hashable, Sliding] = {}

    def admit(self, call: Call) -> None:
        """Take a call in; ApiError 429 when its message comes too fast."""
        if not is_message(call):
            return
        windows = (self._overall, self._chat(call.parameters["chat_id"]))
        wait = max(window.wait(call.at) for window in windows)
        if wait > 0:
            raise too_many_requests(wait)
        for window in windows:
            window.arrivals.append(call.at)

    def _chat(self, chat_id: int | str) -> Sliding:
        named = isinstance(chat_id, str)
        key = self._state.chat(chat_id).id if named else chat_id
        private = isinstance(key, int) and key > 0
        limit = self._limits.private if private else self._limits.group
        seconds = self._limits.private_seconds if private else GROUP_SECONDS
        return self._chats.setdefault(key, Sliding(limit, seconds))


def is_message(call: Call) -> bool:
    """Whether a call posts a message in a chat, or changes or deletes one."""
    returns = bot_api().methods[call.method].returns
    known = bool(_MESSAGES & set(returns)) or call.method in _ANSWER_ONLY_TRUE
    return known and "chat_id" in call.parameters


def too_many_requests(seconds: float) -> ApiError:
    """429: whole seconds, at least 1."""
    wait = max(1, math.ceil(seconds))
    return ApiError(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
