"""Plans: what comes along, and the faults that are found in them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bot.check import sound
from bot.knowledge.entry import Job
from bot.knowledge.faults import KnowledgeFaultsError
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from tests.knowledge.breaking import replaced

NEVER = {"fresh-strain", "recent-surgery", "tingling-leg", "groin-pain-on-impact", "under-18"}
NEVER |= {"hip-replacement", "hip-replacement-anterior", "hip-replacement-posterior", "pregnancy"}


@pytest.fixture
def plans(folder: Path) -> Path:
    return folder / "plans.yaml"


def test_the_plans_that_come_along(knowledge: Knowledge) -> None:
    plans = knowledge.plans.starters
    told = [(plan.id, plan.minutes, plan.days, len(plan.items)) for plan in plans.values()]
    assert told == [
        ("desk-day", 5, (), 4),
        ("evening", 10, (), 5),
        ("three-days", 15, ("mon", "wed", "fri"), 6),
    ]
    assert all(set(plan.not_for) >= NEVER for plan in plans.values())
    optional = [item.technique for p in plans.values() for item in p.items if item.optional]
    assert optional == ["heat-therapy"]


def test_neighbours_of_the_varied_plan_differ_in_kind(knowledge: Knowledge) -> None:
    varied = [knowledge.techniques[id] for id in knowledge.plans.varied]
    for one, next_one in pairwise([*varied, varied[0]]):
        assert one.family != next_one.family
        assert not {Job.LENGTHENS_HIP_FLEXORS} <= set(one.jobs) & set(next_one.jobs)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  - dead-bug\n", "  - moonwalk\n", "no technique is called 'moonwalk'"),
        ("  - dead-bug\n", "  - pelvic-tilt\n", "'pelvic-tilt' stands here twice"),
        ("{technique: cat-cow,", "{technique: moonwalk,", "no technique is called 'moonwalk'"),
        ("{technique: cat-cow,", "{technique: heat-therapy,", "'heat-therapy' stands here twice"),
        ("not_for: [pregnancy,", "not_for: [unicorn,", "no condition is called 'unicorn'"),
        ("{condition: sore-knee,", "{condition: unicorn,", "no condition is called 'unicorn'"),
        ("technique: childs-pose, instead", "technique: cobra-pose, instead", "not among"),
        ("instead: constructive-rest", "instead: moonwalk", "no technique is called 'moonwalk'"),
        ("instead: constructive-rest", "instead: dead-bug", "among the items already"),
        ("  desk-day:\n", "  walking:\n", "the id is taken by "),
        ("  desk-day:\n", "  varied:\n", "the id means"),
        ("  desk-day:\n", "  Desk Day:\n", "String should match pattern"),
        ("    minutes: 5\n", "    minutes: 0\n", "greater than or equal to 1"),
        ("    days: [mon,", "    days: [monday,", "'mon'"),
        ("    minutes: 5\n", "    minuets: 5\n", "Extra inputs"),
        ("  desk-day:\n", "  short: brief\n  desk-day:\n", "valid dictionary"),
        ("starters:\n", "starters: few\nothers:\n", "valid dictionary"),
    ],
)
def test_faults_are_told_with_their_line(plans: Path, old: str, new: str, told: str) -> None:
    line = replaced(plans, old, new)
    with pytest.raises(KnowledgeFaultsError) as raised:
        sound(plans.parent)
    lines = [fault for fault in raised.value.lines if told in fault]
    # pydantic may name the record that holds the value, one line or more before it
    places = [int(fault.removeprefix(f"{plans}:").split(":")[0]) for fault in lines]
    assert any(abs(line - place) <= 1 for place in places), raised.value.lines


def test_a_missing_file_is_a_fault(plans: Path) -> None:
    plans.unlink()
    with pytest.raises(KnowledgeFaultsError, match=r"plans\.yaml:1: cannot be read"):
        load(plans.parent)
