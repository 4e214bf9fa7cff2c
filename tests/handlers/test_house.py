"""What administrators set up in a group, and what others are told: the real process, over HTTP."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.handlers.manners import PERSON
from bot.knowledge.group_texts import RulesTexts
from bot.knowledge.knowledge import Knowledge
from bot.reminders.database import Database
from bot.reminders.house_rules import HouseRules, Pace, Quiet
from bot.reminders.reminder import QUIZ, Pause
from bot.reminders.rulebook import Rulebook
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import GROUPS
from tests.handlers.gyms import BOT, ask, opened, press, toast
from tests.handlers.ringing import SOON, due_now, stretch
from tests.handlers.waiting import until
from tests.running import STARTING, running_bot
from tests.telegram import FakeTelegram, Group, Person

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

SETTINGS = f"/settings{BOT}"


@pytest.fixture
def texts(knowledge: Knowledge) -> RulesTexts:
    return knowledge.messages.rules


async def test_a_stretch_is_set_with_buttons(
    ada: Person, gym: Group, bot_database: Database, texts: RulesTexts, knowledge: Knowledge
) -> None:
    page = await ask(ada, gym, SETTINGS)
    assert page.text.startswith(texts.title)
    assert texts.stretch_none in page.text
    for button in (
        texts.stretch_set_button,
        "07:00",
        "On weekdays",
        "Something different each day",
    ):
        page = await press(ada, gym, page, button)
    assert texts.by_reply in page.text
    unknown = await ask(ada, gym, "Atlantiss", reply_to=page)
    assert knowledge.messages.reminder.ask.zone_unknown in unknown.text
    city = await ask(ada, gym, "Berlin", reply_to=unknown)
    assert texts.by_reply not in city.text
    assert "Europe/Berlin" in city.text
    (reminder,) = Subscriptions(bot_database).of(gym.id)
    assert (reminder.schedule.at, reminder.schedule.days) == (
        time(7),
        ("mon", "tue", "wed", "thu", "fri"),
    )
    page = await ask(ada, gym, SETTINGS)
    assert "07:00" in page.text
    page = await press(ada, gym, page, texts.stretch_button)
    page = await press(ada, gym, page, page.labels[0])
    page = await press(ada, gym, page, "Stop it")
    assert Subscriptions(bot_database).of(gym.id) == ()


async def test_a_stretch_is_set_in_words(ada: Person, gym: Group, bot_database: Database) -> None:
    confirmed = await ask(ada, gym, f"/remind{BOT} every day at 7:30 in Berlin")
    assert "07:30" in confirmed.text
    (reminder,) = Subscriptions(bot_database).of(gym.id)
    assert (reminder.schedule.zone, reminder.topic) == ("Europe/Berlin", None)


async def test_it_comes_in_the_topic_in_which_it_was_set(
    server: FakeTelegram, ada: Person, bot_database: Database
) -> None:
    forum = await opened(server.group("Forum", forum=True), ada)
    topic = await forum.topic("Stretching")
    await ask(ada, forum, f"/remind{BOT} daily at 7:30 in Berlin", topic=topic)
    store = Subscriptions(bot_database)
    await until(lambda: [r.topic for r in store.of(forum.id)] == [topic])
    (reminder,) = store.of(forum.id)
    due_now(bot_database, reminder)
    assert (await forum.reads(SOON)).thread_id == topic


async def test_members_are_told_in_private(
    ada: Person, bob: Person, gym: Group, texts: RulesTexts
) -> None:
    await bob.says("/start")
    await bob.reads()
    await bob.says_in(gym, SETTINGS)
    assert (await bob.reads()).text.startswith(texts.refused_at_length)
    assert not gym.unread()
    page = await ask(ada, gym, SETTINGS)
    told = await bob.presses(page, texts.pace_buttons["rare"])
    assert await bob.answer_to(told) == texts.refused
    assert told.answer is not None
    assert told.answer["show_alert"]
    assert not gym.unread()


async def test_a_stranger_to_the_bot_is_not_told_in_the_group(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    await bob.says_in(gym, SETTINGS)
    assert (await ask(ada, gym, BOT)).text == knowledge.messages.group.how.format(name=BOT)


async def test_an_anonymous_administrator(
    ada: Person, bob: Person, gym: Group, texts: RulesTexts, bot_database: Database
) -> None:
    page = await ask(ada, gym, SETTINGS, anonymous=True)
    await gym.add(bob, "administrator", is_anonymous=True)
    await press(bob, gym, page, texts.pace_buttons["calm"])
    assert Rulebook(bot_database).of(gym.id).pace is Pace.CALM


async def test_an_administrator_no_more(
    ada: Person, bob: Person, gym: Group, texts: RulesTexts
) -> None:
    await gym.add(bob, "administrator")
    page = await ask(bob, gym, SETTINGS)
    await gym.add(bob)
    assert await toast(bob, page, texts.pace_buttons["calm"]) == texts.refused


async def test_one_topic_only(
    server: FakeTelegram, ada: Person, bot_database: Database, texts: RulesTexts
) -> None:
    forum = await opened(server.group("Forum", forum=True), ada)
    topic = await forum.topic("Stretching")
    page = await ask(ada, forum, SETTINGS, topic=topic)
    page = await press(ada, forum, page, texts.topic_button)
    assert Rulebook(bot_database).of(forum.id).topic == topic
    await ada.says_in(forum, f"{BOT} heat or ice?")  # in the General topic
    answer = await ask(ada, forum, f"{BOT} what is the psoas", topic=topic)
    assert answer.thread_id == topic
    assert "psoas" in answer.text.partition("\n")[0].lower()
    urgent = await ask(ada, forum, f"{BOT} I have crushing chest pain")
    assert urgent.thread_id is None
    await press(ada, forum, page, texts.topics_button)
    assert Rulebook(bot_database).of(forum.id).topic is None


async def test_quiet_hours(
    ada: Person, gym: Group, bot_database: Database, texts: RulesTexts, knowledge: Knowledge
) -> None:
    page = await ask(ada, gym, SETTINGS)
    assert await toast(ada, page, texts.quiet_button) == texts.clock_first
    stretch(gym, bot_database)
    page = await press(ada, gym, page, texts.quiet_button)
    page = await press(ada, gym, page, texts.quiet_choices[1])
    rules = Rulebook(bot_database).of(gym.id)
    assert (rules.quiet, rules.zone) == (Quiet(time(22), time(7)), "UTC")
    now = datetime.now(UTC)
    quiet = Quiet((now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time())
    Rulebook(bot_database).keep(HouseRules(gym.id, "UTC", quiet=quiet))
    await ada.says("/start")
    await ada.reads()
    await ada.says_in(gym, f"{BOT} pigeon pose")
    assert (await ada.reads()).text.startswith(knowledge.techniques["pigeon-pose"].title)
    urgent = await ask(ada, gym, f"{BOT} I have crushing chest pain")
    assert urgent.text


async def test_the_quiz_is_switched(
    ada: Person, gym: Group, bot_database: Database, texts: RulesTexts
) -> None:
    page = await ask(ada, gym, SETTINGS)
    assert await toast(ada, page, texts.quiz_button) == texts.clock_first
    stretch(gym, bot_database)
    page = await press(ada, gym, page, texts.quiz_button)
    assert [r.plan for r in Subscriptions(bot_database).of(gym.id)][1:] == [QUIZ]
    await press(ada, gym, page, texts.quiz_off_button)
    assert len(Subscriptions(bot_database).of(gym.id)) == 1


async def test_stop_shows_what_can_be_stopped(
    ada: Person, gym: Group, bot_database: Database
) -> None:
    stretch(gym, bot_database)
    page = await ask(ada, gym, "/stop")
    assert page.labels
    assert len(Subscriptions(bot_database).of(gym.id)) == 1


async def test_where_it_may_not_write_nothing_is_sent(
    server: FakeTelegram, ada: Person, bot_database: Database
) -> None:
    gym = await opened(server.group("Strict gym", supergroup=True), ada)
    stretch(gym, bot_database)
    await gym.restrict_bot(can_send_messages=False)
    store = Subscriptions(bot_database)
    await until(lambda: [r.paused for r in store.of(gym.id)] == [Pause.BLOCKED])
    await gym.demote_bot()
    page = await ask(ada, gym, f"/reminders{BOT}")
    page = await press(ada, gym, page, page.labels[0])
    await press(ada, gym, page, "Resume")
    assert [r.paused for r in store.of(gym.id)] == [None]


async def test_a_group_is_spoken_to_in_its_language(
    tmp_path: Path, knowledge: Knowledge, texts: RulesTexts
) -> None:
    """A language is a folder beside the others, here English with another caveat."""
    for name in ("en", "xx"):
        shutil.copytree(knowledge.folder, tmp_path / name)
    said, caveat = tmp_path / "xx" / "messages.yaml", knowledge.messages.caveat.short
    changed = (
        said.read_text().replace(caveat, "Xx xx.").replace("language: English", "language: Xx")
    )
    said.write_text(changed)
    async with (
        FakeTelegram() as server,
        running_bot(server, {"KNOWLEDGE_DIR": str(tmp_path)}),
    ):
        await server.wait_for_call("getUpdates", seconds=STARTING)
        ada = server.person(first_name="Ada")
        gym = await opened(server.group("Gym"), ada)
        page = await ask(ada, gym, SETTINGS)
        page = await press(ada, gym, page, "Xx")
        assert texts.chosen.format(text="Xx") in page.labels
        assert (await ask(ada, gym, f"{BOT} pigeon pose")).text.endswith("Xx xx.")
        await ada.says("pigeon pose")
        assert (await ada.reads()).text.endswith(caveat)


async def test_where_it_may_write_again_what_was_set_stays(
    server: FakeTelegram, ada: Person, bot_database: Database
) -> None:
    """Although it neither left nor came; it does not introduce itself again."""
    gym = await opened(server.group("Strict gym", supergroup=True), ada)
    rules = Rulebook(bot_database).keep(HouseRules(gym.id, pace=Pace.RARE))
    await gym.restrict_bot(can_send_messages=False)
    await until(lambda: is_gone(bot_database, gym))
    await gym.demote_bot()
    await until(lambda: not is_gone(bot_database, gym))
    assert Rulebook(bot_database).of(gym.id) == rules
    assert not gym.unread()


def is_gone(database: Database, group: Group) -> bool:
    """Whether what was set for the group is to be deleted some day."""
    with database.reading() as connection:
        found = connection.execute(select(GROUPS.c.gone_at).where(GROUPS.c.id == group.id))
        return found.scalar_one() is not None


@pytest.mark.parametrize(
    "said", ["I have had crushing chest pain since 7:30", "is it better to do the lunge at 7:30?"]
)
async def test_while_it_waits_for_a_time_all_else_is_no_answer(
    ada: Person, gym: Group, bot_database: Database, said: str
) -> None:
    asked = await ask(ada, gym, f"/remind{BOT}")
    await ask(ada, gym, said, reply_to=asked)
    assert Subscriptions(bot_database).of(gym.id) == ()
    await ask(ada, gym, "at 7:30 in Berlin", reply_to=asked)
    assert len(Subscriptions(bot_database).of(gym.id)) == 1


async def test_the_streak_is_told_to_members_too_but_not_without_end(
    bob: Person, gym: Group, bot_database: Database, knowledge: Knowledge
) -> None:
    stretch(gym, bot_database)
    for _ in range(PERSON):
        told = await ask(bob, gym, f"/streak{BOT}")
        assert knowledge.messages.reminder.month_legend in told.text
    await bob.says_in(gym, f"/streak{BOT}")
    await bob.says_in(gym, f"{BOT} I have crushing chest pain")
    assert (await gym.reads()).text.startswith(knowledge.red_flags["chest-pain"].title)
