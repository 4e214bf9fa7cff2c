from __future__ import annotations

import pytest

from bot.answering.patterns import Patterns
from bot.answering.text import words
from bot.errors import KnowledgeError

CONCEPTS = {"leg": ["leg", "left leg", "calf"], "numb": ["numb", "no feeling"]}


def finds(pattern: str, text: str) -> bool:
    return bool(Patterns({"sign": [pattern]}, CONCEPTS).find(words(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("numb leg", "my numb left leg", True),
        ("numb leg", "numb in the whole leg", False),  # three words between
        ("numb ... leg", "numb all the way down my leg", True),
        ("leg numb", "numb leg", False),  # the order counts
        ("leg & numb", "numb leg", True),
        ("black_out", "i black out", True),
        ("black_out", "black cat out", False),
        ("swell*", "it is swelling", True),
        ("swell*", "well", False),
        ("{leg} ... {numb}", "left leg has no feeling", True),
        ("(hot|red) {leg}", "a red calf", True),
        ("#38-42 degrees", "39.5 degrees", True),
        ("#38-42 degrees", "37 degrees", False),
        ("{leg} & {leg}", "my leg", False),  # one word cannot be both
    ],
)
def test_find(pattern: str, text: str, found: bool) -> None:
    assert finds(pattern, text) is found


@pytest.mark.parametrize("pattern", ["{nothing}", "a* b", "(a|b)_c", "!?", "(a|{leg}"])
def test_a_pattern_that_cannot_be_read_says_so(pattern: str) -> None:
    with pytest.raises(KnowledgeError, match="pattern"):
        Patterns({"sign": [pattern]}, CONCEPTS)


def test_tells_which_words_made_it_so() -> None:
    assert Patterns({"sign": ["numb ... leg"]}, CONCEPTS).find(words("so numb is my leg")) == [
        ("sign", frozenset({1, 4}))
    ]
