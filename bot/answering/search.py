"""Techniques that meet everything a person asks for, best and safest first.

What health forbids is never offered; what a person merely wishes is dropped, least important
first, when nothing meets it all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bot.answering.answers import Found, Suggestion
from bot.answering.fitting import Wanted
from bot.answering.safety import Ruling, ruling
from bot.knowledge.entry import Grade, Help, Job, Level, Symptom, Technique, Verdict
from bot.knowledge.knowledge import Knowledge

SHOWN = 3
LENGTHENS = Job.LENGTHENS_HIP_FLEXORS
_LEVELS = tuple(Level)
# Without a wish of another kind, what lengthens comes before what moves, trains or soothes.
_JOBS = (LENGTHENS, Job.MOVES, Job.STRENGTHENS, Job.SOOTHES, Job.LENGTHENS_OTHER)
# Where nothing is left that lengthens, something is sore: first what soothes.
_GENTLE_JOBS = (Job.SOOTHES, Job.MOVES, Job.STRENGTHENS, Job.LENGTHENS_OTHER)
UNPROVEN = 2  # places that a technique hardly ever tested stands behind its job
CLINIC = ("clinic",)  # where somebody else does it: after what one can do at once
MEANT = 0.8  # likelihood from which the person's words mean that very technique


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: wishes, for somebody with `conditions`.

    `likely`: how well each entry matches the words (0 to 1); what is done like `near` comes before
    the rest, and what is in `without` not at all.
    """

    wanted: Sequence[Wanted]
    conditions: tuple[str, ...]
    likely: Mapping[str, float]
    without: frozenset[str] = frozenset()
    near: Technique | None = None
    prefers: frozenset[Job] = frozenset()  # what the conditions call for


def find(knowledge: Knowledge, search: Search) -> Found | None:
    """What to suggest; None where health leaves nothing."""
    called_for = (knowledge.conditions[id].prefers for id in search.conditions)
    search = replace(search, prefers=frozenset(job for jobs in called_for for job in jobs))
    safe = [
        (technique, ruled)
        for technique in knowledge.techniques.values()
        if technique.id not in search.without
        and (ruled := ruling(knowledge, technique, search.conditions)).allows
    ]
    for dropped in _ways_to_drop([w for w in search.wanted if w.wish.firm]):
        kept = [w for w in search.wanted if w not in dropped]
        firm = [w for w in kept if w.wish.firm]
        fitting = [(t, ruled) for t, ruled in safe if all(w.met_by(t) for w in firm)]
        if fitting:
            return _found(fitting, kept, dropped, search)
    return None


def helping(
    knowledge: Knowledge,
    symptom: Symptom,
    conditions: tuple[str, ...],
    wanted: Sequence[Wanted] = (),
) -> tuple[Help, ...]:
    """What helps with `symptom` and is allowed: of that what meets all wishes, if anything does."""
    allowed = [
        (help, knowledge.techniques[help.technique])
        for help in symptom.helps
        if ruling(knowledge, knowledge.techniques[help.technique], conditions).allows
    ]
    firm = [w for w in wanted if w.wish.firm]
    fitting = tuple(help for help, technique in allowed if all(w.met_by(technique) for w in firm))
    return fitting or tuple(help for help, _ in allowed)


def _ways_to_drop(firm: Sequence[Wanted]) -> Iterator[tuple[Wanted, ...]]:
    """Which wishes to drop, least important first: none, any one, any two, then ever more."""
    least_first = tuple(firm[::-1])
    for count in range(min(len(firm), 2) + 1):
        yield from combinations(least_first, count)
    for count in range(3, len(firm) + 1):
        yield least_first[:count]


def _found(
    fitting: Sequence[tuple[Technique, Ruling]],
    kept: Sequence[Wanted],
    dropped: Sequence[Wanted],
    search: Search,
) -> Found:
    lengthening = any(LENGTHENS in technique.jobs for technique, _ in fitting)
    jobs = _JOBS if lengthening else _GENTLE_JOBS
    ranked = sorted(fitting, key=lambda one: _rank(one, kept, search, jobs))
    suggestions = tuple(
        Suggestion(technique, round(100 * search.likely.get(technique.id, 0.0), 1), ruled)
        for technique, ruled in ranked[:SHOWN]
    )
    stretch = any(LENGTHENS in w.wish.fits.jobs and not w.refused for w in kept)
    return Found(
        suggestions,
        wishes=tuple(w.wish.id for w in kept if w.wish.firm and not w.refused),
        dropped=tuple(w.wish.id for w in dropped),
        conditions=search.conditions,
        no_stretch=stretch and not any(LENGTHENS in s.technique.jobs for s in suggestions),
    )


def _likeness(near: Technique | None, technique: Technique) -> int:
    if near is None:
        return 0
    shared = (near.position, technique.position), (near.jobs, technique.jobs)
    return sum(len(set(one) & set(other)) for one, other in shared)


def _rank(
    fitting: tuple[Technique, Ruling], kept: Sequence[Wanted], search: Search, jobs: Sequence[Job]
) -> tuple[float, ...]:
    """Likeness, wishes that only order, safety, then what the words are likely about."""
    technique, ruled = fitting
    prefers = search.prefers
    likely = search.likely.get(technique.id, 0.0)
    places = [
        w.wish.fits.techniques.index(technique.id)
        for w in kept
        if technique.id in w.wish.fits.techniques and not w.refused
    ]
    level = _LEVELS.index(technique.level)
    demanding = any(Level.HARD in w.wish.fits.levels and not w.refused for w in kept)
    job = min((jobs.index(job) for job in technique.jobs if job in jobs), default=len(jobs))
    return (
        -_likeness(search.near, technique),
        sum(not w.met_by(technique) for w in kept if not w.wish.firm),
        ruled.verdict.severity > Verdict.EASIER.severity,
        not any(job in prefers for job in technique.jobs) if prefers else False,
        min(places, default=0),
        technique.places == CLINIC,
        likely < MEANT,
        job + (UNPROVEN if technique.evidence.grade is Grade.TRADITIONAL else 0),
        ruled.verdict.severity,
        -level if demanding else level,
        -likely,
    )
