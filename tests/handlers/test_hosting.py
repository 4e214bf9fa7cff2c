"""What comes of a press where the database fails in the midst of it: nothing that nobody wished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time

import pytest
from sqlalchemy import Connection

from bot.answering.answer import Answerer
from bot.errors import StoreError
from bot.handlers.hearing import Hearing
from bot.handlers.hosting import Hosting, Place
from bot.reminders.boards import Boards
from bot.reminders.database import Database
from bot.reminders.house_rules import HouseRules, Pace, Quiet
from bot.reminders.rulebook import Rulebook
from bot.reminders.subscriptions import Subscriptions
from bot.replies.actions import Action
from bot.replies.house_actions import OpenRules, SetPace, SetQuiet, SetQuiz, SetTopic
from bot.replies.plain import plain
from bot.replies.talk import Talk
from tests.handlers.boarding import GROUP, NINE, Gym
from tests.handlers.talking import Ailing

PLACE = Place(GROUP, 5, is_forum=True)
RULES = HouseRules(GROUP, "UTC", 9, Pace.RARE, Quiet(time(22), time(7)), "en")


class Hiccup(Database):
    """A database that fails at the reads of these numbers, from 0."""

    def __init__(self, database: Database, *fails: int) -> None:
        super().__init__(database.engine)
        self._fails = fails
        self._reads = 0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self._reads += 1
        if self._reads - 1 in self._fails:
            raise StoreError("away")
        with super().reading() as connection:
            yield connection


@pytest.fixture
def gym(database: Ailing) -> Gym:
    return Gym(database)


@pytest.fixture
def hosting(answerer: Answerer) -> Callable[[Database], Hosting]:
    def over(database: Database) -> Hosting:
        hearing = Hearing(Talk(answerer), Subscriptions(database))
        return Hosting(hearing.notebook, Rulebook(database), Boards(database))

    return over


@pytest.mark.parametrize(
    "action",
    [SetTopic(True), SetPace(Pace.CALM), SetQuiet(None), SetQuiz(True), OpenRules()],
    ids=str,
)
async def test_rules_that_cannot_be_read_are_not_written(
    gym: Gym, hosting: Callable[[Database], Hosting], answerer: Answerer, action: Action
) -> None:
    Rulebook(gym.database).keep(RULES)
    pressed = await hosting(Hiccup(gym.database, 0)).presses(PLACE, action, NINE)
    assert pressed.toast == answerer.knowledge.messages.reminder.failed
    assert pressed.edit is None
    assert Rulebook(gym.database).of(GROUP) == RULES
    assert len(gym.subscriptions.of(GROUP)) == 1


@pytest.mark.parametrize("read", range(20))
async def test_reminders_stay_in_their_topics(
    gym: Gym, hosting: Callable[[Database], Hosting], read: int
) -> None:
    """Whichever of the reads fails."""
    Rulebook(gym.database).keep(RULES)
    (first,) = gym.subscriptions.of(GROUP)
    place = hosting(Hiccup(gym.database, read))
    await place.wishes(PLACE, "every day at 12:00, London time", NINE)
    (kept, *new) = gym.subscriptions.of(GROUP)
    assert (kept.id, kept.topic) == (first.id, None)
    assert {reminder.topic for reminder in new} <= {5, None}


async def test_what_is_set_comes_in_the_topic(
    gym: Gym, hosting: Callable[[Database], Hosting]
) -> None:
    await hosting(gym.database).wishes(PLACE, "every day at 12:00, London time", NINE)
    assert [reminder.topic for reminder in gym.subscriptions.of(GROUP)] == [None, 5]


async def test_a_group_keeps_nothing_of_anybodys_health(
    hosting: Callable[[Database], Hosting], gym: Gym
) -> None:
    wish = "every day at 12:00, London time, I am pregnant"
    told = plain(await hosting(gym.database).wishes(PLACE, wish, NINE))
    assert "pregnan" not in told
    assert Subscriptions(gym.database).chat(GROUP).conditions == ()
