"""Which entries a query is about, best first, and how likely it is about something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bot.answering.learning import Learned, classes
from bot.answering.model import Floats, Packed
from bot.answering.reader import Reader
from bot.answering.text import Words
from bot.knowledge.knowledge import Knowledge

SHOWN = 3  # entries that a ranking names


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and how likely the query is about it, 0 to 100."""

    entry: str
    score: float


class Likelihoods(Mapping[str, float]):
    """How likely (0 to 1) a query is about each entry, looked up in the model's own array."""

    def __init__(self, places: Mapping[str, int], probabilities: Floats) -> None:
        self._places = places
        self._probabilities = probabilities

    def __getitem__(self, entry: str) -> float:
        return float(self._probabilities[self._places[entry]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best matches among the entries, and how likely (0 to 1) it is one of the entries."""

    matches: tuple[Match, ...]
    in_scope: float
    small_talk: str | None  # the kind that is likelier than anything else
    known: float  # share of the query's words that the knowledge or the language knows
    likely: Mapping[str, float]  # of each entry


class Matcher:
    """Ranks the entries of one knowledge for any text."""

    def __init__(self, knowledge: Knowledge, reader: Reader, learned: Learned) -> None:
        self._reader = reader
        self._model = learned.matching
        self._classes = [name for name, _ in classes(knowledge)]
        others = knowledge.small_talk.keys() | knowledge.out_of_scope.keys()
        self._places = {name: at for at, name in enumerate(self._classes) if name not in others}
        self._is_entry = np.array([name not in others for name in self._classes])
        self._small_talk = frozenset(knowledge.small_talk)

    def rank(self, query: Words, packed: Packed) -> Ranking:
        """The ranking of the entries for the corrected words `query`, also as `packed` features."""
        likely = self._model.probabilities(packed)
        entries = np.where(self._is_entry, likely, -1)
        nearest = np.argpartition(-entries, min(SHOWN, len(entries) - 1))[:SHOWN]
        best = [i for i in nearest[np.argsort(-entries[nearest])] if self._is_entry[i]]
        top = self._classes[int(np.argmax(likely))]
        known = [self._reader.spelling.knows(word) for word in query]
        return Ranking(
            matches=tuple(Match(self._classes[i], round(100 * float(likely[i]), 1)) for i in best),
            in_scope=float(likely[self._is_entry].sum()),
            small_talk=top if top in self._small_talk else None,
            known=sum(known) / len(known) if known else 0.0,
            likely=Likelihoods(self._places, likely),
        )
