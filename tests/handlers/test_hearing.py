"""The talk and the desk together, over a real database that may be away; no Telegram here."""

from __future__ import annotations

from datetime import time

import pytest

from bot.handlers.hearing import Hearing
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.reminder_texts import ReminderTexts
from bot.reminders.days import WEEK
from bot.reminders.outcomes import Draft
from bot.reminders.reminder import VARIED, Pause, Reaction
from bot.reminders.subscriptions import Chat, Subscriptions
from bot.replies import reminder_actions as a
from bot.replies.actions import Action, OpenEntry
from bot.replies.plain import plain
from tests.handlers.talking import (
    ADA,
    BOB,
    CLEARED,
    FLAG,
    GROUP,
    NOON,
    NOW,
    URGENT,
    WISH,
    Ailing,
    actions,
    count,
    page,
    press,
    ring,
    say,
    told,
)


async def test_without_the_database_questions_are_answered(
    hearing: Hearing, database: Ailing, knowledge: Knowledge
) -> None:
    database.away = True
    assert (await say(hearing, "pigeon pose")).startswith("Pigeon")
    assert knowledge.red_flags[FLAG].title in await say(hearing, URGENT)
    assert knowledge.messages.start.hello in await page(hearing, "start")
    assert knowledge.messages.settings.title in await page(hearing, "settings")
    assert told(await press(hearing, OpenEntry("pigeon-pose"))).startswith("Pigeon")


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("said", [WISH, "remind me every day", "remind me at 9"])
async def test_without_the_database_no_wish_is_granted(
    hearing: Hearing,
    database: Ailing,
    subscriptions: Subscriptions,
    texts: ReminderTexts,
    *,
    said: str,
    read_only: bool,
) -> None:
    database.read_only, database.away = read_only, not read_only
    assert texts.failed in await say(hearing, said)
    assert texts.failed in plain(await hearing.wishes(ADA, said, NOW))
    database.read_only = database.away = False
    assert (count(subscriptions), subscriptions.chat(ADA)) == (0, Chat(ADA))
    assert "every day at 12:00" in await say(hearing, WISH)


@pytest.mark.parametrize(
    "said", ["stop my reminders", "pause", "pause until friday", "make it 8:15", "make it in Tokyo"]
)
async def test_what_is_there_stays_as_it_is(
    hearing: Hearing,
    database: Ailing,
    subscriptions: Subscriptions,
    texts: ReminderTexts,
    said: str,
) -> None:
    await say(hearing, WISH)
    before = subscriptions.of(ADA)
    database.read_only = True
    assert texts.failed in await say(hearing, said)
    assert texts.failed in await page(hearing, "stop")
    database.read_only = False
    assert subscriptions.of(ADA) == before


@pytest.mark.parametrize("name", ["reminders", "next", "log", "streak", "stop"])
async def test_pages_without_the_database(
    hearing: Hearing, database: Ailing, texts: ReminderTexts, name: str
) -> None:
    database.away = True
    assert texts.failed in await page(hearing, name)


@pytest.mark.parametrize(
    "action",
    [
        *(a.React(1, Reaction.DONE), a.Snooze(1, 10), a.SetSilent(silent=True)),
        *(a.OpenReminder(1), a.OpenReminder(1, anew=True), a.OpenReminders(), a.StopReminder(None)),
        *(a.PauseFor(1, 3), a.ChooseZone("Asia/Tokyo"), a.GoOn(Draft(time(9), WEEK, VARIED))),
    ],
)
async def test_presses_without_the_database(
    hearing: Hearing, database: Ailing, texts: ReminderTexts, action: Action
) -> None:
    database.away = True
    assert texts.failed in told(await press(hearing, action))


async def test_a_database_that_comes_back(
    hearing: Hearing, database: Ailing, subscriptions: Subscriptions, texts: ReminderTexts
) -> None:
    """The red flag that could not be kept is kept at the next message."""
    await say(hearing, WISH)
    database.read_only = True
    assert texts.on_hold not in await say(hearing, URGENT)
    database.read_only = False
    assert texts.on_hold in await say(hearing, "can I do pigeon then")
    assert subscriptions.chat(ADA).flag == FLAG


async def test_what_could_not_be_released_is_not_said_to_go_on(
    hearing: Hearing, database: Ailing, subscriptions: Subscriptions, texts: ReminderTexts
) -> None:
    await say(hearing, WISH, URGENT)
    database.read_only = True
    assert texts.goes_on not in await say(hearing, CLEARED)
    database.read_only = False
    assert subscriptions.chat(ADA).flag == FLAG
    assert texts.goes_on in await say(hearing, CLEARED)


