"""All buttons of a group's settings, pressed after a restart, and once more."""

from __future__ import annotations

from collections import deque

from bot.answering.answer import Answerer
from bot.handlers.hosting import Hosting, Place
from bot.handlers.pressing import Pressed
from bot.reminders.boards import Boards
from bot.reminders.database import Database
from bot.reminders.rulebook import Rulebook
from bot.replies.actions import decode, encode
from bot.replies.house_actions import HouseAction, SwitchName, TapDone
from bot.replies.plain import plain
from bot.replies.reminder_actions import StopReminder
from bot.replies.reply import Reply
from bot.replies.talk import Talk
from tests.handlers.talking import GROUP, NOW, restarted

LONGEST = 64  # bytes
FORUM = Place(GROUP, 5, is_forum=True)
ON_BOARDS = (TapDone, SwitchName)


def hosting(answerer: Answerer, database: Database) -> Hosting:
    """All that was in memory is lost."""
    tongues = {"en": Talk(answerer), "de": Talk(answerer)}
    notebook = restarted(answerer, database).notebook
    return Hosting(notebook, Rulebook(database), Boards(database), tongues)


def buttons(reply: Reply | None) -> list[str]:
    rows = reply.buttons if reply else ()
    return [button.data for row in rows for button in row]


async def test_each_does_something_twice(answerer: Answerer, database: Database) -> None:
    first = hosting(answerer, database)
    waiting = deque(buttons(await first.settings(FORUM)))  # also while nothing is set
    await first.wishes(FORUM, "daily at 9, Berlin time", NOW)
    waiting += buttons(await first.settings(FORUM))
    pressed: dict[str, list[Pressed]] = {}
    while waiting:
        data = waiting.popleft()
        action = decode(data)
        if data in pressed or isinstance(action, StopReminder):
            continue
        assert 1 <= len(data.encode()) <= LONGEST
        assert action is not None
        assert encode(action) == data
        anew = hosting(answerer, database)
        pressed[data] = [await anew.presses(FORUM, action, NOW) for _ in range(2)]
        for done in pressed[data]:
            reply = done.edit or done.send
            assert done.toast or (reply and plain(reply).strip())
            waiting += buttons(done.edit) + buttons(done.send)
    kinds = {type(decode(data)) for data in pressed}
    assert kinds >= set(HouseAction.__args__) - set(ON_BOARDS)
