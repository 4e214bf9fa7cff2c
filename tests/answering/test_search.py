"""Techniques that fit everything a person asks for."""

from __future__ import annotations

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import EntryAnswer, Found, Note, Noted
from bot.answering.fitting import least_minutes
from bot.answering.names import NAME, Names
from bot.answering.safety import ruling
from bot.knowledge.knowledge import Knowledge


@pytest.mark.parametrize(
    ("said", "first", "never"),
    [
        ("a psoas stretch I can do in bed", "edge-of-bed-stretch", {"couch-stretch"}),
        (
            "no kneeling please, bad knees. what can I do for tight hips",
            "standing-hip-flexor-stretch",
            {"half-kneeling-lunge", "couch-stretch", "pigeon-pose"},
        ),
        ("no floor at the office, what can I do for my hips", None, {"dead-bug", "pigeon-pose"}),
        ("only a kitchen chair here, what can I do", None, {"self-massage"}),
        ("not yoga please, something standing", None, {"pigeon-pose", "cobra-pose"}),
        ("something before my run", "dynamic-warm-up", set()),
        ("on warfarin, what can I do for my hips in bed", None, {"self-massage"}),
    ],
)
def test_what_fits(answerer: Answerer, said: str, first: str | None, never: set[str]) -> None:
    answer = answerer.answer(said)
    assert isinstance(answer, Found), answer
    shown = [suggestion.technique.id for suggestion in answer.suggestions]
    assert first in (None, shown[0])
    assert not never & set(shown)


def test_a_strain_of_yesterday_gets_no_stretch(answerer: Answerer, knowledge: Knowledge) -> None:
    answer = answerer.answer("I strained it yesterday, which stretch can I do standing")
    assert isinstance(answer, Found)
    assert "fresh-strain" in answer.conditions
    assert answer.no_stretch
    for suggestion in answer.suggestions:
        assert ruling(knowledge, suggestion.technique, ("fresh-strain",)).allows


def test_what_cannot_be_met_is_dropped_and_named(answerer: Answerer) -> None:
    answer = answerer.answer("what can I do face down in the shower with a partner")
    assert isinstance(answer, Found)
    assert answer.dropped


@pytest.mark.parametrize(
    ("said", "technique"),
    [
        ("can i do couch stretch, had my hip replaced in march", "couch-stretch"),
        ("pigeon at 30 weeks pregnant ok?", "pigeon-pose"),
        ("is foam rolling alright on warfarin", "self-massage"),
    ],
)
def test_asked_about_what_is_forbidden_it_says_so(
    answerer: Answerer, knowledge: Knowledge, said: str, technique: str
) -> None:
    answer = answerer.answer(said)
    assert isinstance(answer, EntryAnswer)
    assert answer.entry.id == technique
    assert answer.facet == "cautions"
    assert not ruling(knowledge, knowledge.techniques[technique], answer.conditions).allows


def test_an_illness_without_verdicts_is_never_waved_through(
    answerer: Answerer, knowledge: Knowledge
) -> None:
    answer = answerer.answer("is cobra ok with lupus")
    assert isinstance(answer, EntryAnswer)
    cobra = knowledge.techniques["cobra-pose"]
    assert ruling(knowledge, cobra, answer.conditions).verdict == "ask"


def test_a_bare_condition_is_kept_in_mind(answerer: Answerer) -> None:
    answer = answerer.answer("I take warfarin")
    assert answer == Noted(Note.KEPT, ("blood-thinners",))


@pytest.mark.parametrize(
    ("technique", "minutes"),
    [("half-kneeling-lunge", 2), ("walking", 5), ("sitting-breaks", 1), ("constructive-rest", 5)],
)
def test_how_long_the_least_takes(knowledge: Knowledge, technique: str, minutes: int) -> None:
    assert least_minutes(knowledge.techniques[technique].dose) == minutes


def test_names_inside_a_sentence(knowledge: Knowledge) -> None:
    names = Names(knowledge.techniques.values(), knowledge.grammar.plain_names)
    assert names.named(("is", "pigeon", "or", "a", "dead", "bug", "better")) == (
        "pigeon-pose",
        "dead-bug",
    )
    assert names.named(("a", "psoas", "stretch")) == ()
    masked = names.masked(("how", "many", "glute", "bridges", "a", "day"))
    assert masked == ("how", "many", NAME, "a", "day")
