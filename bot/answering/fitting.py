"""Whether a technique fits a wish: its places, positions, needs, and the minutes it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from bot.knowledge.entry import Dose, Technique
from bot.knowledge.language import Fit, Wish

BREATH = 5  # seconds that a repeat without a hold takes
USUAL = 2  # minutes, where the dose says nothing


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish that was said; `refused`: its opposite was."""

    wish: Wish
    refused: bool = False

    def met_by(self, technique: Technique) -> bool:
        if self.refused:
            return not leans_on(technique, self.wish.fits)
        return fits(technique, self.wish.fits)


def fits(technique: Technique, fit: Fit) -> bool:
    """Whether `technique` meets every key of `fit`."""
    used = {*technique.equipment.needed, *technique.equipment.optional}
    return (
        _any(fit.places, technique.places)
        and _any(fit.positions, technique.position)
        and _any(fit.uses, used)
        and (fit.only_needs is None or set(technique.equipment.needed) <= set(fit.only_needs))
        and _any(fit.families, (technique.family,))
        and _any(fit.jobs, technique.jobs)
        and _any(fit.levels, (technique.level,))
        and _any(fit.techniques, (technique.id,))
        and (fit.most_minutes is None or least_minutes(technique.dose) <= fit.most_minutes)
    )


def leans_on(technique: Technique, fit: Fit) -> bool:
    """Whether `technique` cannot be done without what `fit` names."""
    needed = set(technique.equipment.needed)
    return (
        _all(technique.places, fit.places)
        or _all(technique.position, fit.positions)
        or bool(needed & set(fit.uses))
        or technique.family in fit.families
        or _all(technique.jobs, fit.jobs)
        or technique.level in fit.levels
        or technique.id in fit.techniques
    )


def least_minutes(dose: Dose) -> int:
    """Minutes that the smallest useful dose takes, both sides counted, rounded up."""
    if dose.minutes:
        return dose.minutes[0]
    hold = dose.hold_seconds[0] if dose.hold_seconds else BREATH
    repeats = dose.repeats[0] if dose.repeats else 1
    sets = dose.sets[0] if dose.sets else 1
    if not (dose.hold_seconds or dose.repeats):
        return USUAL
    return ceil(hold * repeats * sets * (2 if dose.per_side else 1) / 60)


def _any(wanted: Iterable[str], have: Iterable[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(have)


def _all(have: tuple[str, ...], named: tuple[str, ...]) -> bool:
    return bool(named) and set(have) <= set(named)
