"""Entries whose phrases are too close to be told apart, found before people find them.

The matcher has learnt every phrase; one that it still takes for another entry's stands nearer to
the other's phrases than to its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.answer import Answerer

CLOSE = 0.4  # likelihood of another entry from which a phrase is too close to it
SHOWN = 3  # phrases named of each pair


@dataclass(frozen=True, slots=True)
class Collision:
    """Phrases of `entry` that are taken for `other`, the closest first."""

    entry: str
    other: str
    phrases: tuple[str, ...]


def collisions(answerer: Answerer) -> tuple[Collision, ...]:
    """Every pair of entries that collide, those with the most phrases first."""
    found: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for entry in answerer.knowledge.advice():
        for phrase in entry.phrases:
            likely = answerer.likely(phrase)
            for other, close in likely.items():
                if other != entry.id and close >= CLOSE:
                    found[entry.id, other].append((close, phrase))
    pairs = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return tuple(
        Collision(one, other, tuple(phrase for _, phrase in sorted(close, reverse=True)))
        for (one, other), close in pairs
    )


def lines(found: tuple[Collision, ...]) -> Iterator[str]:
    """The collisions as text."""
    phrases = sum(len(one.phrases) for one in found)
    yield f"{phrases} phrases of {len(found)} pairs of entries are too close"
    for one in found:
        examples = "; ".join(repr(phrase) for phrase in one.phrases[:SHOWN])
        yield f"{one.entry} like {one.other}: {len(one.phrases)}: {examples}"
