"""Who is not answered, and presses of buttons where no answer belongs or that come late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.error import ChatMigrated

from bot.answering.answer import Answerer
from bot.handlers.context import utc_now
from bot.replies.plain import plain
from tests.handlers.fed import ADA, QUESTION, Fed, fed_application
from tests.telegram.errors import QUERY_TOO_OLD, ApiError, bad_request
from tests.telegram.lines import NAME
from tests.telegram.members import ANONYMOUS
from tests.telegram.random_updates import BOT
from tests.telegram.schema import Json, checked

PRIVATE: Json = {"id": ADA["id"], "type": "private", "first_name": "Ada"}
GROUP: Json = {"id": -5, "type": "supergroup", "title": "Iron and Ease"}
CHANNEL: Json = {"id": -6, "type": "channel", "title": "Hips"}
OTHER_BOT = {"id": 8, "is_bot": True, "first_name": "Dice"}
PASSED_ON = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Bob"}}
CALLED = {
    "text": f"@{NAME} what is the psoas",
    "entities": [{"type": "mention", "offset": 0, "length": len(NAME) + 1}],
}
ASKED = {"text": QUESTION}


def message(chat: Json, content: Json, **more: object) -> Json:
    return {"message_id": 3, "date": 1, "chat": chat, "from": ADA} | content | more


def press(data: str, chat: Json = PRIVATE, date: int = 1, **more: object) -> Json:
    told = {"message_id": 3, "date": date, "chat": chat, **more}
    return {"id": "9", "from": ADA, "chat_instance": "1", "data": data, "message": told}


@pytest.fixture
async def fed(answerer: Answerer, tmp_path: Path) -> AsyncIterator[Fed]:
    async with fed_application(answerer, tmp_path) as application:
        yield application


async def calls(fed: Fed, kind: str, holds: Json) -> list[str]:
    update = checked("Update", {"update_id": 1, kind: holds})
    called = [call.method for call in await fed.takes(update)]
    assert not fed.errors
    return called


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("channel_post", message(CHANNEL, CALLED)),
        ("edited_channel_post", message(CHANNEL, CALLED)),
        ("business_message", message(PRIVATE, ASKED, business_connection_id="b")),
        ("edited_business_message", message(PRIVATE, ASKED, business_connection_id="b")),
        ("message", message(PRIVATE, ASKED, business_connection_id="b")),
        ("guest_message", message(PRIVATE, ASKED, guest_query_id="g")),
        ("message", message(PRIVATE, ASKED, **{"from": OTHER_BOT})),
        ("message", message(PRIVATE, ASKED, via_bot=BOT)),
        ("message", message(PRIVATE, {"delete_chat_photo": True})),
        ("message", message(PRIVATE, {"boost_added": {"boost_count": 1}})),
        ("message", message(GROUP, CALLED, **PASSED_ON)),
        ("message", message(GROUP, CALLED, is_automatic_forward=True)),
        ("message", message(GROUP, CALLED, via_bot=OTHER_BOT)),
        ("message", message(GROUP, CALLED, sender_chat=CHANNEL, **{"from": OTHER_BOT})),
        ("edited_message", message(GROUP, CALLED)),
    ],
)
async def test_who_is_not_answered(fed: Fed, kind: str, holds: Json) -> None:
    assert await calls(fed, kind, holds) == []


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("message", message(PRIVATE, ASKED)),
        ("message", message(PRIVATE, ASKED, **PASSED_ON)),
        ("message", message(PRIVATE, ASKED, via_bot=OTHER_BOT)),
        ("edited_message", message(PRIVATE, ASKED)),
        ("message", message(GROUP, CALLED)),
        ("message", message(GROUP, CALLED, sender_chat=GROUP, **{"from": ANONYMOUS})),
    ],
)
async def test_who_is_answered(fed: Fed, kind: str, holds: Json) -> None:
    assert await calls(fed, kind, holds) == ["sendMessage"]


async def test_a_group_is_still_followed_when_it_moves(fed: Fed) -> None:
    moved = message(GROUP, {"migrate_to_chat_id": -7}, **{"from": OTHER_BOT})
    hearing, now = fed.app.bot_data.hearing, utc_now()
    await hearing.says(GROUP["id"], "remind me daily at 9, Berlin time", now)
    assert await calls(fed, "message", moved) == []
    assert "09:00" in plain(await hearing.page(-7, "reminders", now))


async def test_a_group_is_followed_by_what_a_refusal_tells(fed: Fed) -> None:
    hearing, now = fed.app.bot_data.hearing, utc_now()
    await hearing.says(GROUP["id"], "remind me daily at 9, Berlin time", now)
    moved = ApiError(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -7})
    fed.request.refusals["sendMessage"] = moved
    await fed.takes(checked("Update", {"update_id": 1, "message": message(GROUP, CALLED)}))
    assert [type(error) for error in fed.errors] == [ChatMigrated]
    assert "09:00" in plain(await hearing.page(-7, "reminders", now))


@pytest.mark.parametrize("data", ["open:walking", "reminders", "set:0900:7f:varied", "silent:1"])
@pytest.mark.parametrize(
    "where",
    [{"chat": GROUP}, {"chat": CHANNEL}, {"chat": PRIVATE, "business_connection_id": "b"}],
)
async def test_data_that_somebody_has_made_up_does_nothing_elsewhere(
    fed: Fed, data: str, where: Json
) -> None:
    done = await calls(fed, "callback_query", press(data, **where))
    assert [call for call in done if call != "getChatMember"] == ["answerCallbackQuery"]


async def test_under_an_inline_message_nothing_is_done(fed: Fed) -> None:
    told = press("open:walking") | {"inline_message_id": "i"}
    del told["message"]
    assert await calls(fed, "callback_query", told) == ["answerCallbackQuery"]


@pytest.mark.parametrize("data", ["open:walking", "techniques", "reminders", "gone-long-ago"])
async def test_below_a_message_that_cannot_be_changed_any_more_the_answer_is_a_new_one(
    fed: Fed, data: str
) -> None:
    done = await calls(fed, "callback_query", press(data, date=0))
    assert done == ["answerCallbackQuery", "sendMessage"]


@pytest.mark.parametrize(
    ("data", "done"), [("open:walking", "sendMessage"), ("techniques", "editMessageText")]
)
async def test_a_press_that_has_waited_for_long_is_still_done(
    fed: Fed, data: str, done: str
) -> None:
    """Such as one from the time in which the bot was down."""
    fed.request.refusals["answerCallbackQuery"] = bad_request(QUERY_TOO_OLD)
    shown: Json = {"from": BOT, "text": "Which kind?"}
    told = press(data, **shown)
    assert await calls(fed, "callback_query", told) == ["answerCallbackQuery", done]
