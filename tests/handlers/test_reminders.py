"""Reminders as people meet them: the real process, over HTTP, its database looked into."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.knowledge.knowledge import Knowledge
from bot.reminders.database import Database
from bot.reminders.days import WEEK
from bot.reminders.reminder import Occurrence, Reaction, Reason, Reminder, Schedule, State
from bot.reminders.subscriptions import Subscriptions
from tests.handlers.private import ask, press
from tests.handlers.ringing import due_now, rings
from tests.handlers.waiting import until
from tests.telegram import Person, SentMessage

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

URGENT = "I have crushing chest pain"


@pytest.fixture
def subscriptions(bot_database: Database) -> Subscriptions:
    return Subscriptions(bot_database)


async def comes(person: Person, database: Database) -> SentMessage:
    """A reminder of somebody's who has met the bot."""
    await ask(person, "/start")
    return await rings(person, database)


async def test_in_words_with_a_city_told_after(
    ada: Person, subscriptions: Subscriptions, knowledge: Knowledge
) -> None:
    texts = knowledge.messages.reminder
    asked = await ask(ada, "remind me every weekday at 7:30")
    assert asked.text.startswith(texts.ask.zone)
    unknown = await ask(ada, "Atlantis")
    assert unknown.text.startswith(texts.ask.zone_unknown)
    told = await ask(ada, "münchen")
    assert "on weekdays at 07:30, Europe/Berlin" in told.text
    assert "It comes next on" in told.text
    (reminder,) = subscriptions.of(ada.id)
    assert reminder.schedule == Schedule(time(7, 30), WEEK[:5], "Europe/Berlin")
    second = await ask(ada, "remind me at 9pm as well")  # the zone is known by now
    assert "21:00, Europe/Berlin" in second.text


async def test_with_buttons_and_a_location(
    ada: Person, subscriptions: Subscriptions, knowledge: Knowledge
) -> None:
    asked = await ask(ada, "/remind")
    days = await press(ada, asked, "19:00")
    plans = await press(ada, days, "Monday, Wednesday, Friday")
    evening = knowledge.plans.starters["evening"]
    where = await press(ada, plans, evening.title)
    assert where.text.startswith(knowledge.messages.reminder.ask.zone)
    await ada.sends({"location": {"latitude": 59.93, "longitude": 30.31}})
    assert "Europe/Moscow" in (await ada.reads()).text
    (reminder,) = subscriptions.of(ada.id)
    assert (reminder.schedule.days, reminder.plan) == (("mon", "wed", "fri"), "evening")


async def test_the_time_where_one_is(ada: Person, subscriptions: Subscriptions) -> None:
    await ask(ada, "remind me daily at 6am")
    now = datetime.now(UTC)
    told = await ask(ada, f"it's {now.hour:02}:{now.minute:02}")
    assert told.labels
    await press(ada, told, told.labels[0])
    (reminder,) = subscriptions.of(ada.id)
    assert reminder.schedule.at == time(6)


async def test_changing_pausing_and_ending(ada: Person, subscriptions: Subscriptions) -> None:
    await ask(ada, "remind me to do the pigeon pose every day at 8, Rome time")
    assert (await ask(ada, "make it 8:15")).text.startswith("Changed.")
    (reminder,) = subscriptions.of(ada.id)
    assert (reminder.schedule.at, reminder.plan) == (time(8, 15), "pigeon-pose")
    assert (await ask(ada, "pause it for two weeks")).text.startswith("Paused")
    page = await ask(ada, "/reminders")
    one = await press(ada, page, page.labels[0])
    assert (await press(ada, one, "Resume")).text.startswith("Goes on")
    moved = await ask(ada, "change my time zone to Tokyo")
    assert "Asia/Tokyo" in moved.text
    assert "08:15" in (await ask(ada, "/next")).text
    assert (await ask(ada, "/stop")).text.startswith("Stopped")
    assert subscriptions.of(ada.id) == ()
    assert subscriptions.chat(ada.id).zone is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("remind me at 25:00", "There is no such time"),
        ("remind me at noonish", "At what time?"),
        ("remind me daily at 9, zone UTC+2", "summer time"),
        ("remind me every two hours", "once a day"),
        ("pause until 3 january 2020", "That day is over"),
        ("remind me at 12:05", "at least 10 minutes apart"),
    ],
)
async def test_what_cannot_be(ada: Person, said: str, told: str) -> None:
    await ask(ada, "remind me daily at noon, Berlin time")
    assert told in (await ask(ada, said)).text


async def test_a_sixth_is_refused(ada: Person) -> None:
    for hour in range(8, 13):
        await ask(ada, f"remind me daily at {hour}:00, London time")
    assert (await ask(ada, "remind me daily at 18:00")).text.startswith("You have five")


