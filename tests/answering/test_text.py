from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.text import normalize, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How do I stretch my PSOAS?", "how do i stretch my psoas"),
        ("can't", "cant"),
        ("can\u2019t", "cant"),
        ("soooo tight", "so tight"),
        ("AAA", "aaa"),
        ("M\u00fcnchen caf\u00e9", "munchen cafe"),
        ("at 7.30, 38.5C", "at 7.30 , 38.5 c"),
        ("pain 10/10", "pain 10/10"),
        ("20weeks", "20 weeks"),
        ("see https://example.org/a?b ok", "see ok"),
        ("tight hips \U0001f600", "tight hips"),
        ("one. two! three\nfour", "one\ntwo\nthree\nfour"),
        ("\u200bzero\u200bwidth", "zero width"),
        ("\x00\x07", ""),
        ("", ""),
        (", , ,", ""),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text) == expected


@given(st.text(max_size=200))
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ABC", max_size=80))
def test_the_short_way_to_words_is_the_long_way(text: str) -> None:
    assert words(text) == tuple(word for sentence in sentences(text) for word in sentence)


def test_commas_are_kept_in_sentences_and_left_out_of_words() -> None:
    assert sentences("no fever, no pain. Hips") == (("no", "fever", ",", "no", "pain"), ("hips",))
    assert words("no fever, no pain") == ("no", "fever", "no", "pain")
