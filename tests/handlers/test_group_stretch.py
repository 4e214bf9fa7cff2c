"""A group's stretch of the day and its board: the real process, over HTTP."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.knowledge.group_texts import BoardTexts
from bot.knowledge.knowledge import Knowledge
from bot.reminders.database import Database
from bot.reminders.reminder import QUIZ, Pause
from bot.reminders.subscriptions import Subscriptions
from bot.replies.links import deep_link, joining_link
from tests.handlers.gyms import NAME, opened, toast
from tests.handlers.ringing import SOON, due_now, rings, stretch
from tests.handlers.waiting import until
from tests.telegram import FakeTelegram, Group, Person

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

TAPPED = 5.0  # seconds within which a board shows what was tapped


@pytest.fixture
def texts(knowledge: Knowledge) -> BoardTexts:
    return knowledge.messages.board


async def test_it_comes_with_a_board(
    gym: Group, bot_database: Database, knowledge: Knowledge, texts: BoardTexts
) -> None:
    message = await rings(gym, bot_database)
    technique = knowledge.techniques["pelvic-tilt"]
    assert technique.title in message.text.partition("\n")[0]
    assert technique.dose.text in message.text
    assert texts.nobody in message.text
    assert message.text.endswith(knowledge.messages.caveat.short)
    more = knowledge.messages.group.more
    assert message.labels == [texts.done, texts.name, texts.too, more]


async def test_taps_are_counted_once_and_shown(
    gym: Group, ada: Person, bob: Person, bot_database: Database, texts: BoardTexts
) -> None:
    message = await rings(gym, bot_database)
    assert await toast(bob, message, texts.done) == texts.counted
    assert await toast(bob, message, texts.done) == texts.counted_before
    board = await gym.reads(TAPPED)
    assert board.message_id == message.message_id
    assert texts.one in board.text
    assert "Bob" not in board.text
    assert await toast(ada, board, texts.done) == texts.counted


async def test_a_name_stands_there_for_those_who_allow_it(
    gym: Group, bob: Person, bot_database: Database, texts: BoardTexts
) -> None:
    message = await rings(gym, bot_database)
    assert await toast(bob, message, texts.name) == texts.name_shown
    await toast(bob, message, texts.done)
    board = await gym.reads(TAPPED)
    assert texts.named.format(count=texts.one, names="Bob") in board.text
    assert await toast(bob, board, texts.name) == texts.name_hidden


async def test_many_taps_take_few_edits(
    server: FakeTelegram, gym: Group, bot_database: Database, texts: BoardTexts
) -> None:
    message = await rings(gym, bot_database)
    people = [server.person(first_name=f"P{n}") for n in range(200)]
    for person in people:
        await gym.add(person)
    toasts = await asyncio.gather(*(toast(person, message, texts.done) for person in people))
    assert set(toasts) == {texts.counted}
    board = await gym.reads(TAPPED)
    while texts.many.format(n=200) not in board.text:
        board = await gym.reads(30)
    edits = [c for c in server.called("editMessageText") if c.parameters["chat_id"] == gym.id]
    assert len(edits) <= 3


async def test_a_private_reminder_at_the_same_time(
    gym: Group, bob: Person, bot_database: Database, texts: BoardTexts, knowledge: Knowledge
) -> None:
    reminder = stretch(gym, bot_database)
    due_now(bot_database, reminder)
    message = await gym.reads(SOON)
    keyboard = gym.chat.records[message.message_id].message["reply_markup"]["inline_keyboard"]
    assert keyboard[1][1]["url"] == deep_link(NAME, joining_link(reminder.id))
    await bob.says(f"/start {joining_link(reminder.id)}")
    confirmed = await bob.reads()
    assert f"{reminder.schedule.at:%H:%M}" in confirmed.text
    (own,) = Subscriptions(bot_database).of(bob.id)
    assert (own.schedule, own.plan) == (reminder.schedule, reminder.plan)
    await bob.says("/start j-999999")
    assert (await bob.reads()).text.startswith(knowledge.messages.reminder.gone[:20])
    await bob.says(f"/start {joining_link(own.id)}")  # a person's own is nobody else's
    assert (await bob.reads()).text.startswith(knowledge.messages.reminder.gone[:20])


@pytest.mark.parametrize("old_first", [True, False])
async def test_a_migration_in_the_middle_of_a_day_keeps_the_board(  # noqa: PLR0917
    server: FakeTelegram,
    bob: Person,
    ada: Person,
    bot_database: Database,
    texts: BoardTexts,
    old_first: bool,
) -> None:
    gym = await opened(server.group("Small gym", supergroup=False), ada, bob)
    message = await rings(gym, bot_database)
    await toast(bob, message, texts.done)
    await gym.reads(TAPPED)
    supergroup = await gym.migrate(old_first=old_first)
    board = await supergroup.reads(60)
    assert texts.one in board.text
    assert board.silent
    assert await toast(ada, board, texts.done) == texts.counted
    assert texts.many.format(n=2) in (await supergroup.reads(60)).text
    (reminder,) = Subscriptions(bot_database).of(supergroup.id)
    due_now(bot_database, reminder, datetime.now(UTC) + timedelta(days=1))
    streak = (await supergroup.reads(SOON)).text
    assert texts.nobody in streak
    assert Subscriptions(bot_database).of(gym.id) == ()


async def test_the_week_before_is_told_once(
    gym: Group, bob: Person, bot_database: Database, texts: BoardTexts
) -> None:
    reminder = stretch(gym, bot_database)
    now = datetime.now(UTC)
    monday = now - timedelta(days=now.weekday())
    week = texts.week.format(done=1, people=1, days=1)
    for day, told in (
        (monday - timedelta(days=2), False),
        (monday, True),
        (monday + timedelta(days=1), False),
    ):
        due_now(bot_database, reminder, day)
        message = await gym.reads(SOON)
        assert (week in message.text) is told
        await toast(bob, message, texts.done)
        board = await gym.reads(TAPPED)
        assert (week in board.text) is told
    assert texts.streak.format(n=3) in board.text


async def test_a_quiz(gym: Group, bot_database: Database) -> None:
    due_now(bot_database, stretch(gym, bot_database, QUIZ))
    message = await gym.reads(SOON)
    assert message.poll is not None
    assert message.poll["type"] == "quiz"


@pytest.mark.parametrize("plan", ["pelvic-tilt", QUIZ])
async def test_a_topic_that_is_gone(
    server: FakeTelegram, ada: Person, bot_database: Database, knowledge: Knowledge, plan: str
) -> None:
    forum = server.group("Forum", supergroup=True, forum=True)
    await opened(forum, ada)
    topic = await forum.topic("Stretching")
    reminder = stretch(forum, bot_database, plan, topic)
    forum.delete_topic(topic)
    due_now(bot_database, reminder)
    message = await forum.reads(SOON)
    if plan == QUIZ:
        assert message.poll
        message = await forum.reads(SOON)
    assert knowledge.messages.reminder.sent.topic_gone in message.text
    store = Subscriptions(bot_database)
    await until(lambda: [r.paused for r in store.of(forum.id)] == [Pause.TOPIC_GONE])


async def test_a_stretch_that_is_deleted_is_politely_gone(
    gym: Group, bob: Person, bot_database: Database, texts: BoardTexts
) -> None:
    message = await rings(gym, bot_database)
    Subscriptions(bot_database).delete(gym.id)
    for _ in range(2):
        assert await toast(bob, message, texts.done) == texts.gone
    assert not gym.unread()
