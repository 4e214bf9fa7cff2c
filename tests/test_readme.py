"""The README tells the truth about commands, folders and counts."""

from __future__ import annotations

import re

from bot.cli import _parser
from bot.knowledge.knowledge import Knowledge
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
KNOWLEDGE = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_try_it_and_run_the_tests_are_one_line_each_in_this_order() -> None:
    titles = re.findall(r"^## (.*)$", README, re.MULTILINE)
    assert titles[:3] == ["Try it", "Run the tests", "Put it on Telegram"]
    for title in titles[:2]:
        (block,) = re.findall(r"```sh\n(.*?)```", section(title), re.DOTALL)
        assert block.count("\n") == 1
    assert 'psoas-bot ask "how do I stretch my psoas"' in section("Try it")


def test_every_command_is_listed() -> None:
    (choices,) = (a.choices for a in _parser()._actions if a.choices)
    listed = re.findall(r"^\| `psoas-bot (\w+)", section("Commands"), re.MULTILINE)
    assert sorted(listed) == sorted(choices)


def test_every_place_named_exists() -> None:
    named = re.findall(r"`((?:bot|knowledge|tests|deploy|\.ci)/[\w/.-]*)`", README)
    assert named
    assert [place for place in named if not (ROOT / place).exists()] == []


def test_the_counts_are_right(knowledge: Knowledge) -> None:
    counts = (knowledge.techniques, knowledge.symptoms, knowledge.topics, knowledge.red_flags)
    told = re.search(
        r"(\d+) techniques, (\d+) complaints and (\d+) topics.*?(\d+) warning", README, re.DOTALL
    )
    assert told is not None
    assert [int(number) for number in told.groups()] == [len(entries) for entries in counts]


def test_every_file_of_the_knowledge_is_explained() -> None:
    for path in (ROOT / "knowledge" / "en").iterdir():
        assert f"`{path.name}" in KNOWLEDGE, path.name
