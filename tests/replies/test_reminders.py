"""What is said to wishes about reminders: each outcome, in one message, with its way on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.answering.answers import Reminding
from bot.reminders.dates import DateFault
from bot.reminders.days import WEEK, name
from bot.reminders.outcomes import Confirmed, Opened, Outcome, PauseRefused
from bot.reminders.reminder import VARIED, Pause, Reaction, Reason, Reminder, Schedule, State
from bot.reminders.sessions import Why
from bot.reminders.wording import Action, Fault, ReminderWish
from bot.replies.html import LIMIT, length, messages
from bot.replies.plain import plain
from bot.replies.reminders import outcome_reply, toast
from bot.replies.wishes import reminding_reply
from tests.replies.outcomes import (
    BERLIN,
    CONDITIONS,
    DAILY,
    DUE,
    END,
    KNOWLEDGE,
    NOW,
    OUTCOMES,
    TEXTS,
    pressed,
)

TOAST = 200  # letters that Telegram lets pop up
LABEL = 64  # letters of a button that are still seen


def test_every_kind_of_outcome_is_in_the_table() -> None:
    assert {type(outcome) for outcome in OUTCOMES} == set(get_args(Outcome))


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_each_is_told_in_one_message(outcome: Outcome) -> None:
    reply = outcome_reply(KNOWLEDGE, outcome, NOW)
    (html,) = messages(reply)
    assert length(html) <= LIMIT
    assert "{" not in html
    assert "}" not in html
    assert "None" not in html
    assert reply.blocks[-1] == END
    assert reply.blocks.count(END) == 1
    assert None not in pressed(reply)
    for button in (button for row in reply.buttons for button in row):
        assert len(button.data.encode()) <= 64
        assert 0 < len(button.text) <= LABEL
        assert "{" not in button.text


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_each_pops_up_in_a_few_words(outcome: Outcome) -> None:
    told = toast(KNOWLEDGE, outcome)
    assert 0 < len(told) <= TOAST
    assert "{" not in told


def test_the_words_for_failure_pop_up_too() -> None:
    assert len(TEXTS.failed) <= TOAST


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (State, TEXTS.states),
        (Reason, TEXTS.reasons),
        (Reaction, TEXTS.reactions),
        (Why, TEXTS.sent.replaced),
        (Fault, TEXTS.wish.invalid),
    ],
)
def test_there_are_words_for_each(kind: type[StrEnum], texts: dict[str, str]) -> None:
    assert set(texts) == set(kind)


def test_there_are_words_for_all_that_may_be_asked() -> None:
    may_be_many = {Action.CHANGE, Action.STOP, Action.PAUSE, Action.RESUME}
    assert set(TEXTS.ask.which) == may_be_many
    assert set(TEXTS.clocks) == {"forward", "back"}
    assert {*WEEK, name(WEEK), name(WEEK[:5]), name(WEEK[5:])} <= set(TEXTS.calendar.days)
    for fault in DateFault:
        assert plain(outcome_reply(KNOWLEDGE, PauseRefused(fault), NOW))


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("fault", [None, *Fault])
def test_there_are_words_for_each_wish(action: Action, fault: Fault | None) -> None:
    wish = ReminderWish(action, time(9), WEEK, BERLIN, fault)
    assert "{" not in plain(reminding_reply(KNOWLEDGE, Reminding(wish)))


@pytest.mark.parametrize("paused", [None, *Pause])
@pytest.mark.parametrize("due", [DUE, None])
def test_there_are_words_for_each_pause(paused: Pause | None, due: datetime | None) -> None:
    one = replace(DAILY, paused=paused, next_due_at=due)
    told = plain(outcome_reply(KNOWLEDGE, Opened(one), NOW))
    assert "every day at 09:00, Europe/Berlin time" in told
    assert ("Tuesday 3 March at 09:00" in told) == (due is not None)


PLACES = re.compile(r"\{(\w*)\}")


def texts_of(model: object) -> list[str]:
    match model:
        case str():
            return [model]
        case BaseModel():
            return [text for value in dict(model).values() for text in texts_of(value)]
        case dict():
            return [text for value in model.values() for text in texts_of(value)]
        case tuple():
            return [text for value in model for text in texts_of(value)]
        case _:
            raise TypeError(model)


def test_no_text_has_half_a_brace() -> None:
    texts = texts_of(TEXTS)
    assert len(texts) > 150
    for text in texts:
        assert "{" not in PLACES.sub("", text), text
        assert "}" not in PLACES.sub("", text), text


@given(
    st.sets(st.sampled_from(WEEK), min_size=1),
    st.times(),
    st.sampled_from([VARIED, "gone", *KNOWLEDGE.plans.starters, *KNOWLEDGE.techniques]),
    st.timedeltas(timedelta(minutes=-5), timedelta(days=400)),
    st.sets(st.sampled_from(CONDITIONS)),
)
def test_any_reminder_is_confirmed_in_full(
    days: set[str], at: time, plan: str, wait: timedelta, held: set[str]
) -> None:
    schedule = Schedule(at, tuple(day for day in WEEK if day in days), BERLIN)
    made = Reminder(1, 42, None, schedule, plan, NOW + wait)
    told = outcome_reply(KNOWLEDGE, Confirmed(made, new=True, conditions=tuple(held)), NOW)
    (html,) = messages(told)
    assert f"{at:%H:%M}, {BERLIN} time" in html
    assert all(KNOWLEDGE.conditions[id].name in html for id in held)
    assert "{" not in html
