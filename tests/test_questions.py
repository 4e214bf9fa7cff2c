"""The test questions themselves, and how many the bot must get right at the very least.

The floors lie a little under what was measured, so that an edit which costs much is noticed.
`psoas-bot evaluate tests/questions` tells the figures and every failure.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answering.answer import Answerer
from bot.answering.text import normalize
from bot.evaluating.evaluation import Report, evaluate, mistyped_all
from bot.evaluating.questions import Talk, read_questions, texts
from bot.knowledge.knowledge import Knowledge
from tests.conftest import QUESTIONS

ALL = list(read_questions([QUESTIONS]))
SHORT = 3  # words: "and how long?" can only be said one way


@pytest.fixture(scope="module")
def report(answerer: Answerer) -> Report:
    return evaluate(answerer, ALL)


def test_every_entry_has_its_questions(knowledge: Knowledge) -> None:
    for folder in ("techniques", "symptoms", "topics", "red-flags"):
        entries = set(getattr(knowledge, folder.replace("-", "_")))
        assert {path.stem for path in (QUESTIONS / folder).glob("*.yaml")} == entries


def test_no_question_equals_a_phrase(knowledge: Knowledge) -> None:
    phrases = set(map(normalize, _phrases(knowledge)))
    same = [
        text
        for path in (*QUESTIONS.rglob("*.yaml"), *QUESTIONS.rglob("*.jsonl"))
        if path.stem != "smalltalk"  # "hi" can only be said one way
        for item in read_questions([path])
        for text in texts(item)
        if normalize(text) in phrases and not (isinstance(item, Talk) and _is_short(text))
    ]
    assert same == []


def _is_short(text: str) -> bool:
    return len(text.split()) <= SHORT


def _phrases(knowledge: Knowledge) -> Iterator[str]:
    for entry in knowledge.entries():
        yield from entry.phrases
    for entry in knowledge.advice():
        yield from (entry.title, *entry.other_names)
    for examples in knowledge.examples.values():
        yield from (*examples.phrases, *examples.harmless)
    for asks in knowledge.asks.values():
        for facet in asks.model_fields_set - {"id"}:
            yield from getattr(asks, facet)
    said = (knowledge.small_talk, knowledge.out_of_scope, knowledge.turns, knowledge.requests)
    for records in said:
        for record in records.values():
            yield from record.phrases


@pytest.mark.parametrize(
    ("group", "least"),
    [
        ("techniques", 0.87),
        ("symptoms", 0.85),
        ("topics", 0.86),
        ("entries: entry", 0.87),
        ("entries-2: entry", 0.91),
        ("entries-3: entry", 0.88),
    ],
)
def test_entries_are_found(report: Report, group: str, least: float) -> None:
    assert report.share(group, "right") >= least
    assert report.share(group, "right", "offered") >= least + 0.01


@pytest.mark.parametrize(
    ("group", "least"),
    [("red-flags", 0.93), ("flags: red-flag", 0.98), ("flags-2: red-flag", 0.98)],
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
    [("out-of-scope", 0.05), ("entries: outside", 0.05), ("entries-2: outside", 0.05)],
)
def test_what_is_out_of_scope_is_not_answered(report: Report, group: str, most: float) -> None:
    assert report.share(group, "wrong") <= most


@pytest.mark.parametrize(
    ("group", "least"),
    [
        ("facets: facet", 0.86),
        ("facets-2: facet", 0.84),
        ("facets-3: facet", 0.80),
        ("conditions-3: condition", 0.66),
        ("conversations-3: turn", 0.86),
        ("reminders-3: reminder", 0.93),
        ("conditions: condition", 0.70),
        ("conditions-2: condition", 0.64),
        ("conversations: turn", 0.78),
        ("conversations-2: turn", 0.74),
        ("reminders: reminder", 0.93),
        ("reminders-2: reminder", 0.93),
        ("reminders: not-reminder", 0.9),
    ],
)
def test_what_was_really_asked_is_understood(report: Report, group: str, least: float) -> None:
    assert report.share(group, "right") >= least


def test_slips_of_the_finger_cost_little(answerer: Answerer, report: Report) -> None:
    mistyped = evaluate(answerer, mistyped_all(ALL))
    for group in ("techniques", "entries-2: entry"):
        assert mistyped.share(group, "right") >= report.share(group, "right") - 0.12
