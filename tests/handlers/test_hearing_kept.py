"""Conditions and red flags that are kept with reminders; no Telegram here."""

from __future__ import annotations

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import Answer
from bot.handlers.hearing import Hearing
from bot.handlers.pressing import Pressed
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.reminder_texts import ReminderTexts
from bot.reminders.queue import Queue
from bot.reminders.reminder import Reason, State
from bot.reminders.subscriptions import Chat, Subscriptions
from bot.replies import reminder_actions as a
from bot.replies.actions import ForgetCondition, LookedAt, OpenEntry
from bot.replies.plain import plain
from bot.replies.reply import Reply
from tests.handlers.talking import (
    ADA,
    BOB,
    CLEARED,
    FLAG,
    GROUP,
    LATER,
    NOON,
    NOW,
    URGENT,
    WISH,
    Ailing,
    count,
    page,
    press,
    restarted,
    say,
    told,
)


async def test_conditions_are_kept_only_with_reminders(
    hearing: Hearing, subscriptions: Subscriptions, knowledge: Knowledge, texts: ReminderTexts
) -> None:
    await say(hearing, "I'm pregnant", "remind me daily at noon")
    assert subscriptions.chat(ADA).conditions == ()
    confirmed = await say(hearing, "Berlin")
    name = knowledge.conditions["pregnancy"].name
    assert texts.minded.format(conditions=name) in confirmed
    assert subscriptions.chat(ADA).conditions == ("pregnancy",)
    await say(hearing, "I also take warfarin")
    assert set(subscriptions.chat(ADA).conditions) == {"pregnancy", "blood-thinners"}
    await page(hearing, "stop")
    assert subscriptions.chat(ADA) == Chat(ADA)
    await say(hearing, "and my knee is sore")
    assert subscriptions.chat(ADA) == Chat(ADA)


async def test_conditions_are_minded_after_a_restart(
    hearing: Hearing, answerer: Answerer, database: Ailing, knowledge: Knowledge
) -> None:
    await say(hearing, "I'm pregnant", WISH)
    again = restarted(answerer, database)
    name = knowledge.conditions["pregnancy"].name
    assert name in await page(again, "settings", LATER)
    assert name in await say(again, "couch stretch", now=LATER)
    assert knowledge.messages.conversation.held_nothing in plain(
        await again.page(BOB, "settings", LATER)
    )


@pytest.mark.parametrize("begins_anew", ["/start", "start over"])
async def test_beginning_anew_leaves_what_is_kept_with_reminders(
    hearing: Hearing, subscriptions: Subscriptions, knowledge: Knowledge, begins_anew: str
) -> None:
    await say(hearing, "I'm pregnant", WISH)
    await (page(hearing, "start") if begins_anew == "/start" else say(hearing, begins_anew))
    assert subscriptions.chat(ADA).conditions == ("pregnancy",)
    assert knowledge.conditions["pregnancy"].name in await page(hearing, "settings")


@pytest.mark.parametrize(
    "forgets",
    [
        lambda hearing: say(hearing, "forget everything about me"),
        lambda hearing: say(hearing, "I'm not pregnant any more, forget it"),
        lambda hearing: press(hearing, ForgetCondition()),
        lambda hearing: press(hearing, ForgetCondition("pregnancy")),
    ],
)
async def test_what_is_forgotten_is_kept_no_longer(
    hearing: Hearing, subscriptions: Subscriptions, forgets: object
) -> None:
    await say(hearing, "I'm pregnant", WISH)
    assert subscriptions.chat(ADA).conditions == ("pregnancy",)
    await forgets(hearing)  # type: ignore[operator]
    assert subscriptions.chat(ADA).conditions == ()
    assert count(subscriptions) == 1


async def test_a_red_flag_holds_back_until_it_is_looked_at(
    hearing: Hearing, answerer: Answerer, database: Ailing, texts: ReminderTexts
) -> None:
    await say(hearing, WISH)
    assert texts.on_hold in await say(hearing, URGENT)
    assert Subscriptions(database).chat(ADA).flag == FLAG
    again = restarted(answerer, database)
    standing = answerer.knowledge.messages.conversation.standing
    for now in (NOW, LATER):
        assert standing in await say(again, "pigeon pose", now=now)
        assert standing in told(await press(again, OpenEntry("pigeon-pose"), now))
    assert texts.held in await page(again, "reminders", LATER)
    assert texts.held in await page(again, "next", LATER)
    assert Queue(database).claim(NOON, 10) == ()
    (skipped,) = Subscriptions(database).occurrences(ADA, NOW)
    assert (skipped.state, skipped.reason) == (State.SKIPPED, Reason.RED_FLAG)


