"""The bot called by name in a group that it is not in: the real process, over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio

from bot.knowledge.knowledge import Knowledge
from bot.replies.links import deep_link, entry_link
from tests.handlers.gyms import BOT, NAME, ask, is_silent
from tests.running import STARTING, RunningBot, running_bot
from tests.telegram import FakeTelegram, Group, Person, Switches

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

SWITCHES = Switches(guests=True)
LUNGE = "half-kneeling-lunge"
QUESTION = "how do I stretch my psoas"


@pytest_asyncio.fixture(loop_scope="module")
async def friends(server: FakeTelegram, ada: Person, bob: Person) -> Group:
    """A group of Ada and Bob, without the bot."""
    group = server.group("Friends")
    await group.add(ada, "creator")
    await group.add(bob)
    return group


async def test_it_answers_who_calls_it_once(
    ada: Person, friends: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, friends, f"{BOT} {QUESTION}")
    assert answer.text.startswith(knowledge.techniques[LUNGE].title)
    assert answer.text.endswith(knowledge.messages.caveat.short)
    (((text, target),),) = answer.buttons
    assert (text, target) == (
        knowledge.messages.group.more,
        deep_link(NAME, entry_link(LUNGE)),
    )
    assert not friends.unread()


@pytest.mark.parametrize(
    "said",
    [
        f"I asked {BOT} yesterday, the lunge really helped",
        f"{BOT} is great, you should try it",
        QUESTION,
    ],
)
async def test_it_is_silent_where_it_is_only_told_about(
    ada: Person, bob: Person, friends: Group, said: str
) -> None:
    await ada.says_in(friends, said)
    assert await is_silent(bob, friends)


async def test_forwarded_messages_and_bots_are_not_answered(
    server: FakeTelegram, ada: Person, bob: Person, friends: Group
) -> None:
    await ada.says_in(friends, f"{BOT} pelvic tilt", forwarded_from=bob)
    other = server.other_bot("other_bot")
    await friends.add(other)
    await other.says_in(friends, f"{BOT} pelvic tilt")
    assert await is_silent(bob, friends)


async def test_a_red_flag_is_answered_at_once(
    ada: Person, friends: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, friends, f"{BOT} which stretch? I have crushing chest pain")
    flag = knowledge.red_flags["chest-pain"]
    assert answer.text.startswith(flag.title)
    assert flag.do_not in answer.text
    assert answer.labels == [knowledge.messages.group.private]


async def test_a_call_without_a_question_is_told_how(
    ada: Person, friends: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, friends, BOT)
    assert answer.text == knowledge.messages.group.how.format(name=BOT)


async def test_the_same_question_is_not_answered_twice(
    ada: Person, bob: Person, friends: Group, knowledge: Knowledge
) -> None:
    first = await ask(ada, friends, f"{BOT} cobra pose")
    assert first.text.startswith(knowledge.techniques["cobra-pose"].title)
    again = await ask(bob, friends, f"{BOT} Cobra pose?")
    assert again.text == knowledge.messages.inline.again
    other = await ask(bob, friends, f"{BOT} couch stretch")
    assert other.text.startswith(knowledge.techniques["couch-stretch"].title)


async def test_one_person_does_not_flood_a_chat(ada: Person, bob: Person, friends: Group) -> None:
    for technique in ("pigeon pose", "cobra", "couch stretch", "dead bug", "bridge", "walking"):
        await ada.says_in(friends, f"{BOT} {technique}")
    answer = await ask(bob, friends, f"{BOT} pelvic tilt")
    while not answer.text.startswith("Pelvic tilt"):
        answer = await friends.reads()
    assert len(friends.sees()) == 5  # four for Ada, one for Bob


async def test_nobodys_health_is_told_to_others(
    ada: Person, friends: Group, knowledge: Knowledge
) -> None:
    answer = await ask(ada, friends, f"{BOT} I'm 20 weeks pregnant, may I do the couch stretch")
    assert "pregnan" not in answer.text
    assert answer.labels[-1] == knowledge.messages.group.more
    for step in knowledge.techniques["couch-stretch"].steps:
        assert step.partition(".")[0] not in answer.text


async def test_what_was_told_in_private_holds_here(
    ada: Person, friends: Group, knowledge: Knowledge
) -> None:
    await ada.says("I have crushing chest pain")
    await ada.reads()
    answer = await ask(ada, friends, f"{BOT} pigeon pose")
    assert answer.text.startswith(knowledge.messages.group.in_private)
    assert knowledge.red_flags["chest-pain"].title not in answer.text
    urgent = await ask(ada, friends, f"{BOT} now I can't pee either")
    assert urgent.text.startswith(knowledge.red_flags["cauda-equina"].title)


async def test_what_is_told_here_counts_for_ones_own_reminders(
    ada: Person, friends: Group, knowledge: Knowledge
) -> None:
    await ada.says("remind me daily at 7, Berlin time")
    await ada.reads()
    await ask(ada, friends, f"{BOT} I have crushing chest pain")
    await ada.says("/reminders")
    assert knowledge.messages.reminder.held in (await ada.reads()).text


async def test_a_call_while_it_was_down_is_answered_once_it_is_up(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/kept.sqlite3"}
    async with FakeTelegram(switches=SWITCHES) as server:
        ada, friends = server.person(), server.group("Friends")
        await friends.add(ada, "creator")
        async with running_bot(server, settings):
            await server.wait_for_call("getUpdates", seconds=STARTING)
        await ada.says_in(friends, f"{BOT} glute bridge")
        async with running_bot(server, settings):
            answer = await friends.reads(seconds=STARTING)
            assert answer.text.startswith(knowledge.techniques["glute-bridge"].title)
            await ask(ada, friends, f"{BOT} pelvic tilt")
        assert len(friends.sees()) == 2
        assert server.violations == []


async def test_a_call_that_is_too_old_is_no_error(
    server: FakeTelegram, bot: RunningBot, ada: Person, bob: Person, friends: Group
) -> None:
    await ada.says_in(friends, f"{BOT} dead bug")
    list(server.state.asked.values())[-1].expired = True
    await bot.logs("query too old to be answered: kind=guest")
    answer = await ask(bob, friends, f"{BOT} dead bug")  # it has not been answered yet
    assert answer.text.startswith("Dead bug")
    assert "ERROR" not in bot.log
