"""A person and the bot in a private chat: the real process, over HTTP, line by line."""

from __future__ import annotations

import pytest

from bot.knowledge.knowledge import Knowledge
from bot.replies.links import group_link
from tests.handlers.gyms import NAME
from tests.handlers.private import ask, press
from tests.running import RunningBot
from tests.telegram import FakeTelegram, Person

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


async def test_start_has_examples_that_are_answered(ada: Person, knowledge: Knowledge) -> None:
    start = await ask(ada, "/start")
    texts = knowledge.messages.start
    assert start.labels == [*texts.examples, knowledge.messages.group.add]
    assert texts.is_not in start.text
    answer = await press(ada, start, texts.examples[0])
    assert answer.text.startswith(knowledge.techniques["half-kneeling-lunge"].title)


async def test_a_question_gets_the_right_steps(ada: Person, knowledge: Knowledge) -> None:
    answer = await ask(ada, "how do I stretch my psoas")
    technique = knowledge.techniques["half-kneeling-lunge"]
    assert answer.html.startswith(f"<b>{technique.title}</b>")
    assert f"1. {technique.steps[0]}" in answer.text
    assert technique.dose.text in answer.text
    assert answer.text.endswith(knowledge.messages.caveat.short)
    easier = next(label for label in answer.labels if label.startswith("Easier: "))
    other = await press(ada, answer, easier)
    assert other.text.startswith(knowledge.techniques["standing-hip-flexor-stretch"].title)
    assert not other.edited


async def test_a_symptom_leads_to_its_techniques(ada: Person, knowledge: Knowledge) -> None:
    answer = await ask(ada, "tight from sitting")
    symptom = knowledge.symptoms["tight-from-sitting"]
    first = knowledge.techniques[symptom.helps[0].technique]
    assert answer.labels[0] == first.title
    assert answer.text.endswith(knowledge.messages.caveat.full)
    assert (await press(ada, answer, first.title)).text.startswith(first.title)


async def test_browsing_happens_in_place_and_there_is_a_way_back(
    ada: Person, knowledge: Knowledge
) -> None:
    menu = await ask(ada, "/techniques")
    family = await press(ada, menu, knowledge.messages.families["yoga"])
    assert family.edited
    assert family.message_id == menu.message_id
    assert knowledge.techniques["pigeon-pose"].title in family.labels
    back = await press(ada, family, knowledge.messages.menu.back)
    assert back.labels == menu.labels
    pose = knowledge.techniques["pigeon-pose"].title
    family = await press(ada, back, knowledge.messages.families["yoga"])
    assert (await press(ada, family, pose)).text.startswith(pose)


async def test_pressing_the_same_twice_is_answered_both_times(ada: Person) -> None:
    menu = await ask(ada, "/techniques")
    pressed = [await ada.presses(menu, "Yoga"), await ada.presses(menu, "Yoga")]
    for one in pressed:
        await ada.answer_to(one)
    assert (await ada.reads()).edited


@pytest.mark.parametrize("command", ["help", "symptoms", "privacy", "settings"])
async def test_the_other_pages(ada: Person, knowledge: Knowledge, command: str) -> None:
    page = await ask(ada, f"/{command}")
    title = {
        "help": knowledge.messages.help.title,
        "symptoms": knowledge.messages.menu.symptoms,
        "privacy": knowledge.messages.privacy.title,
        "settings": knowledge.messages.settings.title,
    }[command]
    assert page.text.startswith(title)


@pytest.mark.parametrize(
    ("said", "invites"),
    [
        ("/start", True),
        ("/start hello", True),  # a payload that leads nowhere
        ("/help", True),
        ("/start e-pigeon-pose", False),
        ("/start remind", False),
        ("/privacy", False),
        ("/techniques", False),
    ],
)
async def test_start_and_help_end_with_a_way_into_a_group(
    ada: Person, knowledge: Knowledge, said: str, invites: bool
) -> None:
    await ask(ada, said)
    rows = list(ada.chat.records.values())[-1].message.get("reply_markup", {})
    last = rows.get("inline_keyboard", [[{}]])[-1]
    link = {"text": knowledge.messages.group.add, "url": group_link(NAME)}
    assert (last == [link]) is invites


async def test_a_red_flag_beats_everything_and_offers_nothing(
    ada: Person, knowledge: Knowledge
) -> None:
    text = "which stretch helps? also I can't pee since this morning and my back hurts"
    answer = await ask(ada, text)
    flag = knowledge.red_flags["cauda-equina"]
    assert answer.text.startswith(flag.title)
    assert flag.do_not in answer.text
    assert answer.labels == []


