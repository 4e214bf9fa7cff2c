"""Telegram for tests: a real HTTP server that speaks the Bot API strictly, and people who use it.

    async with FakeTelegram() as server:
        ada = server.person(first_name="Ada", language_code="en")
        await ada.says("/start")
        greeting = await ada.reads()
        await ada.presses(greeting, "Help")
        assert not server.violations

Groups: see Group; `server.group("Friends")`, then `await friends.add(ada)`, `friends.add_bot()`.

`python -m tests.telegram` starts it by hand and lets a person talk to the bot in the terminal.
"""

from tests.telegram.group import Group
from tests.telegram.inline import InlineAnswers, InlineResult
from tests.telegram.person import Person
from tests.telegram.sent import SentMessage
from tests.telegram.server import FakeTelegram
from tests.telegram.state import Switches

__all__ = [
    "FakeTelegram",
    "Group",
    "InlineAnswers",
    "InlineResult",
    "Person",
    "SentMessage",
    "Switches",
]
