"""What the buttons in groups carry: nothing is lost, nothing too long, nothing makes a fault."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.loader import load
from bot.reminders.house_rules import HouseRules, Pace, Quiet, is_quiet
from bot.replies import actions
from bot.replies import house_actions as a
from tests.conftest import ENGLISH
from tests.replies.button_data import MOST, ids, like_ours, times
from tests.replies.outcomes import NOW

CHOICES = load(ENGLISH, examples=False).messages.rules.quiet_choices

hours = st.builds(Quiet, times, times)
languages = st.from_regex(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", fullmatch=True)
kinds: dict[type[a.HouseAction], st.SearchStrategy[a.HouseAction]] = {
    a.TapDone: st.builds(a.TapDone, ids),
    a.SwitchName: st.builds(a.SwitchName, ids),
    a.OpenRules: st.builds(a.OpenRules, st.booleans()),
    a.SetTopic: st.builds(a.SetTopic, st.booleans()),
    a.SetPace: st.builds(a.SetPace, st.sampled_from(Pace)),
    a.SetQuiet: st.builds(a.SetQuiet, st.none() | hours),
    a.SetLanguage: st.builds(a.SetLanguage, languages),
    a.SetQuiz: st.builds(a.SetQuiz, st.booleans()),
}
names = ["b-done", "b-name", "h", "h-quiet", "h-topic", "h-pace", "h-lang", "h-quiz"]
parts = ("calm", "2200-0700", "22:00-07:00", "2460-0700", "T07Z-0000", "en")
data_like_ours = like_ours(names, parts, 3)


def test_every_kind_is_tried() -> None:
    assert set(kinds) == set(a.HouseAction.__args__)


@given(st.one_of(*kinds.values()))
def test_there_and_back(action: a.HouseAction) -> None:
    data = a.encode(action)
    assert len(data.encode()) <= MOST
    assert a.decode(data) == action
    assert actions.decode(actions.encode(action)) == action


@given(st.text(max_size=70) | data_like_ours)
def test_any_data_is_read_without_fault(data: str) -> None:
    for read in (a.decode, actions.decode):
        action = read(data)
        assert action is None or actions.decode(actions.encode(action)) == action


@given(data_like_ours)
def test_whatever_hours_are_read_can_be_kept_to(data: str) -> None:
    action = a.decode(data)
    if isinstance(action, a.SetQuiet):
        assert is_quiet(HouseRules(-1, "UTC", quiet=action.quiet), NOW) in {True, False}


@pytest.mark.parametrize(
    "data",
    [
        *("", ":", "b-done", "b-done:", "b-done:-1", "b-done:1.0", "b-done: 1", "b-done:1_0"),
        *("b-done:\N{ARABIC-INDIC DIGIT ONE}", "b-done:" + "9" * 17, "b-name:", "b-name:x"),
        *("h:1", "h-topic:", "h-topic:2", "h-topic:True", "h-pace:", "h-pace:fast", "h-lang:"),
        *("h-quiz:", "h-quiz:yes", "h-quiet:2200", "h-quiet:2400-0700", "h-quiet:2260-0700"),
        *("h-quiet:0000-T07Z", "h-quiet:22+1-0700", "h-quiet:2200-0700-", "h-quiet:\u0662200-0700"),
        *("H", "b-done:1:2", "h-who:1"),
    ],
)
def test_what_no_button_says(data: str) -> None:
    assert a.decode(data) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00-07:00", Quiet(time(22), time(7))),
        ("2200-0700", Quiet(time(22), time(7))),
        ("00:00-23:59", Quiet(time(0), time(23, 59))),
    ],
)
def test_hours(text: str, expected: Quiet) -> None:
    assert a.read_hours(text) == expected


@pytest.mark.parametrize("text", CHOICES)
def test_the_choices_of_the_knowledge_are_hours(text: str) -> None:
    assert a.decode(a.encode(a.SetQuiet(a.read_hours(text)))) == a.SetQuiet(a.read_hours(text))
