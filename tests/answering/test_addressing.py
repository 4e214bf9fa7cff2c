"""In a group: what is asked of the bot, what is said about it, and what is not for it."""

from __future__ import annotations

import pytest

from bot.answering.addressing import NOTHING, Addressing, Message
from bot.knowledge.knowledge import Knowledge


@pytest.fixture(scope="module")
def addressing(knowledge: Knowledge) -> Addressing:
    return Addressing(knowledge.grammar)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@ how do I stretch my psoas", "how do I stretch my psoas"),
        ("how do I stretch my psoas @", "how do I stretch my psoas"),
        ("hey @, my hip is tight", "hey , my hip is tight"),
        ("@ is it ok to stretch every day?", "is it ok to stretch every day?"),
        ("@ is pigeon ok for my knee", "is pigeon ok for my knee"),
        ("@ can I do cobra", "can I do cobra"),
        ("ok so @ what helps after sitting all day", "ok so what helps after sitting all day"),
        ("@", NOTHING),
        ("  @ ?", "?"),
    ],
)
def test_a_mention_asks(addressing: Addressing, text: str, question: str) -> None:
    assert addressing.question(Message(text, mentions=True)) == question


@pytest.mark.parametrize(
    "text",
    [
        "I asked @ yesterday about my hip",
        "@ told me to do pigeon, it worked",
        "you should try @ for your hip",
        "thanks to @ my psoas is better",
        "@ is great for hip stuff",
        "our bot @ knows all about it",
        "according to @ you hold it 30 seconds",
        "@ doesn't answer questions on knees",
        "@, it knows hip stuff",
        "wow, @ nailed it again",
        "@ scares me a little, how does it know my hips",
        "can we kick @ before it stretches us all",
        "who built @ anyway, it's good on hips",
    ],
)
def test_talk_about_the_bot_is_no_question(addressing: Addressing, text: str) -> None:
    assert addressing.question(Message(text, mentions=True)) is None


@pytest.mark.parametrize("text", ["my psoas is so tight", "how do I stretch my hip flexors?"])
def test_what_is_not_addressed_is_none_of_its_business(addressing: Addressing, text: str) -> None:
    assert addressing.question(Message(text)) is None
    assert addressing.question(Message(text, about="my hip hurts")) is None


def test_a_command_and_a_reply_ask(addressing: Addressing) -> None:
    assert addressing.question(Message("tight hips", commands=True)) == "tight hips"
    assert addressing.question(Message("and how long?", answers_bot=True)) == "and how long?"
    assert addressing.question(Message("", commands=True)) == NOTHING


@pytest.mark.parametrize("text", ["@ what about this?", "@", "@ any ideas?", "can you help @"])
def test_pointing_at_anothers_message_makes_that_the_question(
    addressing: Addressing, text: str
) -> None:
    asked = "the front of my hip hurts"
    assert addressing.question(Message(text, mentions=True, about=asked)) == asked


def test_a_question_of_ones_own_goes_before_the_message_replied_to(addressing: Addressing) -> None:
    message = Message("@ how long do I hold pigeon", mentions=True, about="nice weather")
    assert addressing.question(message) == "how long do I hold pigeon"
