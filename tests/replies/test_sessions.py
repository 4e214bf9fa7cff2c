"""What a reminder says: whatever the plan and the person, it warns, fits and ends as it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

import pytest

from bot.answering.safety import ruling
from bot.knowledge.entry import Verdict
from bot.knowledge.loader import load
from bot.knowledge.plans import Plan
from bot.reminders.days import WEEK
from bot.reminders.due import Due
from bot.reminders.reminder import VARIED, Reaction, Reminder, Schedule
from bot.reminders.sessions import HARD_FROM, Replaced, Session, Why, session
from bot.replies.actions import OpenEntry, decode
from bot.replies.cautions import for_you
from bot.replies.html import LIMIT, length, messages
from bot.replies.plain import plain
from bot.replies.reminder_actions import OpenReminder, React, ShowSteps, Snooze
from bot.replies.reply import Closing, Heading, Paragraph, Reply, Warn
from bot.replies.sessions import occurrence_buttons, session_reply, steps_reply, with_topic_gone
from tests.conftest import ENGLISH
from tests.replies.button_data import LARGEST

KNOWLEDGE = load(ENGLISH, examples=False)
SENT = KNOWLEDGE.messages.reminder.sent
PLANS = KNOWLEDGE.plans.starters
WISHES = (VARIED, "gone", *PLANS, *KNOWLEDGE.techniques)
DAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
REMINDER = Reminder(LARGEST, 42, None, Schedule(time(9), WEEK, "UTC"), VARIED, None)
DUE = Due(LARGEST, 1, REMINDER, DAY, 0, NINE, NINE + timedelta(minutes=2))

ALONE = [(), *((id,) for id in KNOWLEDGE.conditions)]
TOGETHER = [
    ("pregnancy", "sore-knee"),
    ("osteoporosis", "poor-balance"),
    ("heart-or-blood-pressure", "blood-thinners"),
]


def sessions(*held: str) -> list[Session]:
    """What is sent to a person with these conditions, for any wish, early and late."""
    numbers = (0, HARD_FROM + 3)
    planned = (session(KNOWLEDGE, wish, held, DAY, n) for wish in WISHES for n in numbers)
    return [one for one in planned if one is not None]


def reply(wish: str, *held: str, due: Due = DUE, late: bool = False) -> Reply:
    planned = session(KNOWLEDGE, wish, held, DAY, 0)
    assert planned is not None
    return session_reply(KNOWLEDGE, planned, due, late=late)


def paragraphs(reply: Reply) -> set[Paragraph]:
    warned = chain.from_iterable(b.lines for b in reply.blocks if isinstance(b, Warn))
    return {block for block in reply.blocks if isinstance(block, Paragraph)} | {*warned}


def warned(reply: Reply) -> set[Paragraph]:
    return set(chain.from_iterable(b.lines for b in reply.blocks if isinstance(b, Warn)))


@pytest.mark.parametrize("held", [*ALONE, *TOGETHER], ids=" ".join)
def test_whatever_is_sent(held: tuple[str, ...]) -> None:
    for planned in sessions(*held):
        told = with_topic_gone(KNOWLEDGE, session_reply(KNOWLEDGE, planned, DUE, late=True))
        careful = [item for item in planned.items if item.ruling.verdict is not Verdict.OK]
        for item in careful:
            assert for_you(KNOWLEDGE, item.technique, item.ruling) in warned(told)
        assert isinstance(told.blocks[0], Heading)
        assert told.blocks[-1] == Closing(KNOWLEDGE.messages.caveat.short)
        assert not any(isinstance(block, Closing) for block in told.blocks[:-1])
        (html,) = messages(told)
        assert length(html) <= LIMIT
        assert "{" not in html
        assert all(item.technique.title in plain(told) for item in planned.items)


@pytest.mark.parametrize("id", KNOWLEDGE.techniques)
def test_the_own_warning_of_a_technique_is_never_left_out(id: str) -> None:
    told = {p.text for p in warned(reply(id))}
    known = KNOWLEDGE.techniques[id].warning
    assert known is None or known in told


def test_conditions_of_the_knowledge_make_it_warn() -> None:
    """Or else the first test would have nothing to look at."""
    careful = [
        item
        for held in ALONE
        for planned in sessions(*held)
        for item in planned.items
        if item.ruling.verdict is not Verdict.OK
    ]
    assert {len(planned.items) > 1 for held in ALONE for planned in sessions(*held)} == {
        True,
        False,
    }
    assert careful


@pytest.mark.parametrize(
    ("snooze", "late", "said", "unsaid"),
    [
        (0, False, set(), {SENT.again, SENT.late}),
        (0, True, {SENT.late}, {SENT.again}),
        (1, False, {SENT.again}, {SENT.late}),
        (3, True, {SENT.again}, {SENT.late}),
    ],
)
@pytest.mark.parametrize("wish", [VARIED, "couch-stretch", "desk-day"])
def test_whether_it_comes_late_or_again(
    wish: str, snooze: int, late: bool, said: set[str], unsaid: set[str]
) -> None:
    told = {p.text for p in paragraphs(reply(wish, due=replace(DUE, snooze=snooze), late=late))}
    assert said <= told
    assert not unsaid & told


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("title", ["Couch stretch", None])
@pytest.mark.parametrize("condition", ["sore-knee", "no-such-condition", None])
def test_what_is_sent_instead_says_so(why: Why, title: str | None, condition: str | None) -> None:
    planned = session(KNOWLEDGE, VARIED, (), DAY, 0)
    assert planned is not None
    instead = replace(planned, replaced=Replaced("wished", title, why, condition))
    told = messages(session_reply(KNOWLEDGE, instead, DUE, late=False))[0]
    text = SENT.replaced[why]
    assert text.partition("{")[0] in told
    assert "{" not in told
    assert (title or "wished") in told or "{wished}" not in text


@pytest.mark.parametrize(
    ("wish", "held", "why"),
    [
        ("couch-stretch", "sore-knee", Why.NOT_ALLOWED),
        ("evening", "pregnancy", Why.NOT_FOR),
        ("evening", "other-condition", Why.TOO_LITTLE),
        ("gone", "sore-knee", Why.UNKNOWN),
    ],
)
def test_why_it_is_sent_instead(wish: str, held: str, why: Why) -> None:
    planned = session(KNOWLEDGE, wish, (held,), DAY, 0)
    assert planned is not None
    assert planned.replaced is not None
    assert planned.replaced.why is why
    name = KNOWLEDGE.conditions[held].name
    told = plain(reply(wish, held))
    assert name in told or "{condition}" not in SENT.replaced[why]


def test_the_topic_that_is_gone() -> None:
    told = with_topic_gone(KNOWLEDGE, reply(VARIED))
    assert told.blocks[-2] == Paragraph(SENT.topic_gone)
    assert told.buttons == reply(VARIED).buttons


@pytest.mark.parametrize(
    ("reaction", "offered"),
    [
        (
            None,
            [
                *(React(7, Reaction.DONE), React(7, Reaction.SKIPPED)),
                *(Snooze(7, 10), Snooze(7, 60), Snooze(7, None)),
            ],
        ),
        (Reaction.DONE, [React(7, None)]),
        (Reaction.SKIPPED, [React(7, Reaction.DONE)]),
    ],
)
def test_the_buttons_under_it(reaction: Reaction | None, offered: list[object]) -> None:
    rows = occurrence_buttons(KNOWLEDGE, 7, 3, reaction)
    data = [decode(button.data) for row in rows for button in row]
    assert data == [*offered, ShowSteps(7), OpenReminder(3, anew=True)]


def test_its_buttons_are_of_this_occurrence() -> None:
    data = [button.data for row in reply(VARIED).buttons for button in row]
    assert {len(one.encode()) <= 64 for one in data} == {True}
    assert React(LARGEST, Reaction.DONE) in [decode(one) for one in data]


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
@pytest.mark.parametrize("held", [*ALONE, *TOGETHER], ids=" ".join)
def test_all_steps_of_a_plan(plan: Plan, held: tuple[str, ...]) -> None:
    """Each technique that may be done has its button, and nothing else is offered."""
    told = steps_reply(KNOWLEDGE, plan, held)
    (html,) = messages(told)
    opened = [decode(button.data) for row in told.buttons for button in row]
    ids = [action.entry for action in opened if isinstance(action, OpenEntry)]
    assert len(ids) == len(opened) == len(set(ids))
    assert all(ruling(KNOWLEDGE, KNOWLEDGE.techniques[id], held).allows for id in ids)
    sent = session(KNOWLEDGE, plan.id, held, DAY, 0)
    if sent is not None and sent.plan == plan.id:
        assert {item.technique.id for item in sent.items} == {*ids}
    assert told.blocks[-1] == Closing(KNOWLEDGE.messages.caveat.short)
    assert length(html) <= LIMIT
