"""The server refuses messages that come too fast."""

from dataclasses import dataclass

import httpx
import pytest

from tests.telegram import FakeTelegram
from tests.telegram.calls import Call
from tests.telegram.errors import ApiError
from tests.telegram.limits import Enforced, Floods
from tests.telegram.schema import Json
from tests.telegram.state import Chat, State

GROUP: Json = {"title": "Friends", "username": "friends"}


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def state() -> State:
    known = State({"id": 1, "is_bot": True, "first_name": "Psoas"})
    known.chats[-5] = Chat(-5, "supergroup", GROUP)
    return known


def waits(floods: Floods, method: str, chat: int | str, at: float) -> int:
    """What it is told to wait, 0 when it is taken."""
    try:
        floods.admit(Call(method, {"chat_id": chat}, at))
    except ApiError as refusal:
        return refusal.parameters["retry_after"]
    return 0


@pytest.mark.parametrize(
    ("calls", "refused"),
    [
        ([("sendMessage", chat, 0.0) for chat in range(1, 31)], 0),
        ([("sendMessage", chat, 0.0) for chat in range(1, 32)], 1),
        ([("sendMessage", chat, chat / 29) for chat in range(1, 100)], 0),
        ([("sendMessage", chat, chat / 31) for chat in range(1, 32)], 1),
        ([("sendMessage", 7, at) for at in (0.0, 0.1, 0.2)], 0),
        ([("sendMessage", 7, at) for at in (0.0, 0.1, 0.2, 3.0)], 0),
        ([("sendMessage", 7, at) for at in (0.0, 0.1, 0.2, 0.3)], 3),
        ([("editMessageText", 7, at) for at in (0.0, 0.1, 0.2, 2.9)], 1),
        ([("deleteMessage", 7, at) for at in (0.0, 0.1, 0.2, 1.0)], 2),
        ([("sendChatAction", 7, 0.0) for _ in range(50)], 0),
        ([("sendPhoto", -5, float(at)) for at in range(20)], 0),
        ([("sendPhoto", -5, float(at)) for at in range(21)], 40),
        ([("sendPhoto", "@friends" if at % 2 else -5, float(at)) for at in range(21)], 40),
    ],
)
def test_sliding_windows(calls: list[tuple[str, int | str, float]], refused: int) -> None:
    floods = Floods(state(), Enforced(private=3, private_seconds=3.0))
    *before, last = [waits(floods, method, chat, at) for method, chat, at in calls]
    assert not any(before)
    assert last == refused


def test_what_was_refused_does_not_count() -> None:
    floods = Floods(state(), Enforced(private=1, private_seconds=3.0))
    assert [waits(floods, "sendMessage", 7, at) for at in (0.0, 1.0, 2.0, 3.0)] == [0, 2, 1, 0]


async def test_a_refused_call_does_nothing() -> None:
    clock = Clock()
    async with FakeTelegram(now=clock, limits=Enforced(private=1, private_seconds=3.0)) as server:
        ada = server.person()
        await ada.says("hello")
        url = f"{server.url}/bot{server.token}/sendMessage"
        async with httpx.AsyncClient() as client:
            answers = []
            for later in (0.0, 1.0, 2.0):
                clock.now += later
                answers.append(await client.post(url, json={"chat_id": ada.id, "text": "hi"}))
        assert [answer.status_code for answer in answers] == [200, 429, 200]
        assert answers[1].json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 2",
            "parameters": {"retry_after": 2},
        }
        assert [call.error for call in server.refused()] == ["Too Many Requests: retry after 2"]
        assert len(ada.unread()) == 2
        assert not server.violations
