"""What a person tells in private and in a group: it holds in both, and the group hears nothing."""

from __future__ import annotations

from typing import Final

import pytest

from bot.knowledge.entry import Verdict
from bot.knowledge.knowledge import Knowledge
from tests.handlers.gyms import BOT, ask, opened, urls
from tests.telegram import FakeTelegram, Group, Person

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

STATUS: Final = "administrator"  # it hears all that is said
PIGEON = f"{BOT} how do I do the pigeon pose"
URGENT = "I have crushing chest pain"
CLEARED = "my doctor has looked at it, all clear"


async def tell(person: Person, text: str) -> str:
    """What the bot says to it in private."""
    await person.says(text)
    return (await person.reads()).text


async def test_a_condition_told_in_private_decides_in_the_group(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    pigeon = knowledge.techniques["pigeon-pose"]
    await tell(ada, "I'm 25 weeks pregnant")
    answer = await ask(ada, gym, PIGEON)
    assert knowledge.messages.group.ruled[Verdict.NO] in answer.text
    assert "pregnan" not in answer.text
    others = await ask(bob, gym, PIGEON)
    assert others.text.startswith(pigeon.title)  # and no pointer at what Ada was told
    assert pigeon.dose.text in others.text


async def test_a_condition_told_in_the_group_decides_in_private(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, gym, f"{BOT} 25 weeks pregnant, tight hips, any ideas?")
    assert "pregnan" not in answer.text
    (url,) = urls(gym, answer)
    assert url.endswith("?start=last")
    whole = await tell(ada, "/start last")
    assert whole.startswith(knowledge.symptoms["pregnancy"].title)
    assert knowledge.conditions["pregnancy"].name in await tell(ada, "pigeon pose")
    assert knowledge.conditions["pregnancy"].name in await tell(ada, "/settings")


async def test_what_is_taken_back_in_one_is_taken_back_in_the_other(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    await ask(ada, gym, f"{BOT} my knee is sore, couch stretch?")
    assert knowledge.conditions["sore-knee"].name in await tell(ada, "/settings")
    await ask(ada, gym, f"{BOT} forget my sore knee")
    assert knowledge.conditions["sore-knee"].name not in await tell(ada, "/settings")


async def test_a_red_flag_told_in_private_keeps_the_group_free_of_exercises_and_of_it(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    await tell(ada, URGENT)
    answer = await ask(ada, gym, PIGEON)
    assert answer.text.startswith(knowledge.messages.group.in_private)
    assert "chest" not in answer.text
    assert "pigeon" not in answer.text.lower()
    (url,) = urls(gym, answer)
    assert url.endswith("?start=ask")
    assert knowledge.red_flags["chest-pain"].title in await tell(ada, "/start ask")
    again = await ask(ada, gym, f"{BOT} and the cobra?")
    assert again.text.startswith(knowledge.messages.group.in_private)
    urgent = await ask(ada, gym, f"{BOT} my calf is hot, swollen and painful since the flight")
    assert urgent.text.startswith(knowledge.red_flags["blood-clot"].title)


async def test_a_red_flag_told_in_the_group_stands_in_both_until_it_was_looked_at(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    flag = knowledge.red_flags["chest-pain"]
    assert (await ask(ada, gym, f"{BOT} {URGENT}")).text.startswith(flag.title)
    standing = await ask(ada, gym, PIGEON)
    assert standing.text.startswith(knowledge.messages.group.standing)
    assert "/start" not in standing.text
    assert knowledge.messages.conversation.standing in await tell(ada, "pigeon pose")
    assert (await ask(bob, gym, PIGEON)).text.startswith("Pigeon pose")
    cleared = await ask(ada, gym, f"{BOT} {CLEARED}")
    assert cleared.text.startswith(knowledge.messages.conversation.cleared)
    assert (await tell(ada, "pigeon pose")).startswith("Pigeon pose")


async def test_looked_at_in_private_it_is_looked_at_in_the_group(
    server: FakeTelegram, ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    await ask(ada, gym, f"{BOT} {URGENT}")
    assert (await tell(ada, CLEARED)).startswith(knowledge.messages.conversation.cleared)
    assert (await ask(ada, gym, PIGEON)).text.startswith("Pigeon pose")
    other = await opened(server.group("Another gym"), ada, bot=STATUS)
    assert (await ask(ada, other, PIGEON)).text.startswith("Pigeon pose")


async def test_anothers_words_are_not_taken_for_the_askers(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    said = await bob.says_in(gym, "can I do pigeon at 25 weeks pregnant?")
    answer = await ask(ada, gym, f"{BOT} what do you say to this?", reply_to=said)
    assert knowledge.messages.group.ruled[Verdict.NO] in answer.text
    assert knowledge.messages.conversation.held_nothing in await tell(ada, "/settings")
    said = await bob.says_in(gym, URGENT)
    answer = await ask(ada, gym, f"{BOT} what do you say to this?", reply_to=said)
    assert answer.text.startswith(knowledge.red_flags["chest-pain"].title)
    assert (await ask(ada, gym, PIGEON)).text.startswith("Pigeon pose")


async def test_anonymous_administrators_share_nothing_with_a_private_chat(
    server: FakeTelegram, ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    await ask(ada, gym, f"{BOT} 25 weeks pregnant, tight hips, any ideas?", anonymous=True)
    assert knowledge.messages.conversation.held_nothing in await tell(ada, "/settings")
    other = await opened(server.group("Another gym"), ada, bot=STATUS)
    answer = await ask(ada, other, PIGEON, anonymous=True)
    assert answer.text.startswith("Pigeon pose")
    assert knowledge.techniques["pigeon-pose"].dose.text in answer.text


async def test_what_is_kept_with_reminders_holds_in_the_group(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    await tell(ada, "I'm 25 weeks pregnant")
    assert "07:00" in await tell(ada, "remind me daily at 7, Berlin time")
    answer = await ask(ada, gym, PIGEON)
    assert knowledge.messages.group.ruled[Verdict.NO] in answer.text
    await ask(ada, gym, f"{BOT} {URGENT}")
    assert knowledge.messages.reminder.held in await tell(ada, "/reminders")
    await ask(ada, gym, f"{BOT} {CLEARED}")
    assert knowledge.messages.reminder.held not in await tell(ada, "/reminders")
