"""Which entries a query is about, best first, and how likely it is about something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from bot.answering.learning import Learned, classes
from bot.answering.model import Packed
from bot.answering.reader import Reader
from bot.answering.text import Words
from bot.knowledge.knowledge import Knowledge

SHOWN = 3  # entries that a ranking names


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and how likely the query is about it, 0 to 100."""

    entry: str
    score: float


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
        self._entries = [at for at, name in enumerate(self._classes) if name not in others]
        self._small_talk = frozenset(knowledge.small_talk)

    def rank(self, query: Words, packed: Packed) -> Ranking:
        """The ranking of the entries for the corrected words `query`, also as `packed` features."""
        likely = self._model.probabilities(packed).tolist()
        best = nlargest(SHOWN, self._entries, key=likely.__getitem__)
        top = self._classes[max(range(len(likely)), key=likely.__getitem__)]
        known = [self._reader.spelling.knows(word) for word in query]
        return Ranking(
            matches=tuple(Match(self._classes[at], round(100 * likely[at], 1)) for at in best),
            in_scope=sum(likely[at] for at in self._entries),
            small_talk=top if top in self._small_talk else None,
            known=sum(known) / len(known) if known else 0.0,
            likely={self._classes[at]: likely[at] for at in self._entries},
        )
