"""Correcting the words that nobody knows, with rapidfuzz, against the knowledge's own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answering.text import Words

SHORTEST = 4  # letters: a shorter word has too many neighbours
SIMILARITY = 0.70  # normalized optimal string alignment
REMEMBERED = 20_000  # corrections kept; a public bot must not grow with what people mistype


class Spelling:
    """Corrects words that are neither in the knowledge nor proper language."""

    def __init__(self, vocabulary: Iterable[str], dictionary: Collection[str]) -> None:
        """`vocabulary` comes in order of preference: of two words as near, the first is meant."""
        ordered = tuple(vocabulary)
        self.vocabulary = frozenset(ordered)
        self._dictionary = dictionary
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in ordered:
            self._by_length[len(word)].append(word)
        self._remembered: dict[str, str] = {}

    def correct(self, words: Words) -> Words:
        """`words` with each unknown one replaced by its nearest known neighbour, if near enough."""
        return tuple(map(self._correct, words))

    def knows(self, word: str) -> bool:
        return word in self.vocabulary or word in self._dictionary

    def _correct(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word):
            return word
        if word not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._nearest(word) or word
        return self._remembered[word]

    def _nearest(self, word: str) -> str | None:
        reach = 1 if len(word) < 6 else 2
        lengths = range(len(word) - reach, len(word) + reach + 1)
        near = [w for length in lengths for w in self._by_length.get(length, ())]
        found = process.extractOne(
            word, near, scorer=OSA.normalized_similarity, score_cutoff=SIMILARITY
        )
        return found[0] if found else None