async def test_a_changed_message_is_answered_anew(ada: Person, knowledge: Knowledge) -> None:
    said = await ada.says("pigeon pose")
    await ada.reads()
    await ada.edits(said, "I have crushing chest pain")
    assert (await ada.reads()).text.startswith(knowledge.red_flags["chest-pain"].title)


async def test_what_is_not_known_leads_to_the_menu(ada: Person, knowledge: Knowledge) -> None:
    answer = await ask(ada, "how do I fix my bicycle tyre")
    assert answer.text.startswith(knowledge.messages.fallback.outside)
    menu = await press(ada, answer, answer.labels[0])
    assert set(knowledge.messages.families.values()) >= set(menu.labels)


async def test_a_sticker_has_no_words(ada: Person, knowledge: Knowledge) -> None:
    sticker = {
        "file_id": "x",
        "file_unique_id": "y",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }
    await ada.sends({"sticker": sticker})
    assert (await ada.reads()).text.startswith(knowledge.messages.fallback.empty)


async def test_markup_and_monsters_in_a_message_come_to_nothing(ada: Person) -> None:
    for text in ("<b>psoas</b> & <script>", "\u0000x", "a" * 4096, "\U0001f600" * 50, "/nonsense"):
        assert (await ask(ada, text)).text


async def test_an_old_button_of_an_entry_that_is_gone_is_polite(
    ada: Person, server: FakeTelegram, knowledge: Knowledge
) -> None:
    answer = await ask(ada, "pigeon pose")
    record = ada.chat.records[answer.message_id]
    button = {"text": "Old", "callback_data": "open:long-gone"}
    record.message["reply_markup"] = {"inline_keyboard": [[button]]}
    assert (await press(ada, answer, "Old")).text.startswith(knowledge.messages.menu.gone)


async def test_told_to_wait_it_waits_and_then_answers(
    ada: Person, server: FakeTelegram, bot: RunningBot
) -> None:
    server.fail_next(
        "sendMessage", 429, "Too Many Requests: retry after 1", {"retry_after": 1}, times=2
    )
    answer = await ask(ada, "pigeon pose")
    assert answer.text.startswith("Pigeon")
    assert "too many messages" in bot.log


async def test_somebody_who_blocks_the_bot_is_let_go(
    server: FakeTelegram, bot: RunningBot, bob: Person
) -> None:
    await ask(bob, "hi")
    await bob.says("pigeon pose")
    await bob.reads()
    server.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await bob.says("cobra pose")
    await bot.logs("not delivered")
    assert (await ask(bob, "pigeon pose")).text.startswith("Pigeon")


async def test_commands_and_descriptions_are_set(
    ada: Person, server: FakeTelegram, knowledge: Knowledge
) -> None:
    await ask(ada, "/start")
    assert ada.commands_shown() == list(knowledge.messages.profile.commands.items())
    assert server.called("setMyDescription")
    assert server.called("setMyShortDescription")


async def test_asking_on_and_asking_why(ada: Person, knowledge: Knowledge) -> None:
    await ask(ada, "/start")
    await ask(ada, "pigeon pose")
    pigeon = knowledge.techniques["pigeon-pose"]
    dose = await ask(ada, "and for how long?")
    assert dose.text.startswith(pigeon.title)
    assert pigeon.dose.text in dose.text
    why = await ask(ada, "/why")
    assert why.text.startswith(knowledge.messages.why.title)
    assert pigeon.title in why.text


async def test_what_is_said_of_oneself_holds_until_it_is_cleared(
    ada: Person, knowledge: Knowledge
) -> None:
    await ask(ada, "/start")
    await ask(ada, "I'm 20 weeks pregnant")
    couch = knowledge.techniques["couch-stretch"]
    refused = await ask(ada, "couch stretch")
    assert couch.steps[0] not in refused.text
    page = await ask(ada, "/settings")
    cleared = await press(ada, page, page.labels[0])
    assert cleared.edited
    assert cleared.labels == []
    assert couch.steps[0] in (await ask(ada, "couch stretch")).text


async def test_a_red_flag_stands_until_it_has_been_looked_at(
    ada: Person, knowledge: Knowledge
) -> None:
    await ask(ada, "/start")
    await ask(ada, "I have crushing chest pain")
    standing = await ask(ada, "can I at least do pigeon?")
    texts = knowledge.messages.conversation
    assert standing.text.startswith(texts.standing)
    freed = await press(ada, standing, texts.looked_at)
    assert freed.text.startswith(texts.cleared)
    assert (await ask(ada, "pigeon pose")).text.startswith("Pigeon")


async def test_people_do_not_hear_of_one_another(
    ada: Person, bob: Person, knowledge: Knowledge
) -> None:
    await ask(ada, "/start")
    await ask(ada, "I'm 20 weeks pregnant")
    answer = await ask(bob, "couch stretch")
    assert knowledge.techniques["couch-stretch"].steps[0] in answer.text
