"""What is sent on a day: always allowed, never a plan that is not for the person, and varied."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.safety import ruling
from bot.knowledge.entry import Level, Technique
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from bot.reminders.reminder import VARIED
from bot.reminders.sessions import (
    HARD_FROM,
    MEDIUM_FROM,
    Replaced,
    Session,
    Why,
    plans_for,
    session,
)
from tests.conftest import ENGLISH

KNOWLEDGE = load(ENGLISH, examples=False)
PLANS = KNOWLEDGE.plans.starters
EVERY_DAY = [id for id in KNOWLEDGE.plans.varied if KNOWLEDGE.techniques[id].level is Level.EASY]
DAY = date(2026, 3, 2)  # a Monday

conditions = st.sets(st.sampled_from(sorted(KNOWLEDGE.conditions)), max_size=5)
wishes = st.sampled_from([VARIED, "gone", *PLANS, *KNOWLEDGE.techniques])
numbers = st.integers(0, 100)


def send(plan: str, *held: str, day: date = DAY, number: int = 0) -> Session:
    sent = session(KNOWLEDGE, plan, held, day, number)
    assert sent is not None
    return sent


def ids(sent: Session) -> list[str]:
    return [item.technique.id for item in sent.items]


def run(
    *held: str,
    days: int,
    number: int | None = None,
    knowledge: Knowledge = KNOWLEDGE,
) -> list[Technique]:
    """The varied plan's techniques day by day; `number` counts up unless it is given."""
    sent = (
        session(knowledge, VARIED, held, DAY + timedelta(n), n if number is None else number)
        for n in range(days)
    )
    return [one.items[0].technique for one in sent if one is not None]


@given(wishes, conditions, st.dates(), numbers)
@example("three-days", {"heart-or-blood-pressure", "lung-disease"}, DAY, 0)
@example("couch-stretch", {"other-condition", "lung-disease"}, DAY, 0)
def test_whatever_is_sent_is_allowed(plan: str, held: set[str], day: date, number: int) -> None:
    sent = session(KNOWLEDGE, plan, held, day, number)
    if sent is not None:
        for item in sent.items:
            assert ruling(KNOWLEDGE, item.technique, held).allows
            assert item.ruling.allows
        assert len(set(ids(sent))) == len(sent.items) > 0
        assert (sent.plan == plan) == (sent.replaced is None)
        assert len(sent.items) == 1 or sent.plan in PLANS
    else:
        assert not any(ruling(KNOWLEDGE, KNOWLEDGE.techniques[id], held).allows for id in EVERY_DAY)


@given(st.sampled_from(sorted(PLANS)), conditions, st.dates(), numbers, st.data())
def test_a_plan_is_never_sent_to_whom_it_is_not_for(
    plan: str, held: set[str], day: date, number: int, data: st.DataObject
) -> None:
    held = held | {data.draw(st.sampled_from(PLANS[plan].not_for))}
    sent = session(KNOWLEDGE, plan, held, day, number)
    assert sent is None or (sent.plan == VARIED and len(sent.items) == 1)
    assert plan not in {offered.id for offered in plans_for(KNOWLEDGE, held)}


@given(conditions, st.dates(), numbers)
def test_what_is_offered_is_what_would_be_sent(held: set[str], day: date, number: int) -> None:
    would = (session(KNOWLEDGE, id, held, day, number) for id in PLANS)
    sent = {one.plan for one in would if one is not None} - {VARIED}
    assert {plan.id for plan in plans_for(KNOWLEDGE, held)} == sent


@given(wishes, conditions, st.dates(), numbers, st.randoms())
def test_the_order_of_conditions_says_nothing(
    plan: str, held: set[str], day: date, number: int, random: Random
) -> None:
    told = sorted(held)
    random.shuffle(told)
    one = session(KNOWLEDGE, plan, sorted(held), day, number)
    assert one == session(KNOWLEDGE, plan, [*told, "no-such-condition"], day, number)


@given(conditions, st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 99))
def test_nothing_comes_two_days_running(held: set[str], day: date, number: int) -> None:
    two = [session(KNOWLEDGE, VARIED, held, day + timedelta(n), number + n) for n in range(2)]
    shown = [one.shows for one in two if one]
    choice = [id for id in EVERY_DAY if ruling(KNOWLEDGE, KNOWLEDGE.techniques[id], held).allows]
    assert len(shown) < 2 or len(choice) < 2 or shown[0] != shown[1]


@pytest.mark.parametrize(
    ("plan", "held", "sent"),
    [
        (
            "desk-day",
            [],
            ["walking", "pelvic-tilt", "standing-hip-flexor-stretch", "diaphragmatic-breathing"],
        ),
        ("desk-day", ["cancer"], ["walking", "diaphragmatic-breathing"]),
        (
            "three-days",
            ["sore-knee"],
            [
                "walking",
                "standing-hip-flexor-stretch",
                "psoas-march",
                "glute-bridge",
                "dead-bug",
                "constructive-rest",
            ],
        ),
        (
            "evening",
            ["sore-knee", "poor-circulation"],
            ["cat-cow", "standing-hip-flexor-stretch", "glute-bridge", "constructive-rest"],
        ),
        ("couch-stretch", [], ["couch-stretch"]),
        ("cold-therapy", [], ["cold-therapy"]),
        ("couch-stretch", ["sore-knee"], ["half-kneeling-lunge"]),
        ("professional-massage", ["fresh-strain"], ["constructive-rest"]),
        (VARIED, ["other-condition"], ["diaphragmatic-breathing"]),
    ],
)
def test_what_is_sent(plan: str, held: list[str], sent: list[str]) -> None:
    assert ids(send(plan, *held)) == sent


