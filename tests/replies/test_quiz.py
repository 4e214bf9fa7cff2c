"""A group's quiz: every question in its turn, as a poll that Telegram takes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import ParseMode
from telegram.ext import Defaults, ExtBot

from bot.handlers.sending import send_quiz
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.quizzes import Quiz
from bot.replies.quiz import Poll, quiz_of
from tests.telegram import FakeTelegram

MARKS = Poll(
    "Is 3 < 5 & 5 > 3?",
    ("Yes, 3 < 5", "<b>No</b> & never"),
    0,
    "Because 5 & 3 < 9",
    "Ask <somebody>",
)


SAME = [
    ("a-4", ("a", "b")),
    ("b-1", ("a", "b")),
    ("a-0", ("b", "a")),
    ("b-3", ("b", "a")),
    ("a-2", ("b", "a")),
]


def polls(knowledge: Knowledge, count: int) -> list[Poll]:
    """The first `count` polls of a group."""
    found = [quiz_of(knowledge, number) for number in range(count)]
    return [poll for poll in found if poll is not None]


def one_round(knowledge: Knowledge) -> list[Quiz]:
    """Every question in the order in which a group gets them."""
    named = {quiz.question: quiz for quiz in knowledge.quiz.values()}
    return [named[poll.question] for poll in polls(knowledge, len(named))]


def only(knowledge: Knowledge, ids: set[str]) -> Knowledge:
    return replace(knowledge, quiz={id: knowledge.quiz[id] for id in knowledge.quiz if id in ids})


def quiz(number: int, entry: str) -> Quiz:
    about = f"{entry}-{number}"
    return Quiz(id=about, entry=entry, question=about, right="a", wrong=("b",), explanation="c")


@given(st.integers(min_value=0, max_value=10**9))
def test_any_number_gives_a_poll_within_the_limits(knowledge: Knowledge, number: int) -> None:
    poll = quiz_of(knowledge, number)
    assert poll is not None
    assert 1 <= len(poll.question) <= 300
    assert 2 <= len(poll.options) <= 12
    assert all(1 <= len(option) <= 100 for option in poll.options)
    assert len(set(poll.options)) == len(poll.options)
    assert 1 <= len(poll.explanation) <= 200
    assert poll.explanation.count("\n") <= 2


def test_the_right_option_is_the_right_one(knowledge: Knowledge) -> None:
    count = len(knowledge.quiz)
    for asked, poll in zip(one_round(knowledge), polls(knowledge, count), strict=True):
        assert poll.options[poll.right] == asked.right
        assert set(poll.options) == {asked.right, *asked.wrong}
        assert poll.explanation == asked.explanation


def test_all_are_shown_once_before_any_comes_again(knowledge: Knowledge) -> None:
    count = len(knowledge.quiz)
    shown = polls(knowledge, 2 * count)
    assert len(set(shown[:count])) == count
    assert shown[count:] == shown[:count]


def test_the_order_is_not_that_of_the_file(knowledge: Knowledge) -> None:
    beside = {frozenset(pair) for pair in pairwise(knowledge.quiz)}
    followed = [pair for pair in pairwise(q.id for q in one_round(knowledge)) if {*pair} in beside]
    assert len(followed) < len(knowledge.quiz) / 10


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_two_about_one_entry_follow_each_other_only_at_the_end(
    knowledge: Knowledge, entries: list[str]
) -> None:
    asked = [quiz(number, entry) for number, entry in enumerate(entries)]
    shown = one_round(replace(knowledge, quiz={q.id: q for q in asked}))
    assert sorted(q.id for q in shown) == sorted(q.id for q in asked)
    for place, (one, other) in enumerate(pairwise(shown), 1):
        assert one.entry != other.entry or {q.entry for q in shown[place:]} == {one.entry}


def test_the_right_option_may_stand_anywhere(knowledge: Knowledge) -> None:
    right = [p.right for p in polls(knowledge, len(knowledge.quiz)) if len(p.options) == 4]
    assert all(len(right) / 8 < right.count(place) < len(right) / 2 for place in range(4))


def test_the_order_is_the_same_in_every_run(knowledge: Knowledge) -> None:
    few = replace(
        knowledge, quiz={str(number): quiz(number, "ab"[number % 2]) for number in range(5)}
    )
    assert [(poll.question, poll.options) for poll in polls(few, 5)] == SAME
    assert [poll.options[poll.right] for poll in polls(few, 5)] == ["a"] * 5


@given(st.data())
def test_a_lost_question_leaves_the_others_nearly_in_order(
    knowledge: Knowledge, data: st.DataObject
) -> None:
    before = [asked.id for asked in one_round(knowledge)]
    before.remove(lost := data.draw(st.sampled_from(before)))
    after = [asked.id for asked in one_round(only(knowledge, {*before} - {lost}))]
    assert all(abs(before.index(id) - after.index(id)) <= 5 for id in after)


def test_no_questions_no_poll(knowledge: Knowledge) -> None:
    assert quiz_of(replace(knowledge, quiz={}), 3) is None


async def test_telegram_takes_every_poll(knowledge: Knowledge) -> None:
    """In a topic, by a bot whose texts are HTML unless it says otherwise, as this one's are."""
    async with FakeTelegram() as server:
        group = server.group("Iron and Ease", forum=True)
        await group.add(server.person(first_name="Ada"), "creator")
        await group.add_bot()
        topic = await group.topic("Quiz")
        defaults = Defaults(parse_mode=ParseMode.HTML)
        async with ExtBot(server.token, base_url=f"{server.url}/bot", defaults=defaults) as bot:
            for poll in (*polls(knowledge, len(knowledge.quiz)), MARKS):
                await send_quiz(bot, group.id, poll, message_thread_id=topic)
                shown = await group.reads()
                assert shown.thread_id == topic
                assert shown.poll is not None
                assert shown.poll["question"] == poll.question
                assert [option["text"] for option in shown.poll["options"]] == [*poll.options]
                assert shown.poll["correct_option_ids"] == [poll.right]
                assert shown.poll["explanation"] == poll.explanation
                assert (shown.poll["type"], shown.poll["is_anonymous"]) == ("quiz", True)
        assert server.violations == []
