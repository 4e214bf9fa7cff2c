from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.knowledge import Knowledge
from bot.replies.actions import (
    Action,
    AskExample,
    OpenEntry,
    OpenFamily,
    OpenSymptoms,
    OpenTechniques,
    decode,
    encode,
)


@pytest.mark.parametrize(
    "action",
    [OpenEntry("walking"), OpenFamily("yoga"), OpenTechniques(), OpenSymptoms(), AskExample(2)],
)
def test_there_and_back(action: Action) -> None:
    assert decode(encode(action)) == action


@given(st.text(max_size=70))
def test_any_data_is_read_without_fault(data: str) -> None:
    action = decode(data)
    assert action is None or encode(action).partition(":")[0] == data.partition(":")[0]


def test_every_id_fits_into_a_button(knowledge: Knowledge) -> None:
    assert all(len(encode(OpenEntry(entry.id)).encode()) <= 64 for entry in knowledge.entries())
