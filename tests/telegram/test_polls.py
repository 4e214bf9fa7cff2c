"""Polls: sending, voting, stopping."""

from __future__ import annotations

from typing import Any

import pytest
import telegram
from telegram.error import BadRequest

from tests.telegram import FakeTelegram, Person

QUIZ: dict[str, Any] = {"type": "quiz", "correct_option_ids": [1]}
WRONG_POLLS: list[tuple[dict[str, Any], str]] = [
    ({"question": ""}, "Poll question must be non-empty"),
    ({"question": "a" * 301}, "Poll question length must not exceed 300"),
    ({"options": []}, "Poll must have at least 1 option"),
    ({"options": ["a"] * 13}, "Poll can't have more than 12 options"),
    ({"options": ["a", ""]}, "Poll option must be non-empty"),
    ({"options": ["a", "b" * 101]}, "Poll option length must not exceed 100"),
    ({"type": "vote"}, "Unsupported poll type specified"),
    ({"type": "quiz"}, "Wrong correct option id specified"),
    (QUIZ | {"correct_option_ids": [2]}, "Wrong correct option id specified"),
    (QUIZ | {"correct_option_ids": [0, 1]}, "Wrong correct option id specified"),
    (QUIZ | {"explanation": "a" * 201}, "Poll explanation is too long"),
    (QUIZ | {"explanation": "a\nb\nc\nd"}, "Poll explanation has too many line feeds"),
    ({"open_period": 4}, "Poll open period is wrong"),
    ({"open_period": 5, "close_date": 9}, "can't be used together"),
]


@pytest.mark.parametrize(("changes", "reason"), WRONG_POLLS)
async def test_wrong_polls(
    bot: telegram.Bot, ada: Person, changes: dict[str, Any], reason: str
) -> None:
    await ada.says("hello")
    asked: dict[str, Any] = {"chat_id": ada.id, "question": "How?", "options": ["a", "b"]}
    with pytest.raises(BadRequest) as refusal:
        await bot.send_poll(**(asked | changes))
    assert reason.lower() in refusal.value.message.lower()
    assert ada.unread() == []


@pytest.mark.parametrize("anonymous", [True, False])
async def test_votes(bot: telegram.Bot, server: FakeTelegram, ada: Person, anonymous: bool) -> None:
    bob = server.person(first_name="Bob")
    group = server.group("Friends")
    await group.add(ada, "creator")
    await group.add(bob)
    await group.add_bot()
    await bot.send_poll(group.id, "How?", ["a", "b"], is_anonymous=anonymous)
    message = await group.reads()
    assert message.poll
    await ada.votes(message, 0)
    await bob.votes(message, 1)
    await ada.votes(message, 1)
    await bob.votes(message)
    updates = await bot.get_updates()
    polls = [update.poll for update in updates if update.poll]
    counts = [[option.voter_count for option in poll.options] for poll in polls]
    assert counts == [[1, 0], [1, 1], [0, 2], [0, 1]]
    assert [poll.total_voter_count for poll in polls] == [1, 2, 2, 1]
    answers = [update.poll_answer for update in updates if update.poll_answer]
    given = [(answer.user and answer.user.id, answer.option_ids) for answer in answers]
    expected = [(ada.id, (0,)), (bob.id, (1,)), (ada.id, (1,)), (bob.id, ())]
    assert given == ([] if anonymous else expected)


async def test_a_quiz_is_answered_once(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    sent = await bot.send_poll(ada.id, "How?", ["a", "b"], explanation="<i>So</i>", **QUIZ)
    assert sent.poll
    assert (sent.poll.type, sent.poll.correct_option_ids) == ("quiz", (1,))
    message = await ada.reads()
    for options in ((2,), (0, 1)):
        with pytest.raises(ValueError, match="the poll"):
            await ada.votes(message, *options)
    await ada.votes(message, 0)
    with pytest.raises(ValueError, match="the vote stands"):
        await ada.votes(message, 1)


async def test_stopping(bot: telegram.Bot, ada: Person) -> None:
    said = await ada.says("hello")
    sent = await bot.send_poll(ada.id, "How?", ["a", "b"])
    stopped = await bot.stop_poll(ada.id, sent.message_id)
    assert stopped.is_closed
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(ada.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message with poll to stop not found"):
        await bot.stop_poll(ada.id, said)
    with pytest.raises(ValueError, match="the poll is closed"):
        await ada.votes(sent.message_id, 0)
    update = (await bot.get_updates())[-1]
    assert update.poll
    assert update.poll.is_closed
    assert [message.edited for message in ada.unread()] == [False, True]