async def test_what_comes_and_what_it_is_answered_with(
    ada: Person, bot_database: Database, subscriptions: Subscriptions, knowledge: Knowledge
) -> None:
    came = await comes(ada, bot_database)
    technique = knowledge.techniques["pelvic-tilt"]
    assert technique.title in came.text.partition("\n")[0]
    assert came.text.endswith(knowledge.messages.caveat.short)
    await ada.answer_to(await ada.presses(came, "In 1 hour"))
    done = await ada.presses(came, "Done")
    assert (await ada.answer_to(done)).startswith("Done.")
    changed = await ada.reads()
    assert changed.edited
    assert changed.text == came.text
    full = await press(ada, changed, "Steps in full")
    assert all(step in full.text for step in technique.steps)
    (occurrence,) = subscriptions.occurrences(ada.id, datetime.now(UTC) - timedelta(hours=1))
    assert (occurrence.state, occurrence.reaction) == (State.SENT, Reaction.DONE)
    assert "sent, done" in (await ask(ada, "/log")).text
    assert "*" in (await ask(ada, "/streak")).text
    undone = await press(ada, changed, "Not done after all")
    assert "Done" in undone.labels


@pytest.mark.parametrize("said", ["done!", "did it, thanks", "finished my stretches this morning"])
async def test_done_in_words(ada: Person, bot_database: Database, said: str) -> None:
    came = await comes(ada, bot_database)
    assert (await ask(ada, said, came)).text.startswith("Done.")


async def test_it_hurts_is_no_well_done(
    ada: Person, bot_database: Database, knowledge: Knowledge
) -> None:
    came = await comes(ada, bot_database)
    answer = await ask(ada, "it hurts", came)
    titles = {symptom.title for symptom in knowledge.symptoms.values()}
    assert titles & {*answer.labels, answer.text.partition("\n")[0]}


async def test_a_red_flag_in_a_reply_holds_everything_back(
    ada: Person, bot_database: Database, subscriptions: Subscriptions, knowledge: Knowledge
) -> None:
    came = await comes(ada, bot_database)
    (reminder,) = subscriptions.of(ada.id)
    answer = await ask(ada, f"done, but {URGENT}", came)
    assert answer.text.startswith(knowledge.red_flags["chest-pain"].title)
    assert knowledge.messages.reminder.on_hold in answer.text
    again = await rings_again(ada, bot_database, reminder)
    assert again.reason is Reason.RED_FLAG
    freed = await press(ada, answer, knowledge.messages.conversation.looked_at)
    assert knowledge.messages.reminder.goes_on in freed.text
    assert subscriptions.chat(ada.id).flag is None


async def rings_again(ada: Person, database: Database, reminder: Reminder) -> Occurrence:
    """What became of the reminder's next date, brought forward to now."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    due_now(database, reminder, tomorrow)

    def ended() -> list[Occurrence]:
        found = Subscriptions(database).occurrences(ada.id, tomorrow - timedelta(days=2))
        return [o for o in found if o.day == tomorrow.date() and o.state is not State.CLAIMED]

    await until(lambda: bool(ended()))
    return ended()[0]


async def test_what_is_told_of_oneself_is_minded(
    ada: Person, subscriptions: Subscriptions, knowledge: Knowledge
) -> None:
    await ask(ada, "I'm 20 weeks pregnant")
    told = await ask(ada, "remind me to do the couch stretch daily at 7, Berlin time")
    assert "pregnancy" in told.text
    assert subscriptions.chat(ada.id).conditions == ("pregnancy",)
    (reminder,) = subscriptions.of(ada.id)
    assert reminder.plan == "varied"
    page = await ask(ada, "/settings")
    assert knowledge.messages.reminder.kept_with in page.text
    await press(ada, page, page.labels[0])
    assert subscriptions.chat(ada.id).conditions == ()
    silent = await press(ada, page, knowledge.messages.reminder.silent)
    assert knowledge.messages.reminder.loud in silent.labels
    assert subscriptions.chat(ada.id).silent


async def test_whoever_blocks_the_bot_is_left_alone(
    bob: Person, subscriptions: Subscriptions
) -> None:
    await ask(bob, "remind me daily at 7, Berlin time")
    await bob.blocks_bot()
    await until(lambda: bool(subscriptions.of(bob.id)[0].paused))
    (reminder,) = subscriptions.of(bob.id)
    assert reminder.next_due_at is None
    await bob.unblocks_bot()
    assert "could not reach you" in (await ask(bob, "/reminders")).text
    assert (await ask(bob, "resume")).text.startswith("Goes on")
