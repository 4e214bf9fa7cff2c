"""The test questions themselves, and how many the bot must get right at the very least.

The floors lie a little under what was measured, so that an edit which costs much is noticed.
`psoas-bot evaluate tests/questions` tells the figures and every failure.
"""

from __future__ import annotations

import pytest

from bot.answering.answer import Answerer
from bot.answering.text import normalize
from bot.evaluation import Report, evaluate, read_questions
from bot.knowledge.knowledge import Knowledge
from tests.conftest import QUESTIONS

ALL = list(read_questions([QUESTIONS]))


@pytest.fixture(scope="module")
def report(answerer: Answerer) -> Report:
    return evaluate(answerer, ALL)


def test_every_entry_has_its_questions(knowledge: Knowledge) -> None:
    for folder in ("techniques", "symptoms", "topics", "red-flags"):
        entries = set(getattr(knowledge, folder.replace("-", "_")))
        assert {path.stem for path in (QUESTIONS / folder).glob("*.yaml")} == entries


def test_no_question_equals_a_phrase(knowledge: Knowledge) -> None:
    phrases = {normalize(phrase) for entry in knowledge.entries() for phrase in entry.phrases}
    phrases |= {normalize(n) for e in knowledge.advice() for n in (e.title, *e.other_names)}
    phrases |= {
        normalize(p) for e in knowledge.examples.values() for p in (*e.phrases, *e.harmless)
    }
    phrases |= {normalize(p) for talk in knowledge.small_talk.values() for p in talk.phrases}
    phrases |= {normalize(p) for theme in knowledge.out_of_scope.values() for p in theme.phrases}
    same = [
        question.text
        for path in (*QUESTIONS.rglob("*.yaml"), *QUESTIONS.rglob("*.jsonl"))
        if path.stem != "smalltalk"  # "hi" can only be said one way
        for question in read_questions([path])
        if normalize(question.text) in phrases
    ]
    assert same == []


@pytest.mark.parametrize(
    ("group", "least"),
    [
        ("techniques", 0.85),
        ("symptoms", 0.83),
        ("topics", 0.86),
        ("entries: entry", 0.85),
        ("entries-2: entry", 0.89),
    ],
)
def test_entries_are_found(report: Report, group: str, least: float) -> None:
    assert report.share(group, "right") >= least
    assert report.share(group, "right", "offered") >= least + 0.03


@pytest.mark.parametrize(
    ("group", "least"),
    [("red-flags", 0.93), ("flags: red-flag", 0.98), ("flags-2: red-flag", 0.97)],
)
def test_red_flags_are_found(report: Report, group: str, least: float) -> None:
    assert report.share(group, "right", "offered") >= least


@pytest.mark.parametrize(
    ("group", "most"),
    [("look-alikes", 0.03), ("flags: look-alike", 0.05), ("flags-2: look-alike", 0.04)],
)
def test_harmless_words_raise_no_alarm(report: Report, group: str, most: float) -> None:
    assert report.share(group, "wrong") <= most


@pytest.mark.parametrize(
    ("group", "most"),
    [("out-of-scope", 0.05), ("entries: outside", 0.05), ("entries-2: outside", 0.03)],
)
def test_what_is_out_of_scope_is_not_answered(report: Report, group: str, most: float) -> None:
    assert report.share(group, "wrong") <= most
