"""The bot's name and a few words, typed in any chat: the real process, over HTTP."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.knowledge.entry import Verdict
from bot.knowledge.inline_texts import MOST
from bot.knowledge.knowledge import Knowledge
from bot.replies.links import deep_link, entry_link
from tests.handlers.gyms import NAME
from tests.running import STARTING, RunningBot, running_bot
from tests.telegram import FakeTelegram, InlineAnswers, Person, Switches

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

SWITCHES = Switches(inline=True, inline_feedback=True)


def ids(answers: InlineAnswers) -> list[str]:
    return [result.id for result in answers.results]


async def test_a_list_and_what_is_picked_from_it(ada: Person, knowledge: Knowledge) -> None:
    answers = await ada.asks_inline("tight hips")
    assert ids(answers)[0] == "tight-from-sitting"
    assert 1 < len(answers.results) <= MOST
    assert all(result.title and result.description for result in answers.results)
    assert answers.button == (knowledge.messages.inline.private, "ask")
    technique = knowledge.techniques["standing-hip-flexor-stretch"]
    sent = await ada.picks(answers.titled(technique.title))
    assert sent.text.startswith(technique.title)
    assert sent.text.endswith(knowledge.messages.caveat.short)
    assert sent.html.startswith(f"<b>{technique.title}</b>")
    (((text, target),),) = sent.buttons
    assert text == knowledge.messages.group.more
    assert target == deep_link(NAME, entry_link(technique.id))
    content = answers.results[0].json["input_message_content"]
    assert content["link_preview_options"]["is_disabled"]


async def test_a_group_with_the_bot_in_it_hears_nothing_of_a_pick(
    server: FakeTelegram, ada: Person, bob: Person
) -> None:
    gym = server.group("Iron and Ease")
    await gym.add(ada, "creator")
    await gym.add_bot("administrator")
    await gym.reads()
    answers = await ada.asks_inline("glute bridge", gym)
    sent = await ada.picks(answers.results[0])
    assert sent.chat_id == gym.id
    await bob.says("pigeon pose")
    await bob.reads()
    assert not gym.unread()


async def test_no_words_list_the_favourites(ada: Person, knowledge: Knowledge) -> None:
    answers = await ada.asks_inline("")
    assert ids(answers) == list(knowledge.messages.inline.favourites)


async def test_each_keystroke_has_its_list(ada: Person) -> None:
    typed = "pigeon pose"
    asking = (ada.asks_inline(typed[:end]) for end in range(3, len(typed) + 1))
    for answers in await asyncio.gather(*asking):
        assert "pigeon-pose" in ids(answers)


@pytest.mark.parametrize("query", ["a" * 256, "🙂" * 128, "腰が痛い", "<&>", "quantum physics"])
async def test_what_it_does_not_know_gets_the_button_alone(
    ada: Person, knowledge: Knowledge, query: str
) -> None:
    answers = await ada.asks_inline(query)
    assert answers.results == ()
    assert answers.button == (knowledge.messages.inline.nothing, "ask")


async def test_a_red_flag_is_told_whole_and_alone(ada: Person, knowledge: Knowledge) -> None:
    answers = await ada.asks_inline("can't pee and my back aches, a stretch")
    flag = knowledge.red_flags["cauda-equina"]
    (result,) = answers.results
    assert result.title == flag.title
    sent = await ada.picks(result)
    assert flag.do_not in sent.text
    assert not any(technique.title in sent.text for technique in knowledge.techniques.values())
    assert (answers.personal, answers.cache_seconds) == (False, 300)


async def test_a_list_is_asked_for_anew_each_time_for_each_person(ada: Person) -> None:
    for query in ("", "tight hips"):
        answers = await ada.asks_inline(query)
        assert (answers.personal, answers.cache_seconds) == (True, 0)


async def test_a_condition_in_the_query_is_minded_and_not_told(
    ada: Person, knowledge: Knowledge
) -> None:
    answers = await ada.asks_inline("which stretch at 20 weeks pregnant")
    assert answers.results
    for result in answers.results:
        technique = knowledge.techniques[result.id]
        assert knowledge.verdict(technique, "pregnancy")[0] is Verdict.OK
        assert "pregnan" not in (await ada.picks(result)).text.lower()


async def test_what_was_told_in_private_holds_for_that_person(
    ada: Person, bob: Person, knowledge: Knowledge
) -> None:
    await ada.says("I'm 20 weeks pregnant")
    await ada.reads()
    assert "pigeon-pose" not in ids(await ada.asks_inline("pigeon pose"))
    assert "pigeon-pose" in ids(await bob.asks_inline("pigeon pose"))
    await bob.says("I have crushing chest pain")
    await bob.reads()
    for query in ("", "pigeon pose"):
        answers = await bob.asks_inline(query)
        assert answers.results == ()
        assert answers.button == (knowledge.messages.inline.withheld, "ask")
        assert (answers.personal, answers.cache_seconds) == (True, 0)


async def test_the_button_goes_on_in_private_and_lifts_no_red_flag(
    ada: Person, bob: Person, knowledge: Knowledge
) -> None:
    await ada.says("/start ask")
    assert (await ada.reads()).text.startswith(knowledge.messages.start.hello)
    await bob.says("I have crushing chest pain")
    await bob.reads()
    await bob.says("/start ask")
    assert (await bob.reads()).text.startswith(knowledge.messages.conversation.standing)
    assert (await bob.asks_inline("pigeon pose")).results == ()


async def test_a_wish_for_reminders_leads_to_private(ada: Person, knowledge: Knowledge) -> None:
    answers = await ada.asks_inline("remind me daily at 7")
    assert answers.results == ()
    assert answers.button == (knowledge.messages.inline.reminders, "remind")
    await ada.says("/start remind")
    assert (await ada.reads()).text.startswith(knowledge.messages.reminder.ask.time)


async def test_a_query_that_is_too_old_is_no_error(
    server: FakeTelegram, bot: RunningBot, ada: Person
) -> None:
    known = set(server.state.asked)
    asking = asyncio.create_task(ada.asks_inline("cobra pose"))
    await server.state.wait(lambda: bool(server.state.asked.keys() - known), 5)
    (new,) = server.state.asked.keys() - known
    server.state.asked[new].expired = True
    await bot.logs("query too old to be answered: kind=inline")
    asking.cancel()
    assert "ERROR" not in bot.log


async def test_what_is_kept_with_reminders_holds_after_a_restart(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/kept.sqlite3"}
    async with FakeTelegram(switches=SWITCHES) as server:
        ada, bob = server.person(), server.person()
        async with running_bot(server, settings):
            for person, said in ((ada, "I have crushing chest pain"), (bob, "my knees are bad")):
                await person.says("remind me daily at 7, Berlin time")
                await person.reads()
                await person.says(said)
                await person.reads()
        async with running_bot(server, settings):
            assert (await ada.asks_inline("couch stretch", seconds=STARTING)).results == ()
            listed = ids(await bob.asks_inline("couch stretch"))
        assert "couch-stretch" not in listed
        assert server.violations == []