def test_amounts_are_those_of_the_plan_or_of_the_swap() -> None:
    amounts = [item.amount for item in send("three-days", "sore-knee").items]
    assert amounts[1] == PLANS["three-days"].items[1].amount
    assert amounts[-1] == PLANS["three-days"].swaps[-1].amount
    assert send("walking").items[0].amount is None
    assert [item.optional for item in send("evening").items] == [True, *[False] * 4]


@pytest.mark.parametrize(
    ("plan", "held", "replaced"),
    [
        (VARIED, ["pregnancy"], None),
        ("evening", ["sore-knee"], None),
        (
            "evening",
            ["pregnancy"],
            Replaced("evening", "Evening, 10 minutes", Why.NOT_FOR, "pregnancy"),
        ),
        (
            "evening",
            ["other-condition"],
            Replaced("evening", "Evening, 10 minutes", Why.TOO_LITTLE),
        ),
        (
            "couch-stretch",
            ["sore-knee"],
            Replaced("couch-stretch", "Couch stretch", Why.NOT_ALLOWED, "sore-knee"),
        ),
        ("gone", [], Replaced("gone", None, Why.UNKNOWN)),
    ],
)
def test_what_was_wished_instead(plan: str, held: list[str], replaced: Replaced | None) -> None:
    sent = send(plan, *held)
    assert sent.replaced == replaced
    assert sent.shows == (plan if sent.plan == plan != VARIED else sent.items[0].technique.id)


@pytest.mark.parametrize("plan", [VARIED, "couch-stretch", "desk-day"])
def test_nothing_fits(plan: str) -> None:
    assert session(KNOWLEDGE, plan, ["other-condition", "lung-disease"], DAY, 0) is None


def test_breathing_is_the_last_resort() -> None:
    hard = replace(
        KNOWLEDGE, plans=KNOWLEDGE.plans.model_copy(update={"varied": ("couch-stretch",)})
    )
    assert [t.id for t in run(days=1, knowledge=hard)] == ["diaphragmatic-breathing"]
    assert run("lung-disease", days=1, knowledge=hard) == []
    rest = {id: t for id, t in hard.techniques.items() if id != "diaphragmatic-breathing"}
    assert run(days=1, knowledge=replace(hard, techniques=rest)) == []


@pytest.mark.parametrize(
    ("number", "levels"),
    [
        (0, {Level.EASY}),
        (MEDIUM_FROM - 1, {Level.EASY}),
        (MEDIUM_FROM, {Level.EASY, Level.MEDIUM}),
        (HARD_FROM - 1, {Level.EASY, Level.MEDIUM}),
        (HARD_FROM, set(Level)),
    ],
)
def test_levels(number: int, levels: set[Level]) -> None:
    assert {technique.level for technique in run(days=60, number=number)} == levels


HELD = [
    (),
    ("sore-knee",),
    ("groin-pain-on-impact",),  # a rotation of seven
    ("heart-or-blood-pressure",),  # likewise
    ("osteoporosis", "poor-balance"),
    ("hip-replacement",),
    ("recent-surgery",),
]


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("week", [(0, 1, 2, 3, 4, 5, 6), (0, 2, 4), (5, 6), (3,)])
def test_everything_comes_round(held: tuple[str, ...], week: tuple[int, ...]) -> None:
    varied = (KNOWLEDGE.techniques[id] for id in KNOWLEDGE.plans.varied)
    fitting = {t.id for t in varied if ruling(KNOWLEDGE, t, held).allows}
    days = (DAY + timedelta(7 * n + d) for n in range(len(fitting) + 1) for d in week)
    assert {send(VARIED, *held, day=day, number=HARD_FROM).shows for day in days} == fitting


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("number", [0, MEDIUM_FROM - 1, HARD_FROM + 1])
def test_days_that_follow_differ_in_family(held: tuple[str, ...], number: int) -> None:
    days = run(*held, days=50, number=number)
    if held != ("hip-replacement",):  # two of its three are of one family
        assert all(one.family != then.family for one, then in pairwise(days))


def test_in_daily_reminders_nothing_is_repeated_while_the_plan_grows() -> None:
    for start in range(60):
        days = [
            send(VARIED, day=DAY + timedelta(start + n), number=n).shows
            for n in range(HARD_FROM + 5)
        ]
        assert all(one != then for one, then in pairwise(days))


def test_a_rotation_of_one_family(tmp_path: Path) -> None:
    shutil.copytree(ENGLISH, tmp_path / "en")
    for path in (tmp_path / "en" / "techniques").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").split("\n")
        told = ["family: yoga" if line.startswith("family:") else line for line in lines]
        path.write_text("\n".join(told), encoding="utf-8")
    knowledge = load(tmp_path / "en", examples=False)
    days = run(days=50, knowledge=knowledge)
    assert all(one is not then for one, then in pairwise(days))
