"""What lifts a red flag that is in force, what does not, and what raises one over two messages."""

from __future__ import annotations

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import Urgent
from bot.answering.conversation import Conversation
from bot.answering.dialogue import Dialogue


@pytest.fixture(scope="module")
def dialogue(answerer: Answerer) -> Dialogue:
    return Dialogue(answerer)


@pytest.mark.parametrize(
    "said",
    [
        "nobody has looked at it yet",
        "the doctor hasn't checked it",
        "I have an appointment tomorrow",
        "should I get it checked?",
        "my doctor can't see me until friday",
        "haven't been to the doctor",
        "waiting in A&E now",
        "do I really need to see a doctor",
        "I don't want to see a doctor",
        "not checked yet, can I do pigeon",
        "the doctor says it is serious and I need surgery",
        "they found a clot",
        "doctor said it's broken",
        "I'll get it looked at next week",
        "it went away on its own",
        "it's fine now",
        "feels better already, pigeon?",
        "start with something easy please",
    ],
)
def test_it_stays_until_it_was_looked_at(dialogue: Dialogue, said: str) -> None:
    _, before = dialogue.turn(Conversation(), "I have crushing chest pain")
    answer, after = dialogue.turn(before, said)
    assert isinstance(answer, Urgent)
    assert after.alarms


@pytest.mark.parametrize(
    "said",
    [
        "I've been to the doctor, all clear",
        "A&E checked me over and sent me home, nothing wrong with my heart",
        "the doctor looked at it and says it's fine",
        "the scan came back clear",
        "you misunderstood me, it was a joke",
    ],
)
def test_it_is_lifted_by_somebody_who_looked(dialogue: Dialogue, said: str) -> None:
    _, before = dialogue.turn(Conversation(), "I have crushing chest pain")
    _, after = dialogue.turn(before, said)
    assert after.alarms == ()


def test_two_messages_raise_what_neither_does_alone(dialogue: Dialogue) -> None:
    first, between = dialogue.turn(Conversation(), "I'm 20 weeks pregnant")
    second, _ = dialogue.turn(between, "and I've noticed some bleeding")
    assert not isinstance(first, Urgent)
    assert isinstance(second, Urgent)
    assert second.alarms[0].flag == "pregnancy-emergency"


def test_a_message_that_bears_on_no_flag_raises_none_with_the_one_before(
    dialogue: Dialogue,
) -> None:
    _, between = dialogue.turn(Conversation(), "my wife is 6 months pregnant, can she do pigeon")
    answer, _ = dialogue.turn(between, "and can I do pigeon myself")
    assert not isinstance(answer, Urgent)
