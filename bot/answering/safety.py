"""What a person's conditions mean for a technique: the safety matrix, applied.

The verdicts are data of the knowledge (conventional clinical judgement, see its sources); with
several conditions the strictest one rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.entry import Level, Technique, Verdict
from bot.knowledge.knowledge import Knowledge

ALTERNATIVES = 3  # techniques named in place of one that is not allowed
_EASIEST_FIRST = tuple(Level)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict for one technique, the condition that it comes from, and its note."""

    verdict: Verdict
    condition: str | None = None
    note: str | None = None

    @property
    def allows(self) -> bool:
        """Whether the person may be shown how to do it."""
        return self.verdict not in (Verdict.ASK, Verdict.NO)


def ruling(knowledge: Knowledge, technique: Technique, conditions: Iterable[str]) -> Ruling:
    """The strictest ruling of `conditions` for `technique`."""
    strictest = Ruling(Verdict.OK)
    for condition in conditions:
        verdict, note = knowledge.verdict(technique, condition)
        if verdict.severity > strictest.verdict.severity or strictest.condition is None:
            strictest = Ruling(verdict, condition, note)
    return strictest


def allowed(
    knowledge: Knowledge, ids: Iterable[str], conditions: tuple[str, ...]
) -> tuple[Technique, ...]:
    """Those of the techniques `ids` that `conditions` allow, in their order."""
    techniques = (knowledge.techniques[id] for id in ids)
    return tuple(t for t in techniques if ruling(knowledge, t, conditions).allows)


def instead(
    knowledge: Knowledge, technique: Technique, conditions: Iterable[str], most: int
) -> tuple[Technique, ...]:
    """Techniques that `conditions` allow, nearest to the job of `technique` and easiest first."""
    held = tuple(conditions)
    others = (
        other
        for other in knowledge.techniques.values()
        if other is not technique and ruling(knowledge, other, held).allows
    )
    return tuple(sorted(others, key=lambda other: _unlikeness(technique, other))[:most])


def rulings(
    knowledge: Knowledge, technique: Technique
) -> Iterator[tuple[Verdict, str, str | None]]:
    """Verdict, name and note of each condition that is not plainly fine; like halves as one."""
    merged = {
        part
        for whole in knowledge.conditions.values()
        if len({knowledge.verdict(technique, part) for part in whole.strictest_of}) == 1
        for part in whole.strictest_of
    }
    for condition in knowledge.conditions.values():
        parts_say_it = condition.strictest_of and not merged.issuperset(condition.strictest_of)
        verdict, note = knowledge.verdict(technique, condition.id)
        if condition.id not in merged and not parts_say_it and verdict is not Verdict.OK:
            yield verdict, condition.name, note


def _unlikeness(technique: Technique, other: Technique) -> tuple[int, int, int]:
    jobs = len(set(technique.jobs) & set(other.jobs))
    positions = len(set(technique.position) & set(other.position))
    return -jobs, _EASIEST_FIRST.index(other.level), -positions
