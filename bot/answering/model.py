"""A linear model of which class a text belongs to: softmax regression over weighted features.

Each class is scored as a whole, over all of its phrases. A text's vector has length 1, words that
no phrase has used counted in, so that a text of mostly unknown words scores low everywhere.
Features weigh log(1 + N/n) for n of N phrases that have them. A model may ask for a full length:
a text that falls short of it has less than length 1, and weighs less against the prior.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.answering.features import Feature, Features, is_word

# Of a model: "rarity" (features + 1; the last for unknown words), "weights" (features, classes),
# in half precision, "bias" (classes), and "full_length" (one number, 0 for none).
Arrays = Mapping[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]

SHARPNESS = 2.0  # of the likelihoods: makes a score of 80 right about 80 times in 100


@dataclass(frozen=True, slots=True)
class Vector:
    """Features known to the model by number, and their weights; the whole has length 1 or less."""

    at: Ints
    weights: Floats


class Model:
    """Tells how likely a text belongs to each class. See training.py for how one is learnt."""

    def __init__(self, features: Sequence[Feature], arrays: Arrays) -> None:
        self.arrays = arrays
        self._numbers = {feature: number for number, feature in enumerate(features)}
        self._rarity: Floats = arrays["rarity"].astype(np.float32)
        self._unknown = float(self._rarity[-1])
        self._full_length = float(arrays["full_length"])

    @property
    def features(self) -> tuple[Feature, ...]:
        return tuple(self._numbers)

    def probabilities(self, text: Features) -> Floats:
        """One probability a class; they sum to 1."""
        vector = self.vector(text)
        weights = self.arrays["weights"][vector.at].astype(np.float32)
        return softmax(SHARPNESS * (vector.weights @ weights + self.arrays["bias"]))

    def vector(self, text: Features) -> Vector:
        at, kinds, unknown = [], [], 0
        for feature, kind in text.items():
            number = self._numbers.get(feature)
            if number is not None:
                at.append(number)
                kinds.append(kind)
            elif is_word(feature):
                unknown += 1
        places = np.asarray(at, np.intp)
        known = np.asarray(kinds, np.float32) * self._rarity[places]
        length = float(np.sqrt(known @ known + unknown * self._unknown**2))
        return Vector(places, known / np.float32(max(length, self._full_length) or 1))


def softmax(scores: Floats) -> Floats:
    raised: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return total
