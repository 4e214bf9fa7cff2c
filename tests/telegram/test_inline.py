"""Inline mode and guest mode."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram import InlineQueryResultArticle as Article
from telegram import InlineQueryResultsButton as ResultsButton
from telegram import InputTextMessageContent as Content
from telegram.error import BadRequest

from tests.telegram import FakeTelegram, Group, InlineAnswers, Person

GO = Keyboard([[Button("Go", callback_data="go")]])


def article(number: str, text: str = "<b>Breathe</b>", **fields: Any) -> Article:
    return Article(number, f"Article {number}", Content(text, parse_mode="HTML"), **fields)


WRONG_ANSWERS: list[tuple[dict[str, Any], str]] = [
    ({"results": [article(str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
    ({"results": [article("a"), article("a")]}, "RESULT_ID_DUPLICATE"),
    ({"results": [article("")]}, "RESULT_ID_INVALID"),
    ({"results": [article("é" * 33)]}, "RESULT_ID_INVALID"),
    ({"results": [Article("a", "", Content("b"))]}, "ARTICLE_TITLE_EMPTY"),
    ({"results": [article("a", "<b>")]}, "Can't parse entities"),
    ({"results": [article("a", "b" * 4097)]}, "Message is too long"),
    ({"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
    ({"button": ResultsButton("", start_parameter="a")}, "SWITCH_PM_TEXT_EMPTY"),
    ({"button": ResultsButton("a")}, "exactly one of"),
    ({"button": ResultsButton("a", start_parameter="a b")}, "START_PARAM_INVALID"),
    ({"button": ResultsButton("a", start_parameter="a" * 65)}, "START_PARAM_INVALID"),
    ({"inline_query_id": "nothing"}, "Query is too old"),
]


@pytest.fixture(autouse=True)
def _switched_on(server: FakeTelegram) -> None:
    server.state.switches.inline = server.state.switches.inline_feedback = True


@pytest.fixture
async def friends(server: FakeTelegram, ada: Person) -> Group:
    """A supergroup of Ada, without the bot."""
    group = server.group("Friends")
    await group.add(ada, "creator")
    return group


async def answered(
    bot: telegram.Bot, ada: Person, chat: Group | None = None, **answer: Any
) -> InlineAnswers:
    """What Ada is shown when she asks and the bot answers so."""
    asking = asyncio.create_task(ada.asks_inline("neck", chat))
    query = await asked(bot)
    await bot.answer_inline_query(**({"inline_query_id": query.id, "results": []} | answer))
    return await asking


async def asked(bot: telegram.Bot) -> telegram.InlineQuery:
    while True:
        for update in await bot.get_updates(timeout=5):
            await bot.get_updates(offset=update.update_id + 1)
            if update.inline_query:
                return update.inline_query


async def test_what_the_bot_says_of_itself(bot: telegram.Bot, server: FakeTelegram) -> None:
    server.state.switches.privacy, server.state.switches.guests = False, True
    me = await bot.get_me()
    assert me.supports_inline_queries
    assert me.can_read_all_group_messages
    assert me.supports_guest_queries


@pytest.mark.parametrize(("changes", "reason"), WRONG_ANSWERS)
async def test_wrong_answers(
    bot: telegram.Bot, ada: Person, changes: dict[str, Any], reason: str
) -> None:
    asking = asyncio.create_task(ada.asks_inline("neck", offset="5"))
    query = await asked(bot)
    assert (query.query, query.offset, query.chat_type) == ("neck", "5", "private")
    answer: dict[str, Any] = {"inline_query_id": query.id, "results": [article("a")]} | changes
    with pytest.raises(BadRequest) as refusal:
        await bot.answer_inline_query(**answer)
    assert reason.lower() in refusal.value.message.lower()
    asking.cancel()


async def test_an_answer(bot: telegram.Bot, ada: Person, server: FakeTelegram) -> None:
    results = [article("é" * 32), *(article(str(number)) for number in range(49))]
    button = ResultsButton("More", start_parameter="neck")
    answers = await answered(
        bot, ada, results=results, button=button, next_offset="50", is_personal=True, cache_time=5
    )
    assert len(answers.results) == 50
    assert (answers.next_offset, answers.personal, answers.cache_seconds) == ("50", True, 5)
    assert answers.button == ("More", "neck")
    with pytest.raises(LookupError, match="no result 'Nothing'"):
        answers.titled("Nothing")
    assert not server.violations


@pytest.mark.parametrize("feedback", [True, False])
@pytest.mark.parametrize("inside", [True, False])
async def test_a_pick(
    *,
    bot: telegram.Bot,
    ada: Person,
    server: FakeTelegram,
    friends: Group,
    inside: bool,
    feedback: bool,
) -> None:
    server.state.switches.inline_feedback = feedback
    if inside:
        await friends.add_bot()
    answers = await answered(bot, ada, friends, results=[article("a", reply_markup=GO)])
    message = await ada.picks(answers.titled("Article a"))
    assert (message.text, message.html) == ("Breathe", "<b>Breathe</b>")
    updates = await bot.get_updates()
    chosen = [update.chosen_inline_result for update in updates if update.chosen_inline_result]
    assert [(choice.result_id, choice.query) for choice in chosen] == [("a", "neck")] * feedback
    sent = [update.message for update in updates if update.message]
    assert [bool(m.via_bot and m.via_bot.id == bot.id) for m in sent] == [True] * inside


async def test_a_picked_message_is_pressed_and_edited(bot: telegram.Bot, ada: Person) -> None:
    answers = await answered(bot, ada, results=[article("a", reply_markup=GO), article("b")])
    message = await ada.picks(answers.titled("Article a"))
    await ada.presses(message, "Go")
    choice, press = await bot.get_updates()
    assert choice.chosen_inline_result
    assert press.callback_query
    assert press.callback_query.message is None
    inline_id = press.callback_query.inline_message_id
    assert choice.chosen_inline_result.inline_message_id == inline_id
    assert await bot.edit_message_text("Done", inline_message_id=inline_id) is True
    with pytest.raises(LookupError, match="no button"):
        await ada.presses(message, "Go")
    await ada.picks(answers.titled("Article b"))
    last = (await bot.get_updates())[-1].chosen_inline_result
    assert last
    assert last.inline_message_id is None
    with pytest.raises(BadRequest, match="Message_id_invalid"):
        await bot.edit_message_text("Done", inline_message_id="nothing")


async def test_what_cannot_be_asked(ada: Person, server: FakeTelegram) -> None:
    with pytest.raises(ValueError, match="longer than 256"):
        await ada.asks_inline("a" * 257)
    with pytest.raises(AssertionError, match="was not answered"):
        await ada.asks_inline("a" * 256, seconds=0.01)
    server.state.switches.inline = False
    with pytest.raises(ValueError, match="inline mode is off"):
        await ada.asks_inline("a")


@pytest.mark.parametrize(
    ("guests", "inside", "text", "summoned"),
    [
        (True, False, "@psoas_test_bot, what helps?", True),
        (True, False, "what helps?", False),
        (True, False, "/help", False),
        (False, False, "@psoas_test_bot, what helps?", False),
        (True, True, "@psoas_test_bot, what helps?", False),
    ],
)
async def test_summoning(
    *,
    bot: telegram.Bot,
    ada: Person,
    server: FakeTelegram,
    friends: Group,
    guests: bool,
    inside: bool,
    text: str,
    summoned: bool,
) -> None:
    server.state.switches.guests = guests
    if inside:
        await friends.add_bot()
    await ada.says_in(friends, text)
    updates = await bot.get_updates()
    assert bool([update for update in updates if update.guest_message]) == summoned


async def test_a_guest_answers_once(
    bot: telegram.Bot, ada: Person, server: FakeTelegram, friends: Group
) -> None:
    server.state.switches.guests = True
    await ada.says_in(friends, "@psoas_test_bot, what helps?")
    (update,) = await bot.get_updates()
    assert update.guest_message
    number = update.guest_message.guest_query_id
    assert number
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(friends.id, "a")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await bot.answer_guest_query(number, article("a", "<b>"))
    sent = await bot.answer_guest_query(number, article("a"))
    assert (await friends.reads()).text == "Breathe"
    for query_id in (number, "nothing"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_guest_query(query_id, article("a"))
    assert await bot.edit_message_text("Done", inline_message_id=sent.inline_message_id)
    assert (await friends.reads()).edited
    assert not server.violations
