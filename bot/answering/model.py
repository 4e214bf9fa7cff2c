"""A linear model of which class a text belongs to: softmax regression over weighted features.

Each class is scored as a whole, over all of its phrases. A text's vector has length 1, words that
no phrase has used counted in, so that a text of mostly unknown words scores low everywhere.
Features weigh log(1 + N/n) for n of N phrases that have them. A model may ask for a full length:
a text that falls short of it has less than length 1, and weighs less against the prior.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.answering.features import Features, is_word

# Of a model: "keys" (features, ascending), "rarity" (features + 1; the last for unknown words),
# "weights" (features, classes; in half precision), "bias" (classes), "full_length" (one number,
# 0 for none).
Arrays = Mapping[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Keys = npt.NDArray[np.uint32]

SHARPNESS = 2.0  # of the likelihoods: makes a score of 80 right about 80 times in 100


@dataclass(frozen=True, slots=True)
class Packed:
    """The features of a text, also as arrays: keys, the weights of their kinds, which are words."""

    features: Features
    keys: Keys
    kinds: Floats
    words: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Vector:
    """Features known to the model by number, and their weights; the whole has length 1 or less."""

    at: Ints
    weights: Floats


class Model:
    """Tells how likely a text belongs to each class. See training.py for how one is learnt."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._keys: Keys = arrays["keys"]
        self._rarity: Floats = arrays["rarity"]
        self._unknown = float(arrays["rarity"][-1])
        self._full_length = float(arrays["full_length"])

    def probabilities(self, text: Packed) -> Floats:
        """One probability a class; they sum to 1."""
        vector = self.vector(text)
        weights = self.arrays["weights"][vector.at].astype(np.float32)
        return softmax(SHARPNESS * (vector.weights @ weights + self.arrays["bias"]))

    def vector(self, text: Packed) -> Vector:
        at = np.searchsorted(self._keys, text.keys)
        at[at == len(self._keys)] = 0
        known = self._keys[at] == text.keys
        unknown = np.count_nonzero(text.words & ~known)
        places = at[known]
        weights = text.kinds[known] * self._rarity[places]
        length = float(np.sqrt(weights @ weights + unknown * self._unknown**2))
        return Vector(places, weights / np.float32(max(length, self._full_length) or 1))


def pack(text: Features) -> Packed:
    """`text` with a number for each feature, the same on every machine.

    A dictionary of the features themselves would take 15 MB. Of 100,000 features one or two pairs
    share a number by chance; that costs no more than a mistaken piece of a word.
    """
    return Packed(
        text,
        np.array([crc32(feature.encode()) for feature in text], np.uint32),
        np.fromiter(text.values(), np.float32, len(text)),
        np.array([is_word(feature) for feature in text], np.bool_),
    )


def softmax(scores: Floats) -> Floats:
    raised: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return total
