from __future__ import annotations

import pytest

from bot.answering import spelling
from bot.answering.spelling import Spelling

VOCABULARY = ("psoas", "flexor", "stretch", "lunge", "hip", "warfarin", "looks", "locks")


@pytest.fixture
def spell() -> Spelling:
    return Spelling(VOCABULARY, {"lounge", "strength"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("psaos", "psoas"),
        ("flexr", "flexor"),
        ("strech", "stretch"),
        ("warferin", "warfarin"),
        ("loks", "looks"),  # as near as "locks", and preferred
        ("lounge", "lounge"),  # proper language is never corrected
        ("strength", "strength"),
        ("hpi", "hpi"),  # too short to tell
        ("mortgage", "mortgage"),  # too far from everything
        ("2024", "2024"),
    ],
)
def test_corrects_only_what_nobody_knows(spell: Spelling, typed: str, meant: str) -> None:
    assert spell.correct((typed,)) == (meant,)


def test_remembers_a_bounded_number_of_words(
    spell: Spelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "REMEMBERED", 3)
    for letter in "abcdefgh":
        spell.correct((f"qqqq{letter}",))
    assert len(spell._remembered) <= 3
