from __future__ import annotations

import pytest

from bot.answering.signs import Sign
from bot.answering.status import Status
from bot.answering.triage import Alarm, Triage
from bot.knowledge.entry import RedFlag, Tier
from bot.knowledge.language import Condition


def flag(id: str, precedence: int, **more: object) -> RedFlag:
    given: dict[str, object] = {
        "id": id,
        "title": id,
        "tier": "S",
        "precedence": precedence,
        "serious": "It can be.",
        "what_to_do": [{"tier": "S", "text": "Go."}],
        "do_not": "Wait.",
        "calm": "Often milder.",
        "signs": {},
        "strong": ["a"],
        "not_this": ["joke"],
        "sources": ["x"],
        "reviewed": "2026-11-22",
        "phrases": [],
    }
    return RedFlag.model_validate({**given, **more})


def now(*ids: str) -> frozenset[Sign]:
    return frozenset(Sign(id, Status.CURRENT) for id in ids)


@pytest.fixture
def triage() -> Triage:
    return Triage(
        [
            flag(
                "first", 1, strong=["a"], pairs=[["b", "c|d"], {"signs": ["b", "e"], "tier": "E"}]
            ),
            flag("second", 2, strong=["z"], pairs=[["a", "e"]], past=["z"], asked_too=True),
        ],
        [Condition(id="old", name="an old one", past=True), Condition(id="e", name="another")],
    )


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (now(), []),
        (now("b"), []),
        (now("c", "d"), []),
        (now("a"), [("first", "S")]),
        (now("b", "d"), [("first", "S")]),
        (now("b", "d", "e"), [("first", "E")]),  # the highest tier that is met
        (now("a", "e"), [("first", "S"), ("second", "S")]),  # same tier: by precedence
        (now("b", "e", "z"), [("first", "E"), ("second", "S")]),
    ],
)
def test_alarms(triage: Triage, signs: frozenset[Sign], expected: list[tuple[str, str]]) -> None:
    assert [(alarm.flag, alarm.tier.value) for alarm in triage.alarms(signs)] == expected


@pytest.mark.parametrize(
    ("sign", "raises"),
    [
        (Sign("a", Status.DENIED), False),
        (Sign("a", Status.PAST), False),
        (Sign("a", Status.ASKED), False),
        (Sign("z", Status.PAST), True),  # the flag says that its past counts
        (Sign("z", Status.ASKED), True),  # and a question too
        (Sign("a", Status.CURRENT, hidden_from=frozenset({"first"})), False),
        (Sign("a", Status.CURRENT, hidden_from=frozenset({"second"})), True),
    ],
)
def test_what_counts(triage: Triage, sign: Sign, raises: bool) -> None:
    assert bool(triage.alarms(frozenset({sign}))) is raises


def test_a_condition_alone_is_nothing_to_look_for(triage: Triage) -> None:
    first = flag("first", 1)
    assert triage.touches(first, now("b"))
    assert not triage.touches(first, now("e"))
    assert not triage.touches(first, frozenset({Sign("b", Status.DENIED)}))


def test_says_that_it_is_somebody_else(triage: Triage) -> None:
    signs = frozenset({Sign("a", Status.CURRENT, of_other=True)})
    assert triage.alarms(signs) == (Alarm("first", Tier.TODAY, of_other=True),)
