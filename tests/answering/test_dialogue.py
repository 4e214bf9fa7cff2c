"""Conversations, line by line: what is said, and what the answer must be.

Written as (said, kind, entry, facet); None is not looked at.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.answer import Answerer
from bot.answering.answers import Answer, EntryAnswer, Found, Noted, Reminding, Urgent
from bot.answering.conversation import LASTS, Conversation, Conversations
from bot.answering.dialogue import Dialogue
from bot.answering.safety import ruling
from bot.knowledge.entry import Technique
from bot.replies.jsonable import jsonable

Line = tuple[str, str | None, str | None, str | None]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def dialogue(answerer: Answerer) -> Dialogue:
    return Dialogue(answerer)


def talked(dialogue: Dialogue, *said: str) -> list[Answer]:
    conversation, answers = Conversation(), []
    for text in said:
        answer, conversation = dialogue.turn(conversation, text)
        answers.append(answer)
    return answers


CONVERSATIONS: dict[str, list[Line]] = {
    "it": [
        ("how do I stretch my psoas", "answer", "half-kneeling-lunge", None),
        ("and for how long?", "answer", "half-kneeling-lunge", "dose"),
        ("how often should I do that", "answer", "half-kneeling-lunge", "frequency"),
        ("where should I feel it", "answer", "half-kneeling-lunge", "feel"),
        ("which muscles is this", "answer", "half-kneeling-lunge", "targets"),
    ],
    "the muscle is not the stretch": [
        ("how do I stretch my psoas", "answer", "half-kneeling-lunge", None),
        ("so what is the psoas", "answer", "what-is-the-psoas", None),
        ("ok", "smalltalk", None, None),
        ("ok thanks", "smalltalk", None, None),
    ],
    "easier": [
        ("couch stretch", "answer", "couch-stretch", None),
        ("something easier", "answer", "half-kneeling-lunge", None),
        ("something even easier", "answer", "standing-hip-flexor-stretch", None),
    ],
    "the second one": [
        ("a psoas stretch I can do in bed", "list", "edge-of-bed-stretch", None),
        ("the second one", "answer", "contract-relax-stretch", None),
        ("the first", "answer", "edge-of-bed-stretch", None),
        ("3", "answer", None, None),
    ],
    "a change of topic is followed": [
        ("pigeon pose", "answer", "pigeon-pose", None),
        ("what is the psoas anyway", "answer", "what-is-the-psoas", None),
        ("what about heat", "answer", "heat-therapy", None),
        ("for how many minutes", "answer", "heat-therapy", "dose"),
    ],
    "a condition holds": [
        ("I'm 20 weeks pregnant", "answer", "pregnancy", None),
        ("couch stretch", "answer", "couch-stretch", None),
        ("is pigeon ok", "answer", "pigeon-pose", "cautions"),
    ],
    "is that ok when": [
        ("pigeon pose", "answer", "pigeon-pose", None),
        ("is that ok when pregnant", "answer", "pigeon-pose", "cautions"),
    ],
    "the yoga one": [
        ("lunge stretch", "answer", "half-kneeling-lunge", None),
        ("no, the yoga one", None, "crescent-lunge", None),
    ],
    "small talk in between": [
        ("pigeon pose", "answer", "pigeon-pose", None),
        ("thanks", "smalltalk", None, None),
        ("any proof?", "answer", "pigeon-pose", "evidence"),
    ],
    "a red flag stays in force": [
        ("pigeon pose", "answer", "pigeon-pose", None),
        ("since this morning I can't pee and my back hurts", "urgent", "cauda-equina", None),
        ("can I roll it at least?", "urgent", "cauda-equina", None),
        ("cobra pose", "urgent", "cauda-equina", None),
        ("thanks", "smalltalk", None, None),
        ("the doctor checked it, all fine", "smalltalk", None, None),
        ("cobra pose", "answer", "cobra-pose", None),
    ],
    "a red flag in two messages": [
        ("I'm 30 weeks pregnant", "answer", "pregnancy", None),
        ("and now I'm bleeding", "urgent", "pregnancy-emergency", None),
    ],
    "a new start ends it": [
        ("I have crushing chest pain", "urgent", "chest-pain", None),
        ("start over please, new question", "smalltalk", None, None),
        ("pigeon pose", "answer", "pigeon-pose", None),
    ],
    "a reminder carries the technique along": [
        ("pigeon pose", "answer", "pigeon-pose", None),
        ("remind me of that every morning at 7", "reminder", "pigeon-pose", None),
        ("make it 8 instead", "reminder", "pigeon-pose", None),
    ],
    "why": [
        ("pigeon pose", "answer", "pigeon-pose", None),
        ("why that one?", "answer", "pigeon-pose", None),
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_conversations(dialogue: Dialogue, name: str) -> None:
    lines = CONVERSATIONS[name]
    answers = talked(dialogue, *(said for said, *_ in lines))
    for (said, kind, entry, facet), answer in zip(lines, answers, strict=True):
        plain = jsonable(said, answer, "")
        assert kind in (None, plain["kind"]), (said, plain)
        assert entry in (None, plain["entry"]), (said, plain)
        assert facet in (None, plain["facet"]), (said, plain)


def test_what_is_held_is_told_and_forgotten(dialogue: Dialogue) -> None:
    said = ("I take warfarin", "what do you know about me", "forget everything about me", "pigeon")
    *_, held, forgotten, pigeon = talked(dialogue, *said)
    assert isinstance(held, Noted)
    assert held.conditions == ("blood-thinners",)
    assert isinstance(forgotten, Noted)
    assert isinstance(pigeon, EntryAnswer)
    assert pigeon.conditions == ()


def test_taking_a_condition_back(dialogue: Dialogue) -> None:
    *_, before, _, after = talked(
        dialogue, "I'm pregnant", "couch stretch", "I'm not pregnant any more", "couch stretch"
    )
    assert isinstance(before, EntryAnswer)
    assert before.conditions == ("pregnancy",)
    assert isinstance(after, EntryAnswer)
    assert after.conditions == ()


def test_a_condition_of_somebody_else_is_not_the_writers(dialogue: Dialogue) -> None:
    wife, mine = talked(
        dialogue, "my wife is 6 months pregnant, can she do pigeon", "and can I do pigeon myself"
    )
    assert isinstance(wife, EntryAnswer)
    assert "pregnancy" in wife.conditions
    assert isinstance(mine, EntryAnswer)
    assert mine.conditions == ()


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("my wife bought me a roller, I'm on warfarin", "blood-thinners"),
        ("mum says I should tell you about my osteoporosis", "osteoporosis"),
        ("I've got a hernia and so has my brother", "hernia"),
    ],
)
def test_a_condition_is_the_writers_though_somebody_else_is_named(
    dialogue: Dialogue, said: str, held: str
) -> None:
    _, conversation = dialogue.turn(Conversation(), said)
    assert held in conversation.held


@pytest.mark.parametrize("said", ["forget it", "ah, forget it", "forget that, what about pigeon"])
def test_a_wave_of_the_hand_forgets_nothing(dialogue: Dialogue, said: str) -> None:
    _, before = dialogue.turn(Conversation(), "I'm pregnant")
    _, after = dialogue.turn(before, said)
    assert after.held == ("pregnancy",)


def test_a_reminder_of_what_is_forbidden_says_so(dialogue: Dialogue) -> None:
    *_, answer = talked(dialogue, "I'm pregnant", "pigeon pose", "remind me of it daily at 7")
    assert isinstance(answer, Reminding)
    assert answer.technique is not None
    assert not ruling(dialogue._answerer.knowledge, answer.technique, answer.conditions).allows


def test_buttons_mind_what_is_held(dialogue: Dialogue) -> None:
    _, conversation = dialogue.turn(Conversation(), "I'm 20 weeks pregnant")
    answer, conversation = dialogue.opened(conversation, "couch-stretch")
    assert isinstance(answer, EntryAnswer)
    assert answer.conditions == ("pregnancy",)
    _, conversation = dialogue.turn(conversation, "and now I'm bleeding")
    answer, _ = dialogue.opened(conversation, "walking")
    assert isinstance(answer, Urgent)
    assert answer.standing


def test_without_a_conversation_nothing_is_made_up(dialogue: Dialogue) -> None:
    for said in ("the second one", "another", "yes", "and the last?"):
        (answer,) = talked(dialogue, said)
        assert not isinstance(answer, EntryAnswer | Found), said


_PIECES = [
    *("pigeon pose", "I'm 20 weeks pregnant", "how long", "another", "2", "yes", "no", "in bed"),
    *("something easier", "remind me of it at 7", "why", "my knees are bad", "and standing?"),
    *("had my hip replaced", "strained it yesterday", "the last one", "psoas stretch", "thanks"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(_PIECES), min_size=2, max_size=7))
def test_what_is_held_is_never_gone_against(dialogue: Dialogue, said: list[str]) -> None:
    knowledge = dialogue._answerer.knowledge
    conversation = Conversation()
    for text in said:
        answer, conversation = dialogue.turn(conversation, text)
        for technique in _offered(answer):
            assert ruling(knowledge, technique, conversation.held).allows, (said, text)


def _offered(answer: Any) -> list[Technique]:
    if isinstance(answer, Found):
        return [suggestion.technique for suggestion in answer.suggestions]
    if isinstance(answer, EntryAnswer) and isinstance(answer.entry, Technique):
        return [] if answer.facet == "cautions" else [answer.entry]
    return []


def test_an_hour_and_so_many_people() -> None:
    conversations = Conversations(people=2)
    kept = Conversation(technique="pigeon-pose")
    conversations.keep("ada", kept, NOW)
    assert conversations.of("ada", NOW + LASTS) == kept
    assert conversations.of("ada", NOW + LASTS + timedelta(seconds=1)) == Conversation()
    conversations.keep("bob", kept, NOW)
    conversations.keep("ada", kept, NOW)
    conversations.keep("eve", kept, NOW)
    assert len(conversations) == 2
    assert conversations.of("bob", NOW) == Conversation()
    conversations.forget("ada")
    assert conversations.of("ada", NOW) == Conversation()
