"""Labelled questions: what counts as right, slips of the finger, and phrases that collide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answering.answer import Answerer
from bot.evaluating.collisions import collisions, lines
from bot.evaluating.evaluation import evaluate
from bot.evaluating.questions import read_questions
from bot.evaluating.typos import mistyped

TURNS = [
    {"say": "pigeon pose", "entry": ["pigeon-pose"]},
    {"say": "and for how long?", "entry": ["pigeon-pose"], "facet": ["dose"]},
    {"say": "I can't pee and my back hurts", "kind_of_answer": ["urgent"]},
    {"say": "can I roll it at least?", "offers_no_technique": True},
]


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ({"text": "pigeon pose", "kind": "entry", "entry": "pigeon-pose"}, "right"),
        ({"text": "pigeon pose", "kind": "entry", "entry": "cobra-pose"}, "wrong"),
        ({"text": "is the train late", "kind": "entry", "entry": "cobra-pose"}, "refused"),
        (
            {
                "text": "how long do I stay in pigeon",
                "kind": "facet",
                "entry": "pigeon-pose",
                "facet": "dose",
            },
            "right",
        ),
        (
            {
                "text": "how long do I stay in pigeon",
                "kind": "facet",
                "entry": "pigeon-pose",
                "facet": "feel",
            },
            "wrong",
        ),
        (
            {
                "text": "a psoas stretch I can do in bed",
                "kind": "condition",
                "any_of": ["edge-of-bed-stretch"],
                "never": ["couch-stretch"],
            },
            "right",
        ),
        (
            {
                "text": "a psoas stretch I can do in bed",
                "kind": "condition",
                "any_of": ["walking"],
                "never": ["edge-of-bed-stretch"],
            },
            "unsafe",
        ),
        (
            {
                "text": "can I do pigeon at 30 weeks pregnant",
                "kind": "condition",
                "any_of": ["pigeon-pose"],
                "forbidden": "pigeon-pose",
            },
            "right",
        ),
        (
            {
                "text": "remind me every day at 7",
                "kind": "reminder",
                "reminder": {"action": "set", "time": "07:00", "days": "daily", "timezone": None},
            },
            "right",
        ),
        ({"text": "that reminds me of my dog", "kind": "not-reminder"}, "right"),
    ],
)
def test_outcomes(
    answerer: Answerer, tmp_path: Path, question: dict[str, Any], outcome: str
) -> None:
    report = evaluate(answerer, _written(tmp_path, question))
    (counted,) = report.counts.values()
    assert dict(counted) == {outcome: 1}


def test_conversations_are_judged_by_turn(answerer: Answerer, tmp_path: Path) -> None:
    report = evaluate(answerer, _written(tmp_path, {"kind": "conversation", "turns": TURNS}))
    assert report.failures == ()
    assert report.counts["questions: turn"]["right"] == len(TURNS)


@pytest.mark.parametrize("text", ["how do I stretch my psoas", "a b c", "", "hip hip hip hooray"])
def test_slips_are_small_and_always_the_same(text: str) -> None:
    slipped = mistyped(text)
    assert slipped == mistyped(text)
    assert abs(len(slipped) - len(text)) <= 2
    assert (slipped == text) == (len(text) < 6)


def test_phrases_that_belong_to_two_entries_collide(answerer: Answerer) -> None:
    found = collisions(answerer)
    assert all(one.entry != one.other and one.phrases for one in found)
    first, *pairs = lines(found)
    assert first.startswith(f"{sum(len(one.phrases) for one in found)} phrases")
    assert len(pairs) == len(found)


def _written(folder: Path, question: dict[str, Any]) -> list[Any]:
    path = folder / "questions.jsonl"
    path.write_text(json.dumps(question), encoding="utf-8")
    return list(read_questions([path]))