@pytest.mark.parametrize(
    "said", ["at 25:00", "every two hours", "every blursday at 7", "daily at 9 and at 11"]
)
@pytest.mark.parametrize("wishes", [[], [WISH], [WISH, "remind me daily at 6pm"]])
async def test_a_wish_that_cannot_be_changes_nothing(
    hearing: Hearing, subscriptions: Subscriptions, said: str, wishes: list[str]
) -> None:
    for wish in wishes:
        await say(hearing, wish)
    before = subscriptions.of(ADA)
    assert len(before) == len(wishes)
    assert plain(await hearing.wishes(ADA, said, NOW))
    assert plain(await hearing.says(ADA, f"remind me {said}", NOW))
    assert subscriptions.of(ADA) == before


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("stop the 9 o'clock one", ["18:00"]),
        ("delete the 18:00 reminder", ["09:00"]),
        ("stop my reminders", ["09:00", "18:00"]),
        ("stop reminding me at noon", ["09:00", "18:00"]),
    ],
)
async def test_the_one_that_is_described_is_stopped(
    hearing: Hearing, subscriptions: Subscriptions, said: str, left: list[str]
) -> None:
    await say(hearing, "remind me daily at 9, Berlin time", "remind me daily at 6pm", said)
    assert [f"{r.schedule.at:%H:%M}" for r in subscriptions.of(ADA)] == left


async def test_a_technique_talked_about_says_not_which_to_stop(
    hearing: Hearing, subscriptions: Subscriptions
) -> None:
    await say(hearing, WISH, "remind me at 6pm to do the couch stretch")
    await say(hearing, "how long should I hold the couch stretch", "stop my reminders")
    assert count(subscriptions) == 2


async def test_a_change_of_one_of_several_takes_the_zone_along(
    hearing: Hearing, subscriptions: Subscriptions
) -> None:
    await say(hearing, "remind me daily at 9, Berlin time", "remind me daily at 6pm")
    reply = await hearing.says(ADA, "change it to 8, Tokyo time", NOW)
    await press(hearing, actions(reply)[0])
    schedule = subscriptions.of(ADA)[0].schedule
    assert (schedule.at, schedule.zone) == (time(8), "Asia/Tokyo")


async def test_what_came_is_answered(
    hearing: Hearing, database: Ailing, subscriptions: Subscriptions, texts: ReminderTexts
) -> None:
    await say(hearing, WISH)
    id = ring(database)
    done = await press(hearing, a.React(id, Reaction.DONE), NOON)
    assert done.toast == texts.done.format(streak=texts.streak_one)
    assert done.edit is done.send is None
    assert done.buttons is not None
    undone = await press(hearing, a.React(id, None), NOON)
    assert undone.toast == texts.undone
    assert (await press(hearing, a.Snooze(id, 60), NOON)).toast == texts.snoozed.format(
        time="13:00"
    )
    steps = await press(hearing, a.ShowSteps(id), NOON)
    assert told(steps).startswith("Pelvic tilt")
    gone = await press(hearing, a.ShowSteps(99), NOON)
    assert texts.gone in told(gone)
    reply = await hearing.says(ADA, "done!", NOON, replied_to=7)
    assert plain(reply).startswith("Done.")
    (one,) = subscriptions.occurrences(ADA, NOW)  # what was put off comes no more
    assert one.reaction is Reaction.DONE


async def test_nobody_presses_for_others(
    hearing: Hearing, database: Ailing, subscriptions: Subscriptions, texts: ReminderTexts
) -> None:
    await say(hearing, WISH)
    id = ring(database)
    for action in (a.React(id, Reaction.DONE), a.Snooze(id, 10), a.StopReminder(1)):
        assert told(await hearing.presses(BOB, action, NOON)).startswith((texts.gone, texts.none))
    assert subscriptions.occurrences(ADA, NOW)[0].reaction is None
    assert count(subscriptions) == 1


async def test_the_sound_is_kept(
    hearing: Hearing, subscriptions: Subscriptions, texts: ReminderTexts
) -> None:
    await say(hearing, WISH)
    for silent in (True, False):
        pressed = await press(hearing, a.SetSilent(silent))
        assert subscriptions.chat(ADA).silent is silent
        assert pressed.edit is not None
        assert a.SetSilent(not silent) in actions(pressed.edit)


async def test_leaving_and_moving(hearing: Hearing, subscriptions: Subscriptions) -> None:
    await say(hearing, WISH, chat=GROUP)
    await hearing.moves(GROUP, ADA)
    assert (count(subscriptions, GROUP), count(subscriptions)) == (0, 1)
    await hearing.leaves(ADA, NOW)
    (reminder,) = subscriptions.of(ADA)
    assert (reminder.paused, reminder.next_due_at) == (Pause.BLOCKED, None)


async def test_a_location_in_no_zone(hearing: Hearing, texts: ReminderTexts) -> None:
    assert texts.ask.zone_unknown in plain(await hearing.located(ADA, None, NOW))
