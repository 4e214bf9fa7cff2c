"""The plain sibling of the trained model, for knowledge too large to train on while one waits.

Each class is the mean of its texts (Rocchio 1971); a text's likelihood is the softmax of its
cosines with the classes. Kept as postings, so that the cost grows with the classes that share
a feature with the text and not with all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from bot.answering.features import Feature, Features, is_word
from bot.answering.model import Floats, Ints, Packed

SHARPNESS = 25.0  # of the softmax over cosines


class Centroids:
    """Learns classes from texts, and tells how likely a new text belongs to each."""

    def __init__(self, of: Iterable[Features], classes: Sequence[int], count: int) -> None:
        texts = list(of)
        spread = Counter(feature for text in texts for feature in text)
        self._rarity = {f: float(np.log1p(len(texts) / n)) for f, n in spread.items()}
        self._unknown = float(np.log1p(len(texts)))
        self._count = count
        self._postings = self._gather(texts, classes)

    def probabilities(self, text: Packed) -> Floats:
        """One probability a class; they sum to 1."""
        found = [
            (self._postings[f], w)
            for f, w in self._vector(text.features).items()
            if f in self._postings
        ]
        if not found:
            return np.full(self._count, 1 / self._count, np.float32)
        at = np.concatenate([classes for (classes, _), _ in found])
        weights = np.concatenate([values * np.float32(w) for (_, values), w in found])
        scores = SHARPNESS * np.bincount(at, weights, minlength=self._count)
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum(), np.float32)

    def _vector(self, text: Features) -> Features:
        weighed = {f: w * self._rarity.get(f, self._unknown) for f, w in text.items()}
        counted = (w for f, w in weighed.items() if f in self._rarity or is_word(f))
        length = float(np.sqrt(sum(w * w for w in counted))) or 1.0
        return {f: w / length for f, w in weighed.items() if f in self._rarity}

    def _gather(
        self, texts: Sequence[Features], classes: Sequence[int]
    ) -> dict[Feature, tuple[Ints, Floats]]:
        sums: dict[int, Features] = defaultdict(lambda: defaultdict(float))
        for text, number in zip(texts, classes, strict=True):
            for feature, weight in self._vector(text).items():
                sums[number][feature] += weight
        postings: dict[Feature, list[tuple[int, float]]] = defaultdict(list)
        for number, centroid in sums.items():
            length = float(np.sqrt(sum(w * w for w in centroid.values()))) or 1.0
            for feature, weight in centroid.items():
                postings[feature].append((number, weight / length))
        return {
            feature: (
                np.array([n for n, _ in pairs], np.intp),
                np.array([w for _, w in pairs], np.float32),
            )
            for feature, pairs in postings.items()
        }
