"""Broken knowledge: every fault at once, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.check import sound
from bot.errors import KnowledgeError
from bot.knowledge.faults import KnowledgeFaultsError
from bot.knowledge.loader import load, version
from tests.conftest import ENGLISH
from tests.knowledge.breaking import replaced


def faults(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeFaultsError) as raised:
        sound(folder)
    return [line.removeprefix(f"{folder}/") for line in raised.value.lines]


def test_the_knowledge_that_comes_along_is_sound() -> None:
    knowledge = sound(ENGLISH)
    counts = (knowledge.techniques, knowledge.symptoms, knowledge.topics, knowledge.red_flags)
    assert [len(entries) for entries in counts] == [25, 15, 12, 12]


def test_all_faults_are_told_at_once_with_their_lines(folder: Path) -> None:
    replaced(folder / "techniques/walking.yaml", "level: easy", "level: trivial")
    replaced(folder / "symptoms/hip-pain.yaml", "title:", "titel:")
    (folder / "topics/equipment.yaml").write_text("title: [unclosed", encoding="utf-8")
    told = faults(folder)
    assert any(line.startswith("topics/equipment.yaml:") and "is not YAML" in line for line in told)
    level = (ENGLISH / "techniques/walking.yaml").read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(level, 1) if line.startswith("level:"))
    assert any(line.startswith(f"techniques/walking.yaml:{number}: level:") for line in told)
    assert any("symptoms/hip-pain.yaml:1: title: Field required" in line for line in told)
    assert any("symptoms/hip-pain.yaml:1: titel: Extra inputs" in line for line in told)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("techniques/walking.yaml", "family: ", "family: x", "the family 'x"),
        ("techniques/walking.yaml", "condition: pregnancy,", "condition: unicorn,", "'unicorn'"),
        (
            "techniques/pigeon-pose.yaml",
            "condition: pregnancy,",
            "condition: cancer,",
            "no verdict",
        ),
        ("techniques/walking.yaml", "sources: [", "sources: [hearsay, ", "'hearsay'"),
        ("techniques/walking.yaml", "reviewed: 2026-11-22\n", "", "reviewed: Field required"),
        ("symptoms/pregnancy.yaml", "technique: walking", "technique: couch-stretch", "forbid it"),
        ("symptoms/hip-pain.yaml", "technique: walking", "technique: flying", "'flying'"),
        ("red-flags/crisis.yaml", "precedence: 1", "precedence: 2", "same as that of"),
        ("red-flags/crisis.yaml", "strong:\n", "strong:\n  - no-such-sign\n", "defined nowhere"),
        ("red-flags/crisis.yaml", "not_this:\n", "not_this:\n  - '{nobody}'\n", "{nobody}"),
        ("topics/equipment.yaml", "related: [", "related: [moonwalk, ", "'moonwalk'"),
        ("techniques/walking.yaml", "phrases:\n", "phrases:\n  - Pigeon Pose!\n", "claimed"),
        ("techniques/walking.yaml", "title: ", "title: 1\ntitle: ", "twice"),
        ("signs.yaml", "lasting-or-worse:", "lasting:", "'lasting-or-worse'"),
        ("messages.yaml", "language: English\n", "", "language: Field required"),
        ("messages.yaml", "    - tightness-test\n", "    - moonwalk\n", "no entry is called"),
        ("messages.yaml", "    - tightness-test\n", "    - glute-bridge\n", "stands here twice"),
    ],
)
def test_faults(folder: Path, file: str, old: str, new: str, told: str) -> None:
    replaced(folder / file, old, new)
    lines = faults(folder)
    assert any(line.startswith(f"{file}:") and told in line for line in lines), lines


def test_an_entry_too_long_for_one_message_is_a_fault(folder: Path) -> None:
    path = folder / "topics/equipment.yaml"
    line = f"  - {'very ' * 75}long\n"
    replaced(path, "answer:\n", "answer:\n" + line * 12)
    assert any("too long for one Telegram message" in line for line in faults(folder))


def test_words_that_yaml_would_take_for_true_and_false_are_words(folder: Path) -> None:
    replaced(folder / "techniques/walking.yaml", "phrases:\n", "phrases:\n  - no\n")
    assert load(folder).techniques["walking"].phrases[0] == "no"


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="KNOWLEDGE_DIR"):
        load(tmp_path / "nowhere")


def test_a_missing_file_is_a_fault(folder: Path) -> None:
    (folder / "grammar.yaml").unlink()
    assert any("grammar.yaml:1: cannot be read" in line for line in faults(folder))


def test_the_version_changes_with_any_file(folder: Path) -> None:
    before = version(folder)
    replaced(folder / "concepts.yaml", "\n", "\n# a word\n")
    assert version(folder) != before
