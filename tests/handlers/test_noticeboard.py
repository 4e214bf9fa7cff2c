"""A board put into its message over HTTP: each answer and each silence of Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.answering.answer import Answerer
from bot.handlers.context import App
from bot.handlers.hearing import Hearing
from bot.handlers.hosting import Hosting
from bot.handlers.keeper import BoardKeeper
from bot.handlers.noticeboard import Noticeboard
from bot.handlers.posting import Poster
from bot.knowledge.group_texts import BoardTexts
from bot.knowledge.knowledge import Knowledge
from bot.reminders.board import Board
from bot.reminders.due import Dropped, Sent
from bot.reminders.house_rules import HouseRules
from bot.reminders.reminder import Reason, State
from bot.reminders.rulebook import Rulebook
from bot.replies.talk import Talk
from tests.handlers.assembled import application
from tests.handlers.boarding import GROUP, MINUTE, NINE, SUPERGROUP, Gym
from tests.handlers.talking import Ailing
from tests.telegram import FakeTelegram, SentMessage
from tests.telegram.group import Group, new_group

# The library warns of a later version whenever it makes a RetryAfter.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

ADA, BOB = 1_001, 1_002


@pytest.fixture
def texts(knowledge: Knowledge) -> BoardTexts:
    return knowledge.messages.board


@dataclass(frozen=True, slots=True)
class Hall:
    """A group with a stretch that has gone out, and the noticeboard that shows who has done it."""

    server: FakeTelegram
    app: App
    gym: Gym
    occurrence: int
    sent: SentMessage
    old: Group
    new: Group

    def board(self) -> Board:
        found = self.gym.boards.board(self.occurrence)
        assert found is not None
        return found

    async def put(self) -> int | None:
        return await Noticeboard(self.app)(self.board())

    async def put_and_noted(self) -> None:
        """As the keeper does."""
        await BoardKeeper(self.gym.boards, Noticeboard(self.app), lambda: NINE)._put_right(
            self.occurrence
        )

    @property
    def edits(self) -> int:
        return len(self.server.called("editMessageText"))

    @property
    def posts(self) -> int:
        return len(self.server.called("sendMessage")) - 1


@asynccontextmanager
async def opened(
    answerer: Answerer, database: Ailing, *, forum: bool = False
) -> AsyncIterator[Hall]:
    async with FakeTelegram() as server:
        old = new_group(server.state, "Gym", supergroup=forum, forum=forum, id=GROUP)
        new = new_group(server.state, "Gym", supergroup=True, forum=False, id=SUPERGROUP)
        for group in (old, new):
            await group.add(server.person())
            await group.add_bot()
        topic = await old.topic("Stretching") if forum else None
        gym = Gym(database, GROUP, topic)
        hearing = Hearing(Talk(answerer), gym.subscriptions)
        app = application(server.url, hearing)
        app.bot_data.hosting = Hosting(hearing.notebook, Rulebook(database), gym.boards)
        async with app.bot:
            due = gym.claim()
            result = await Poster(app, lambda: NINE)(due)
            assert isinstance(result, Sent)
            assert gym.queue.record(due, result, NINE)
            yield Hall(server, app, gym, due.id, await old.reads(), old, new)
        assert server.violations == []


@pytest.fixture
async def hall(answerer: Answerer, database: Ailing) -> AsyncIterator[Hall]:
    async with opened(answerer, database) as running:
        yield running


async def test_the_message_is_edited(hall: Hall, texts: BoardTexts) -> None:
    hall.gym.tap(hall.occurrence, ADA, BOB)
    assert await hall.put() is None
    board = await hall.old.reads()
    assert (board.message_id, board.edited) == (hall.sent.message_id, True)
    assert board.text == hall.sent.text.replace(texts.nobody, texts.many.format(n=2))
    assert board.buttons == hall.sent.buttons
    assert (hall.edits, hall.posts) == (1, 0)


async def test_what_has_not_changed_is_no_error(hall: Hall) -> None:
    """And with no tap nothing has: the board is the message as it came."""
    assert await hall.put() is None
    assert [call.error for call in hall.server.refused()] == [hall.server.calls[-1].error]
    assert "message is not modified" in (hall.server.calls[-1].error or "")
    assert not hall.old.unread()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (400, "Bad Request: message to edit not found"),  # an administrator deleted it
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
    ],
)
async def test_what_cannot_be_edited_is_left(hall: Hall, code: int, words: str) -> None:
    hall.gym.tap(hall.occurrence, ADA)
    hall.server.fail_next("editMessageText", code, words)
    await hall.put_and_noted()
    assert not hall.gym.is_stale(hall.occurrence)
    assert (hall.edits, hall.posts) == (1, 0)


async def test_a_message_that_was_deleted_is_not_sent_again(hall: Hall) -> None:
    del hall.old.chat.records[hall.sent.message_id]
    hall.gym.tap(hall.occurrence, ADA)
    await hall.put_and_noted()
    assert not hall.gym.is_stale(hall.occurrence)
    assert (hall.edits, hall.posts) == (1, 0)


async def test_the_bot_was_thrown_out(hall: Hall) -> None:
    await hall.old.remove_bot()
    hall.gym.tap(hall.occurrence, ADA)
    await hall.put_and_noted()
    assert not hall.gym.is_stale(hall.occurrence)
    assert (hall.edits, hall.posts) == (1, 0)


MOVED = {"migrate_to_chat_id": SUPERGROUP}
WORDS = "Bad Request: group chat was upgraded to a supergroup chat"


async def test_the_group_has_another_id(hall: Hall, texts: BoardTexts) -> None:
    """The board is posted anew there, silently, and then edited in its new place."""
    hall.gym.tap(hall.occurrence, ADA)
    hall.server.fail_next("editMessageText", 400, WORDS, MOVED)
    await hall.put_and_noted()
    assert hall.board().reminder.chat == SUPERGROUP
    assert hall.gym.is_stale(hall.occurrence)
    await hall.put_and_noted()
    board = await hall.new.reads()
    assert (board.silent, board.edited, board.thread_id) == (True, False, None)
    assert texts.one in board.text
    assert hall.gym.message(hall.occurrence) == board.message_id
    assert not hall.gym.is_stale(hall.occurrence)
    hall.gym.tap(hall.occurrence, BOB, group=SUPERGROUP)
    await hall.put_and_noted()
    edited = await hall.new.reads()
    assert (edited.message_id, edited.edited) == (board.message_id, True)
    assert texts.many.format(n=2) in edited.text
    assert hall.posts == 1


async def test_it_cannot_be_noted_that_the_group_has_moved(hall: Hall) -> None:
    hall.gym.tap(hall.occurrence, ADA)
    board = hall.board()
    hall.server.fail_next("editMessageText", 400, WORDS, MOVED)
    hall.gym.database.away = True
    assert await Noticeboard(hall.app)(board) is None
    hall.gym.database.away = False
    assert hall.board().reminder.chat == GROUP


async def test_it_is_posted_anew_in_its_topic(answerer: Answerer, database: Ailing) -> None:
    async with opened(answerer, database, forum=True) as hall:
        hall.gym.boards.shown(hall.occurrence, 0)
        moved = replace(hall.board(), occurrence=replace(hall.board().occurrence, message=None))
        message = await Noticeboard(hall.app)(moved)
        board = await hall.old.reads()
        assert (board.message_id, board.silent) == (message, True)
        assert board.thread_id == hall.sent.thread_id is not None


async def test_what_may_have_arrived_is_not_sent_again(hall: Hall) -> None:
    """Nobody knows as which message it came, if it did."""
    due = hall.gym.claim(NINE + 24 * 60 * MINUTE)
    assert hall.gym.queue.record(due, Dropped(State.UNCERTAIN, Reason.NO_ANSWER), NINE)
    hall.gym.tap(due.id, ADA)
    board = hall.gym.boards.board(due.id)
    assert board is not None
    assert await Noticeboard(hall.app)(board) is None
    assert (hall.edits, hall.posts) == (0, 0)


async def test_no_answer_to_a_board_that_is_posted_anew(hall: Hall) -> None:
    """It stands there; another one at each look would fill the group."""
    hall.gym.tap(hall.occurrence, ADA)
    hall.gym.subscriptions.move(GROUP, SUPERGROUP)
    hall.server.drop_next("sendMessage")
    await hall.put_and_noted()
    assert not hall.gym.is_stale(hall.occurrence)
    assert (await hall.new.reads()).text
    assert hall.posts == 1


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize(
    ("code", "words", "told", "kind"),
    [
        (429, "Too Many Requests: retry after 3", {"retry_after": 3}, RetryAfter),
        (500, "Internal Server Error", None, NetworkError),
        (502, "Bad Gateway", None, NetworkError),
    ],
)
async def test_what_is_worth_another_try(  # noqa: PLR0917
    hall: Hall,
    moved: bool,
    code: int,
    words: str,
    told: dict[str, int] | None,
    kind: type[TelegramError],
) -> None:
    hall.gym.tap(hall.occurrence, ADA)
    if moved:
        hall.gym.subscriptions.move(GROUP, SUPERGROUP)
    hall.server.fail_next("sendMessage" if moved else "editMessageText", code, words, told)
    with pytest.raises(kind):
        await hall.put_and_noted()
    assert hall.gym.is_stale(hall.occurrence)


@pytest.mark.parametrize("moved", [False, True])
async def test_nobody_is_there(answerer: Answerer, database: Ailing, moved: bool) -> None:
    async with opened(answerer, database) as hall:
        hall.gym.tap(hall.occurrence, ADA)
        if moved:
            hall.gym.subscriptions.move(GROUP, SUPERGROUP)
        board = hall.board()
        await hall.server.stop()
        with pytest.raises(NetworkError):
            await Noticeboard(hall.app)(board)


async def test_no_answer_to_an_edit_is_tried_again(hall: Hall) -> None:
    """It does no harm: the same edit twice is one."""
    hall.gym.tap(hall.occurrence, ADA)
    hall.server.drop_next("editMessageText")
    with pytest.raises(NetworkError):
        await hall.put_and_noted()
    await hall.put_and_noted()
    assert not hall.gym.is_stale(hall.occurrence)


async def test_names_and_what_they_hold(hall: Hall, texts: BoardTexts) -> None:
    rulebook = Rulebook(hall.gym.database)
    rulebook.show_name(GROUP, ADA, "<b>Ada</b> & @everybody")
    hall.gym.tap(hall.occurrence, ADA)
    await hall.put()
    board = await hall.old.reads()
    assert texts.named.format(count=texts.one, names="<b>Ada< b> & everybody") in board.text
    assert {entity["type"] for entity in board.entities} <= {"bold", "italic", "blockquote"}


async def test_the_rules_cannot_be_read(hall: Hall, texts: BoardTexts) -> None:
    """The board is shown in the usual language."""
    Rulebook(hall.gym.database).keep(HouseRules(GROUP, language="de"))
    hall.gym.tap(hall.occurrence, ADA)
    board = hall.board()
    hall.gym.database.away = True
    assert await Noticeboard(hall.app)(board) is None
    assert texts.one in (await hall.old.reads()).text
