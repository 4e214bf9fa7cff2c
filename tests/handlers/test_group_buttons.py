"""Choices, commands and links of a group: the real process, over HTTP."""

from __future__ import annotations

from typing import Final

import pytest

from bot.knowledge.entry import Verdict
from bot.knowledge.knowledge import Knowledge
from bot.replies.group_actions import Choose, encode
from bot.replies.links import deep_link, entry_link
from tests.handlers.gyms import BOT, NAME, ask, urls
from tests.telegram import FakeTelegram, Group, Person, SentMessage

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

STATUS: Final = "administrator"  # it hears all that is said
UNSURE = f"{BOT} cobra or pigeon"
URGENT = f"{BOT} I have crushing chest pain"


async def test_a_choice_becomes_the_answer_in_its_place(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    choice = await ask(ada, gym, UNSURE)
    pigeon = knowledge.techniques["pigeon-pose"]
    press = await ada.presses(choice, pigeon.title)
    answer = await gym.reads()
    assert await ada.answer_to(press) == ""
    assert answer.message_id == choice.message_id
    assert answer.text.startswith(pigeon.title)
    assert answer.text.endswith(knowledge.messages.caveat.short)
    assert urls(gym, answer) == [deep_link(NAME, entry_link("pigeon-pose"))]
    more = await ask(ada, gym, "and how long do I stay in it?", reply_to=answer.message_id)
    assert pigeon.dose.text in more.text


async def test_it_is_for_whoever_asked(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    choice = await ask(ada, gym, UNSURE)
    press = await bob.presses(choice, knowledge.techniques["pigeon-pose"].title)
    toast = await bob.answer_to(press)
    assert toast == knowledge.messages.group.not_yours.format(name="Ada")
    assert not gym.unread()
    again = await ask(bob, gym, UNSURE)
    assert again.labels == choice.labels  # buttons of his own, not a pointer to hers


async def test_pressed_twice_it_is_the_same(ada: Person, gym: Group, knowledge: Knowledge) -> None:
    choice = await ask(ada, gym, UNSURE)
    title = knowledge.techniques["cobra-pose"].title
    presses = [await ada.presses(choice, title) for _ in range(2)]
    assert [await ada.answer_to(press) for press in presses] == ["", ""]
    assert (await gym.reads()).text.startswith(title)
    assert len([m for m in gym.sees() if m.text.startswith(title)]) == 1


async def test_an_entry_that_is_gone(
    server: FakeTelegram, ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    choice = await ask(ada, gym, UNSURE)
    record = gym.chat.records[choice.message_id].message
    gone = encode(Choose("moon-walk", ada.id))
    record["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = gone
    assert await ada.answer_to(await ada.presses(choice, gone)) == knowledge.messages.group.gone
    assert not gym.unread()


async def test_what_is_held_of_the_asker_holds_for_the_choice(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    choice = await ask(ada, gym, UNSURE)
    await ada.says("I'm 25 weeks pregnant")
    await ada.reads()
    await ada.presses(choice, knowledge.techniques["pigeon-pose"].title)
    answer = await gym.reads()
    assert knowledge.messages.group.ruled[Verdict.NO] in answer.text
    assert knowledge.techniques["pigeon-pose"].steps[0] not in answer.text
    assert "pregnan" not in answer.text


async def test_a_red_flag_holds_for_the_choice(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    choice = await ask(ada, gym, UNSURE)
    await ask(ada, gym, URGENT)
    await ada.presses(choice, knowledge.techniques["pigeon-pose"].title)
    assert (await gym.reads()).text.startswith(knowledge.messages.group.standing)


async def test_anybody_presses_where_nobody_knows_who_asked(
    ada: Person, bob: Person, gym: Group, knowledge: Knowledge
) -> None:
    choice = await ask(ada, gym, UNSURE, anonymous=True)
    await bob.presses(choice, knowledge.techniques["cobra-pose"].title)
    assert (await gym.reads()).text.startswith(knowledge.techniques["cobra-pose"].title)


async def test_one_who_presses_much_waits(ada: Person, gym: Group, knowledge: Knowledge) -> None:
    choices: list[SentMessage] = [await ask(ada, gym, f"{UNSURE}{'?' * n}") for n in range(4)]
    press = await ada.presses(choices[0], knowledge.techniques["cobra-pose"].title)
    assert await ada.answer_to(press) == knowledge.messages.group.wait


@pytest.mark.parametrize("name", ["techniques", "symptoms", "privacy"])
async def test_a_page_is_shown_in_private(
    ada: Person, gym: Group, knowledge: Knowledge, name: str
) -> None:
    pointed = await ask(ada, gym, f"/{name}{BOT}")
    assert pointed.text.startswith(knowledge.messages.group.pages)
    assert urls(gym, pointed) == [deep_link(NAME, name)]
    await ada.says(f"/{name}")
    page = await ada.reads()
    await ada.says(f"/start {name}")
    assert (await ada.reads()).text == page.text


async def test_help_says_how_to_ask(ada: Person, gym: Group, knowledge: Knowledge) -> None:
    told = await ask(ada, gym, f"/help{BOT}")
    assert told.text == knowledge.messages.group.how.format(name=BOT)
    assert urls(gym, told) == [deep_link(NAME, "ask")]
    told = await ask(ada, gym, f"/why{BOT}")
    assert told.text == knowledge.messages.group.how.format(name=BOT)


@pytest.mark.parametrize("said", [f"/start{BOT}", f"/start{BOT} gym", "/help", "/start"])
async def test_it_keeps_still_at_a_start(ada: Person, bob: Person, gym: Group, said: str) -> None:
    await ada.says_in(gym, said)
    answer = await ask(bob, gym, f"{BOT} dead bug")
    assert answer.text.startswith("Dead bug")
    assert len(gym.sees()) == 2  # the introduction and this


@pytest.mark.parametrize(
    "said", [f"/help{BOT} crushing chest pain", f"/start{BOT} I have crushing chest pain"]
)
async def test_a_red_flag_behind_a_command_is_told(
    ada: Person, gym: Group, knowledge: Knowledge, said: str
) -> None:
    answer = await ask(ada, gym, said)
    assert answer.text.startswith(knowledge.red_flags["chest-pain"].title)


@pytest.mark.parametrize(
    "said", ["/ask\nwhat is dead bug good for?", f"so /ask{BOT} what is dead bug good for?"]
)
async def test_a_command_may_stand_above_or_within(ada: Person, gym: Group, said: str) -> None:
    assert (await ask(ada, gym, said)).text.startswith("Dead bug")


async def test_the_same_words_about_another_message_are_answered(
    ada: Person, gym: Group, knowledge: Knowledge
) -> None:
    for technique in ("pigeon-pose", "cobra-pose"):
        first = await ask(ada, gym, f"{BOT} {technique.replace('-', ' ')}")
        answer = await ask(ada, gym, "how long?", reply_to=first.message_id)
        assert knowledge.techniques[technique].dose.text in answer.text


async def test_a_mere_face_is_not_answered(ada: Person, bob: Person, gym: Group) -> None:
    first = await ask(ada, gym, f"{BOT} glute bridge")
    await bob.says_in(gym, "\N{FLEXED BICEPS}", reply_to=first.message_id)
    assert (await ask(ada, gym, f"{BOT} dead bug")).text.startswith("Dead bug")