@pytest.mark.parametrize(
    "releases",
    [
        lambda hearing: press(hearing, LookedAt(), LATER),
        lambda hearing: say(hearing, CLEARED, now=LATER),
        lambda hearing: page(hearing, "start", LATER),
    ],
    ids=["button", "words", "start"],
)
async def test_a_red_flag_is_released(
    hearing: Hearing,
    answerer: Answerer,
    database: Ailing,
    texts: ReminderTexts,
    releases: object,
) -> None:
    await say(hearing, "I'm pregnant", WISH, URGENT)
    again = restarted(answerer, database)
    answer = await releases(again)  # type: ignore[operator]
    assert texts.goes_on in (told(answer) if isinstance(answer, Pressed) else answer)
    kept = Subscriptions(database).chat(ADA)
    assert (kept.flag, kept.conditions) == (None, ("pregnancy",))
    assert (await say(again, "pelvic tilt", now=LATER)).startswith("Pelvic tilt")
    assert len(Queue(database).claim(NOON, 10)) == 1


async def test_the_red_flag_of_somebody_else(
    hearing: Hearing, subscriptions: Subscriptions, texts: ReminderTexts, knowledge: Knowledge
) -> None:
    await say(hearing, WISH)
    answer = await say(hearing, "my mum has crushing chest pain")
    assert knowledge.red_flags[FLAG].title in answer
    assert texts.on_hold not in answer
    assert subscriptions.chat(ADA).flag is None


async def test_a_red_flag_without_reminders_is_not_kept(
    hearing: Hearing, subscriptions: Subscriptions, texts: ReminderTexts
) -> None:
    assert texts.on_hold not in await say(hearing, URGENT)
    assert subscriptions.chat(ADA) == Chat(ADA)


@pytest.mark.parametrize(
    "sets",
    [
        lambda hearing: say(hearing, "Berlin"),
        lambda hearing: hearing.located(ADA, "Europe/Berlin", NOW),
        lambda hearing: press(hearing, a.ChooseZone("Europe/Berlin")),
    ],
    ids=["words", "location", "button"],
)
async def test_a_reminder_set_under_a_red_flag_waits_too(
    hearing: Hearing, subscriptions: Subscriptions, texts: ReminderTexts, sets: object
) -> None:
    await say(hearing, "remind me daily at noon", URGENT)
    answer = await sets(hearing)  # type: ignore[operator]
    text = told(answer) if isinstance(answer, Pressed) else answer
    assert texts.on_hold in (plain(text) if isinstance(text, Reply) else text)
    assert count(subscriptions) == 1
    assert subscriptions.chat(ADA).flag == FLAG


async def test_what_could_not_be_read_is_not_taken_back(
    hearing: Hearing, answerer: Answerer, database: Ailing, subscriptions: Subscriptions
) -> None:
    await say(hearing, "I'm pregnant", WISH)
    again = restarted(answerer, database)
    database.away = True
    asked = "how do I do the pigeon pose"

    def turn() -> Answer:
        database.away = False  # it comes back between the reading and the writing
        return again.talk.says((GROUP, ADA), asked, NOW)[0]

    await again.in_company(ADA, (GROUP, ADA), NOW, turn)
    assert subscriptions.chat(ADA).conditions == ("pregnancy",)


async def test_what_is_told_in_a_group_is_added_to_what_is_known(
    hearing: Hearing, subscriptions: Subscriptions
) -> None:
    await say(hearing, "I'm pregnant", WISH)
    group = (GROUP, ADA)
    await hearing.in_company(
        ADA, group, NOW, lambda: hearing.talk.says(group, "my knee is sore", NOW)[0]
    )
    assert set(hearing.talk.held(ADA, NOW)) == {"pregnancy", "sore-knee"}
    assert set(subscriptions.chat(ADA).conditions) == {"pregnancy", "sore-knee"}
    await hearing.in_company(ADA, group, NOW, lambda: hearing.talk.says(group, URGENT, NOW)[0])
    assert subscriptions.chat(ADA).flag == FLAG
    assert [alarm.flag for alarm in hearing.talk.alarms(ADA, NOW)] == [FLAG]
