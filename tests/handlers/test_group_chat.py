"""A gym's group and the bot: the real process, over HTTP."""

from __future__ import annotations

from typing import Final

import pytest

from bot.knowledge.entry import Verdict
from bot.knowledge.knowledge import Knowledge
from bot.replies.links import GROUP, deep_link, entry_link
from tests.handlers.gyms import BOT, NAME, answered, ask, is_silent, urls
from tests.telegram import FakeTelegram, Group, Person

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

STATUS: Final = "administrator"  # it hears all that is said
LUNGE = "half-kneeling-lunge"
QUESTION = "how do I stretch my psoas"


async def test_it_introduces_itself_once(server: FakeTelegram, knowledge: Knowledge) -> None:
    group = server.group("New gym")
    await group.add(server.person(), "creator")
    await group.add_bot()
    hello = await group.reads()
    assert hello.text.startswith(knowledge.messages.group.hello)
    assert BOT in hello.text
    await group.promote_bot()
    await group.demote_bot()
    assert not group.unread()


@pytest.mark.parametrize(
    "said", [f"/ask {QUESTION}", f"{BOT} {QUESTION}", f"{QUESTION} {BOT}?", f"/ask{BOT} {QUESTION}"]
)
async def test_it_answers_who_addresses_it(
    ada: Person, gym: Group, knowledge: Knowledge, said: str
) -> None:
    number = await ada.says_in(gym, said)
    answer = await gym.reads()
    technique = knowledge.techniques[LUNGE]
    assert answer.text.startswith(technique.title)
    assert answer.text.endswith(knowledge.messages.caveat.short)
    assert answered(gym, answer) == number
    assert urls(gym, answer) == [deep_link(NAME, entry_link(LUNGE))]


@pytest.mark.parametrize(
    "said",
    [
        "my psoas is killing me today",
        QUESTION,
        "does anybody know a stretch for the front of the hip?",
        f"I asked {BOT} yesterday, the lunge really helped",
        f"{BOT} is great, you should try it",
        "@someone_else how do I stretch my psoas",
        "/ask@other_bot how do I stretch my psoas",
        "/remindme stretch",
        "/start",
        f"/start{BOT}",
        f"/start{BOT} {GROUP}",
        "crushing chest pain is how I'd describe that workout lol",
    ],
)
async def test_it_is_silent_otherwise_though_it_sees_all(
    ada: Person, bob: Person, gym: Group, said: str
) -> None:
    await ada.says_in(gym, said)
    assert await is_silent(bob, gym)


async def test_anothers_message_may_be_the_question(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    asked = await ada.says_in(gym, "how long should I hold a stretch?")
    answer = await ask(bob, gym, f"{BOT} what about this?", reply_to=asked)
    assert answer.text.startswith(knowledge.topics["how-long-to-hold"].title)


async def test_a_reply_to_it_goes_on_from_there(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    first = await ask(ada, gym, f"{BOT} pigeon pose")
    answer = await ask(bob, gym, "and for how long?", reply_to=first.message_id)
    pigeon = knowledge.techniques["pigeon-pose"]
    assert answer.text.startswith(pigeon.title)
    assert pigeon.dose.text in answer.text


async def test_a_call_without_a_question_is_told_how(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    assert (await ask(ada, gym, BOT)).text == knowledge.messages.group.how.format(name=BOT)


async def test_the_same_question_is_pointed_to_its_answer(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    first = await ask(ada, gym, f"{BOT} cobra pose")
    again = await ask(bob, gym, f"{BOT} Cobra pose?")
    assert again.text == knowledge.messages.group.again
    assert answered(gym, again) == first.message_id


async def test_nobodys_health_is_told_to_the_group(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, gym, f"{BOT} I'm 20 weeks pregnant, can I do the couch stretch")
    assert answer.text.startswith("Couch stretch")
    assert knowledge.messages.group.ruled[Verdict.NO] in answer.text
    assert "pregnan" not in answer.text


async def test_a_red_flag_is_answered_at_once(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, gym, f"{BOT} which stretch helps? I have crushing chest pain")
    assert answer.text.startswith(knowledge.red_flags["chest-pain"].title)
    assert answer.labels == [knowledge.messages.group.private]


async def test_a_red_flag_is_answered_behind_any_command(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, gym, f"/start{BOT} my chest feels crushed and I can't breathe")
    assert answer.text.startswith(knowledge.red_flags["chest-pain"].title)


@pytest.mark.parametrize("said", ["/remind every day at 7", f"/remind{BOT}"])
async def test_members_set_reminders_in_private(
    bob: Person, gym: Group, knowledge: Knowledge, said: str
) -> None:
    answer = await ask(bob, gym, said)
    assert answer.text.startswith(knowledge.messages.group.reminders)
    (url,) = urls(gym, answer)
    assert url.endswith("?start=remind")


async def test_what_is_told_in_the_group_counts_for_ones_own_reminders(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    await ada.says("remind me daily at 7, Berlin time")
    await ada.reads()
    await ask(ada, gym, f"{BOT} I'm 20 weeks pregnant, can I do the couch stretch")
    await ada.says("/settings")
    assert "pregnancy" in (await ada.reads()).text
    await ask(ada, gym, f"{BOT} I have crushing chest pain")
    await ada.says("/reminders")
    assert knowledge.messages.reminder.held in (await ada.reads()).text


async def test_it_stays_in_the_topic(
    server: FakeTelegram, ada: Person, knowledge: Knowledge
) -> None:
    forum = server.group("Forum", forum=True)
    await forum.add(ada, "creator")
    await forum.add_bot()
    await forum.reads()
    topic = await forum.topic("Stretching")
    answer = await ask(ada, forum, f"{BOT} {QUESTION}", topic=topic)
    assert forum.chat.records[answer.message_id].message["message_thread_id"] == topic
    general = await ask(ada, forum, f"{BOT} pigeon pose")
    assert "message_thread_id" not in forum.chat.records[general.message_id].message


async def test_anonymous_administrators_are_people_and_bots_are_not(
    server: FakeTelegram, ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, gym, f"{BOT} glute bridge", anonymous=True)
    assert answer.text.startswith(knowledge.techniques["glute-bridge"].title)
    await ada.says_in(gym, f"{BOT} pelvic tilt", forwarded_from=bob)
    assert await is_silent(bob, gym)


async def test_one_person_does_not_flood_the_group(ada: Person, bob: Person, gym: Group) -> None:
    techniques = (
        "pigeon pose",
        "cobra pose",
        "couch stretch",
        "dead bug",
        "glute bridge",
        "walking",
    )
    for technique in techniques:
        await ada.says_in(gym, f"{BOT} {technique}")
    answer = await ask(bob, gym, f"{BOT} pelvic tilt")
    while not answer.text.startswith("Pelvic tilt"):
        answer = await gym.reads()
    assert len([m for m in gym.sees() if m.labels]) == 5  # four for Ada, one for Bob


async def test_the_link_opens_the_whole_in_private(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    await ada.says(f"/start {entry_link(LUNGE)}")
    whole = await ada.reads()
    assert all(step in whole.text for step in knowledge.techniques[LUNGE].steps)
    await ada.says("/start remind")
    assert (await ada.reads()).text.startswith(knowledge.messages.reminder.ask.time)
    await ada.says("/start e-long-gone")
    assert (await ada.reads()).text.startswith(knowledge.messages.menu.gone)
