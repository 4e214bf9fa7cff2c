"""Streaks: how many days somebody has kept at it, with one missed day a week forgiven."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Streak:
    """Done days, in the run that reaches today and in the best run ever.

    With `missed_this_week` the week's forgiveness is used: another miss in it ends the run.
    """

    days: int
    best: int
    missed_this_week: bool


def streak(done: AbstractSet[date], due: AbstractSet[date], today: date) -> Streak:
    """The streak of one subscription; all dates, `today` too, are its own local ones.

    `due` are the dates on which a reminder really went out, `done` those with Done pressed, due
    or not. Missed is a date before `today` that is due and not done. A run is any stretch of
    dates in which no ISO week has two missed ones, and counts its done dates alone: neither a
    forgiven miss nor a date without a reminder adds to it or ends it. `days` is the run that goes
    back furthest from the newest date; done dates after `today`, left by travel west, belong to
    it. Of two misses in a week the second may open a run and the first close one, so what is done
    between them counts in both.
    """
    days = sorted(done)
    missed = sorted(day for day in due - done if day < today)
    apart = [(first, second) for first, second in pairwise(missed) if _same_week(first, second)]
    starts = [0, *(bisect(days, first) for first, _ in apart)]
    ends = [*(bisect(days, second) for _, second in apart), len(days)]
    runs = [end - start for start, end in zip(starts, ends, strict=True)]
    return Streak(runs[-1], max(runs), bool(missed) and _same_week(missed[-1], today))


def _same_week(one: date, two: date) -> bool:
    """Whether both are in one ISO week: 29 December may share it with 4 January."""
    return one.isocalendar()[:2] == two.isocalendar()[:2]
