"""Callback data of a group's buttons: there and back, and never over Telegram's 64 bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies import actions
from bot.replies.group_actions import PREFIX, Choose, decode, encode

IDS = st.from_regex(r"[a-z0-9]{1,20}(-[a-z0-9]{1,19})?", fullmatch=True)


@given(IDS, st.integers(0, 2**52 - 1))
def test_there_and_back(entry: str, asker: int) -> None:
    data = encode(Choose(entry, asker))
    assert decode(data) == Choose(entry, asker)
    assert len(data.encode()) <= 64
    assert data.startswith(PREFIX)
    assert actions.decode(data) is None


def test_the_longest_fits() -> None:
    assert len(encode(Choose("x" * 40, 2**52 - 1)).encode()) <= 64


@pytest.mark.parametrize(
    "data",
    ["", "g:", "g:1:", "g::walking", "g:x:walking", "g:-1:walking", "g:1:wal:king", "open:x"],
)
def test_what_it_does_not_know_is_none(data: str) -> None:
    assert decode(data) is None


@given(st.text(max_size=70))
def test_any_data_may_come(data: str) -> None:
    found = decode(data)
    assert found is None or encode(found).startswith(PREFIX)
