"""The quiz that comes along says what its entries say, and each fault in one is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.knowledge.faults import KnowledgeFaultsError
from bot.knowledge.knowledge import Entry, Knowledge
from bot.knowledge.loader import load
from bot.knowledge.quizzes import Quiz
from tests.knowledge.breaking import replaced

WEEKS = 52
WORDS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10", "twice": "2"}
NUMBER = re.compile(rf"\d+|{'|'.join(WORDS)}")
UNIT = re.compile(r"%|second|minute|hour|day|week|month|year|degree|time")
NO_FACTS = {"id", "title", "other_names", "nicknames", "phrases", "sources", "reviewed"}
WEAPON = "\N{DAGGER KNIFE}"  # one character for a person, two for Telegram

Amount = tuple[str, str]  # a number and what it counts, "" where that is no unit


def amounts(text: str) -> set[Amount]:
    """Each number of `text` with its unit: "2 or 3 days" are 2 days and 3 days."""
    words = re.findall(r"\d+|%|[^\W\d_]+", text.casefold())
    return {(WORDS.get(w, w), unit(words[n + 1 :])) for n, w in enumerate(words) if is_number(w)}


def is_number(word: str) -> bool:
    return NUMBER.fullmatch(word) is not None


def unit(following: list[str]) -> str:
    joining = ("to", "or", "and", "x", "instead", "of")
    word = next((w for w in following if w not in joining and not is_number(w)), "")
    found = UNIT.match(word)
    return found.group() if found else ""


def texts(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for key, value in data.items():
                yield from () if key in NO_FACTS else texts(value)
        case list() | tuple():
            for value in data:
                yield from texts(value)


def told_by(entry: Entry) -> set[Amount]:
    found = set[Amount]().union(*(amounts(text) for text in texts(entry.model_dump())))
    return found | {(number, "") for number, _ in found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 or 3 days a week", {("2", "day"), ("3", "day")}),
        ("3 x 20 seconds, twice", {("3", "second"), ("20", "second"), ("2", "")}),
        ("28 % lower risk", {("28", "%")}),
        ("about six degrees", {("6", "degree")}),
        ("1 in 5 has it", {("1", ""), ("5", "")}),
        ("one of them", set()),
    ],
)
def test_amounts_are_read(text: str, found: set[Amount]) -> None:
    assert amounts(text) == found


def test_there_are_questions_for_a_year(knowledge: Knowledge) -> None:
    assert len(knowledge.quiz) >= WEEKS


def test_every_amount_that_is_right_stands_in_the_entry(knowledge: Knowledge) -> None:
    """Whoever changes a dose in an entry is told of the question that still says the old one."""
    strays = {}
    counted = 0
    for quiz in knowledge.quiz.values():
        entry = knowledge.entry(quiz.entry)
        assert entry is not None
        said = amounts(quiz.right) | amounts(quiz.explanation)
        counted += len(said)
        if said - told_by(entry):
            strays[quiz.id] = said - told_by(entry)
    assert strays == {}
    assert counted > 50  # so that the rule is not met by finding nothing


def test_no_wrong_option_is_an_amount_that_the_entry_gives(knowledge: Knowledge) -> None:
    doubtful = []
    for quiz in knowledge.quiz.values():
        entry = knowledge.entry(quiz.entry)
        assert entry is not None
        for option in quiz.wrong:
            given = {(number, unit) for number, unit in amounts(option) if unit}
            if given and given <= told_by(entry):
                doubtful.append((quiz.id, option))
    assert doubtful == []


def test_no_two_ask_for_the_same(knowledge: Knowledge) -> None:
    quizzes = knowledge.quiz.values()
    assert len({(quiz.entry, quiz.right) for quiz in quizzes}) == len(quizzes)
    assert len({quiz.explanation for quiz in quizzes}) == len(quizzes)


def test_the_right_option_is_not_known_by_its_length(knowledge: Knowledge) -> None:
    longest = [q for q in knowledge.quiz.values() if len(q.right) > max(map(len, q.wrong))]
    assert len(longest) < len(knowledge.quiz) / 3


@pytest.fixture
def quiz_file(folder: Path) -> Path:
    return folder / "quiz.yaml"


FIRST = "  question: How do you say"
RIGHT, WRONG = "  right: Bending the hip\n", "  wrong: [Straightening the knee,"
EXPLAINED = "  explanation: The p is silent."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  entry: pigeon-pose", "  entry: moonwalk", "no entry is called 'moonwalk'"),
        (FIRST, f"  question: {'a' * 301} #", "a poll takes 300 here"),
        (FIRST, f"  question: {WEAPON * 151} #", "has 302 characters"),
        (RIGHT, f"  right: {'a' * 101}\n", "a poll takes 100 here"),
        (RIGHT, '  right: ""\n', "at least 1 character"),
        (WRONG, f"  wrong: [{'a' * 101},", "a poll takes 100 here"),
        (WRONG, '  wrong: ["",', "at least 1 character"),
        (WRONG, "  wrong: [bending the hip,", "'bending the hip' stands here twice"),
        (WRONG, "  wrong: [Taking the leg behind you,", "stands here twice"),
        (WRONG, f"  wrong: [{', '.join('abcdefghij')},", "at most 11 items"),
        (WRONG, "  wrong: [] #", "at least 1 item"),
        (EXPLAINED, f"  explanation: {'a' * 201} #", "a poll takes 200 here"),
        (EXPLAINED, '  explanation: "a\\nb\\nc\\nd" #', "more than 2 line feeds"),
        (EXPLAINED, '  explanation: "" #', "at least 1 character"),
        (FIRST, "  query: How do you say", "Extra inputs"),
        ("main-job:\n", "Main Job:\n", "String should match pattern"),
        (
            "  question: What is the main job of the psoas?",
            '  question: how do you say "PSOAS"?',
            "'say-psoas' asks the same",
        ),
    ],
)
def test_faults_are_told_with_their_line(quiz_file: Path, old: str, new: str, told: str) -> None:
    line = replaced(quiz_file, old, new)
    with pytest.raises(KnowledgeFaultsError) as raised:
        load(quiz_file.parent, examples=False)
    lines = [fault for fault in raised.value.lines if told in fault]
    places = [int(fault.removeprefix(f"{quiz_file}:").split(":")[0]) for fault in lines]
    # pydantic names the record in which a key is missing or unknown: it begins a few lines before
    assert any(0 <= line - place <= 2 for place in places), raised.value.lines


def test_check_tells_of_them(quiz_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = replaced(quiz_file, "  entry: pigeon-pose", "  entry: moonwalk")
    assert main(["check", str(quiz_file.parent.parent)]) == 1
    assert f"{quiz_file}:{line}: no entry is called 'moonwalk'" in capsys.readouterr().err


def test_texts_at_the_limits_are_taken() -> None:
    quiz = Quiz(
        id="long",
        entry="walking",
        question=WEAPON * 150,
        right="a" * 100,
        wrong=tuple("bcdefghijkl"),
        explanation=f"{'a' * 98}\n{'b' * 99}\n{'c'}",
    )
    assert len(quiz.explanation) == 200


def test_a_new_question_needs_no_learning(quiz_file: Path) -> None:
    before = load(quiz_file.parent, examples=False)
    replaced(quiz_file, "How do you say", "How does one say")
    after = load(quiz_file.parent, examples=False)
    assert after.learnt_version == before.learnt_version
    assert after.version != before.version


def test_a_missing_file_is_a_fault(quiz_file: Path) -> None:
    quiz_file.unlink()
    with pytest.raises(KnowledgeFaultsError, match=r"quiz\.yaml:1: cannot be read"):
        load(quiz_file.parent)
