"""Where the buttons under what is said about reminders lead, and what holds them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta

import pytest

from bot.reminders.outcomes import (
    Asked,
    AskedZone,
    Coming,
    Confirmed,
    Draft,
    Gone,
    Listed,
    Opened,
    Outcome,
    Refused,
    Which,
)
from bot.reminders.wording import Action
from bot.replies.actions import Action as Press
from bot.replies.actions import LookedAt
from bot.replies.plain import plain
from bot.replies.reminder_actions import (
    Asks,
    ChangeReminder,
    ChooseZone,
    GoOn,
    OpenReminder,
    OpenReminders,
    PauseFor,
    PauseReminder,
    ResumeReminder,
    SetSilent,
    StopReminder,
)
from bot.replies.reminders import goes_on, on_hold, outcome_reply, said, settings_reply
from bot.replies.reply import Paragraph, Reply
from tests.replies.outcomes import (
    DAILY,
    END,
    FLAG,
    FRIDAYS,
    KNOWLEDGE,
    MONDAY,
    NOW,
    TEXTS,
    pressed,
    ringing,
)


@dataclass(frozen=True, slots=True)
class Leads:
    """Where the buttons of an outcome lead to."""

    outcome: Outcome
    to: list[Press]


@pytest.mark.parametrize(
    "leads",
    [
        Leads(Refused(), [OpenReminders()]),
        Leads(Gone(2), [OpenReminders()]),
        Leads(Gone(), []),
        Leads(AskedZone(Draft(time(9)), ("Asia/Tokyo",)), [ChooseZone("Asia/Tokyo")]),
        Leads(
            Which(Action.STOP, (DAILY, FRIDAYS)),
            [StopReminder(1), StopReminder(2), StopReminder(None)],
        ),
        Leads(
            Which(Action.PAUSE, (DAILY, FRIDAYS), until=MONDAY),
            [PauseReminder(1, MONDAY), PauseReminder(2, MONDAY), PauseReminder(None, MONDAY)],
        ),
        Leads(
            Which(Action.RESUME, (DAILY,)),
            [ResumeReminder(1), ResumeReminder(None)],
        ),
        Leads(Which(Action.CHANGE, (DAILY, FRIDAYS)), [OpenReminder(1), OpenReminder(2)]),
        Leads(
            Which(Action.CHANGE, (DAILY,), Draft(time(8), zone="Asia/Tokyo")),
            [ChangeReminder(1, Draft(time(8), zone="Asia/Tokyo"))],
        ),
        Leads(Listed((DAILY,), FLAG), [OpenReminder(1), LookedAt()]),
        Leads(
            Opened(DAILY, Asks.PAUSE),
            [*(PauseFor(1, n) for n in (3, 7, 14)), PauseReminder(1), OpenReminder(1)],
        ),
        Leads(
            Opened(DAILY),
            [
                *(OpenReminder(1, Asks.TIME), OpenReminder(1, Asks.DAYS)),
                *(OpenReminder(1, Asks.PLAN), OpenReminder(1, Asks.PAUSE)),
                *(StopReminder(1), OpenReminders()),
            ],
        ),
    ],
)
def test_where_the_buttons_lead(leads: Leads) -> None:
    assert pressed(outcome_reply(KNOWLEDGE, leads.outcome, NOW)) == leads.to


def test_each_button_of_a_draft_adds_the_one_thing_that_was_asked_for() -> None:
    before = Draft()
    for lacks in ("at", "days", "plan"):
        choices = pressed(outcome_reply(KNOWLEDGE, Asked(before), NOW))
        drafts = [choice.draft for choice in choices if isinstance(choice, GoOn)]
        assert len(drafts) == len(choices) > 1
        assert all(getattr(draft, lacks) is not None for draft in drafts)
        assert {replace(draft, **{lacks: None}) for draft in drafts} == {before}
        before = drafts[0]


def test_a_change_of_the_clocks_is_told() -> None:
    lines = [
        plain(outcome_reply(KNOWLEDGE, Coming(((DAILY, ringing(DAILY, shift), 0),), ()), NOW))
        for shift in (timedelta(hours=1), timedelta(hours=-1), None)
    ]
    assert [TEXTS.clocks["forward"] in line for line in lines] == [True, False, False]
    assert [TEXTS.clocks["back"] in line for line in lines] == [False, True, False]


def test_what_holds_reminders_back_has_its_way_out() -> None:
    held = on_hold(KNOWLEDGE, outcome_reply(KNOWLEDGE, Confirmed(DAILY, new=True), NOW))
    assert held.blocks[-2:] == (Paragraph(TEXTS.on_hold), END)
    assert pressed(held)[-1] == LookedAt()
    assert pressed(on_hold(KNOWLEDGE, held)).count(LookedAt()) == 1
    bare = on_hold(KNOWLEDGE, Reply((Paragraph("Go and see somebody."),)))
    assert bare.blocks[-1] == Paragraph(TEXTS.on_hold)
    assert pressed(bare) == [LookedAt()]


def test_going_on_is_said_before_the_caveat() -> None:
    told = goes_on(KNOWLEDGE, said(KNOWLEDGE, "Good."))
    assert told.blocks == (Paragraph("Good."), Paragraph(TEXTS.goes_on), END)


@pytest.mark.parametrize("silent", [True, False])
def test_the_settings_offer_the_other_sound(silent: bool) -> None:
    page = Reply((Paragraph(KNOWLEDGE.messages.conversation.held), END))
    told = settings_reply(KNOWLEDGE, page, silent=silent)
    assert pressed(told) == [SetSilent(not silent)]
    assert told.blocks[0] == Paragraph(TEXTS.kept_with)
