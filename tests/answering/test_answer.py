"""The straight path from words to an answer, on the real knowledge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.answer import Answerer
from bot.answering.answers import Choice, EntryAnswer, Fallback, SmallTalk, Urgent
from bot.answering.learning import learn_matching
from bot.answering.matcher import Match, Ranking
from bot.answering.reader import Reader
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from bot.learned import open_answerer
from bot.replies.compose import reply_to
from bot.replies.html import LIMIT, length, messages
from bot.replies.plain import plain
from tests.conftest import ENGLISH

_KNOWLEDGE = load(ENGLISH)
_NAMES = [
    (name, entry.id) for entry in _KNOWLEDGE.advice() for name in (entry.title, *entry.other_names)
]


@pytest.mark.parametrize(("name", "id"), _NAMES, ids=[f"{id}: {name}" for name, id in _NAMES])
def test_every_name_answers_with_its_entry(answerer: Answerer, name: str, id: str) -> None:
    answer = answerer.answer(name)
    assert isinstance(answer, EntryAnswer), answer
    assert answer.entry.id == id


def test_a_name_does_not_hush_a_rule(knowledge: Knowledge) -> None:
    tilt = knowledge.techniques["pelvic-tilt"]
    named = tilt.model_copy(update={"other_names": ("crushing chest pain",)})
    techniques = {**knowledge.techniques, tilt.id: named}
    answerer = Answerer(replace(knowledge, techniques=techniques), open_answerer(knowledge).learned)
    assert isinstance(answerer.answer("crushing chest pain"), Urgent)


def test_a_knowledge_of_one_entry_is_enough(knowledge: Knowledge, answerer: Answerer) -> None:
    one = replace(
        knowledge,
        techniques={"walking": knowledge.techniques["walking"]},
        symptoms={},
        topics={},
        out_of_scope={},
    )
    reader = Reader(one, answerer.learned.vocabulary)
    learned = replace(answerer.learned, matching=learn_matching(one, reader))
    small = Answerer(one, learned)
    assert isinstance(small.answer("are strolls good for tight hips"), EntryAnswer | Choice)
    assert isinstance(small.answer("thanks a lot"), SmallTalk)


def test_the_question_it_is_all_about(answerer: Answerer) -> None:
    answer = answerer.answer("how do I stretch my psoas")
    assert isinstance(answer, EntryAnswer)
    assert answer.entry.id == "half-kneeling-lunge"
    text = plain(reply_to(answerer.knowledge, answer))
    assert "30 seconds a side" in text
    assert text.endswith(answerer.knowledge.messages.caveat.short)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("", Fallback),
        ("   \n\t", Fallback),
        ("\U0001f422\U0001f40c", Fallback),
        ("\U0001f44d", SmallTalk),
        ("\x00\x01", Fallback),
        ("\u043a\u0430\u043a \u0434\u0435\u043b\u0430", Fallback),
        ("\u4f60\u597d", Fallback),
        ("98431 77", Fallback),
        ("hi", SmallTalk),
        ("thanks!", SmallTalk),
        ("what is the capital of France", Fallback),
        ("I can't feel anything between my legs and can't pee", Urgent),
    ],
)
def test_kinds(answerer: Answerer, message: str, kind: type) -> None:
    assert isinstance(answerer.answer(message), kind)


def test_a_red_flag_at_the_end_of_a_very_long_message_is_found(answerer: Answerer) -> None:
    message = "how do I stretch my hip flexors " * 300 + ". also I have crushing chest pain"
    answer = answerer.answer(message)
    assert isinstance(answer, Urgent)
    assert answer.alarms[0].flag == "chest-pain"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.sampled_from([p for e in _KNOWLEDGE.entries() for p in e.phrases])).map(
            " ".join
        ),
        st.lists(st.sampled_from(["hip", "psoas", "<b>", "&", "my", "hurts", ".", "no"])).map(
            " ".join
        ),
    )
)
def test_any_message_gets_a_fitting_reply(answerer: Answerer, message: str) -> None:
    answer = answerer.answer(message)
    knowledge = answerer.knowledge
    reply = reply_to(knowledge, answer)
    assert all(0 < length(html) <= LIMIT for html in messages(reply))
    caveat = knowledge.messages.caveat
    ends = plain(reply).endswith((caveat.short, caveat.full))
    if isinstance(answer, Urgent):
        closing = any(knowledge.red_flags[a.flag].closes_with_caveat for a in answer.alarms)
        assert ends <= closing
    elif not isinstance(answer, SmallTalk):
        assert ends
        assert plain(reply).count(caveat.short) + plain(reply).count(caveat.full) == 1


def test_someone_with_a_condition_is_not_shown_what_it_forbids(answerer: Answerer) -> None:
    answer = answerer.answer("how do I do the couch stretch, I am 20 weeks pregnant")
    text = plain(reply_to(answerer.knowledge, answer))
    assert not any(step in text for step in answerer.knowledge.techniques["couch-stretch"].steps)


def test_a_choice_leaves_out_what_a_condition_forbids(answerer: Answerer) -> None:
    matches = (Match("couch-stretch", 20), Match("walking", 18))
    look = replace(answerer.look("hm"), ranking=Ranking(matches, 0.9, None, 1.0, {}))
    choice = answerer._choose(look, ("pregnancy",))
    assert isinstance(choice, Choice)
    assert [match.entry for match in choice.candidates] == ["walking"]


@pytest.mark.parametrize("word", ["111", "deception", "froth", "tennis sphere", "cozy shower"])
def test_nothing_that_the_bot_says_holds(knowledge: Knowledge, word: str) -> None:
    """Words of a badly spun article, and a number that means different things in two countries."""
    said = [plain(reply_to(knowledge, EntryAnswer(entry, ()))) for entry in knowledge.advice()]
    for flag in knowledge.red_flags.values():
        said += [flag.serious, flag.do_not, flag.calm, *(what.text for what in flag.what_to_do)]
    holding = [text for text in said if word in text.lower()]
    assert all("england" in text.lower() for text in holding)


@pytest.mark.parametrize(
    "asked",
    [
        "any good stretch for the psoas?",
        "what stretch for psoas",
        "is there a stretch for the psoas",
        "any stretches for hip flexors",
        "what stretches the psoas",
    ],
)
def test_who_asks_for_a_stretch_gets_its_steps(answerer: Answerer, asked: str) -> None:
    answer = answerer.answer(asked)
    assert isinstance(answer, EntryAnswer)
    assert (answer.entry.id, answer.facet) == ("half-kneeling-lunge", None)
