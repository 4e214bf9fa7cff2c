"""Learning a model from labelled texts, by Adagrad (Duchi et al. 2011) in mini-batches.

The order is fixed, so that the same texts always give the same model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from bot.answering.features import Features, is_word
from bot.answering.model import Floats, Ints, Model, Vector, keys_of, softmax

EPOCHS = 6
BATCH = 64
RATE, BIAS_RATE = 1.0, 0.01
DECAY = 1e-5
FIRST_SQUARE = 1e-3  # of Adagrad's sum of squares: keeps the first steps finite
RAREST = 3  # phrases that must have a pair or piece of a word for it to count


def learn(
    texts: Sequence[Features], classes: Sequence[int], count: int, full_length: float = 0
) -> Model:
    """A model of `texts`, of which `texts[i]` belongs to class `classes[i]`, below `count`."""
    spread = Counter(feature for text in texts for feature in text)
    features = [f for f, n in spread.items() if n >= RAREST or is_word(f)]
    keys, places = np.unique(keys_of(features), return_inverse=True)
    seen = np.bincount(places, [spread[feature] for feature in features])
    fixed = {
        "keys": keys,
        "rarity": np.log1p(len(texts) / np.append(seen, 1)).astype(np.float32),
        "full_length": np.array(full_length, np.float32),
    }
    blank = Model(fixed)
    learner = _Learner(len(keys), count)
    # On a busy machine BLAS threads wait for one another: 30 times slower than one alone.
    with threadpool_limits(1, user_api="blas"):
        learner.learn([blank.vector(text) for text in texts], np.asarray(classes))
    weights = learner.weights.astype(np.float16)
    return Model({**fixed, "weights": weights, "bias": learner.bias})


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some texts as a dense matrix over just those features that occur in them."""

    features: Ints
    texts: Floats  # (texts, features)
    wanted: Floats  # (texts, classes), one 1 in each row


class _Learner:
    def __init__(self, features: int, count: int) -> None:
        self.weights: Floats = np.zeros((features, count), np.float32)
        self.bias: Floats = np.zeros(count, np.float32)
        self._squares: Floats = np.full((features, 1), FIRST_SQUARE, np.float32)

    def learn(self, vectors: Sequence[Vector], classes: Ints) -> None:
        batches = list(_batches(vectors, classes, len(self.bias)))
        for _ in range(EPOCHS):
            for batch in batches:
                self._step(batch)

    def _step(self, batch: _Batch) -> None:
        now = self.weights[batch.features]
        error = softmax(batch.texts @ now + self.bias) - batch.wanted
        slope = batch.texts.T @ error + np.float32(DECAY * len(error)) * now
        self._squares[batch.features] += np.sum(slope * slope, axis=1, keepdims=True)
        self.weights[batch.features] = now - RATE * slope / np.sqrt(self._squares[batch.features])
        self.bias -= np.float32(BIAS_RATE) * error.sum(axis=0)


def _batches(vectors: Sequence[Vector], classes: Ints, count: int) -> Iterator[_Batch]:
    order = np.random.default_rng(1).permutation(len(vectors))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        every = np.concatenate([vectors[row].at for row in rows])
        features, places = np.unique(every, return_inverse=True)
        texts = np.zeros((len(rows), len(features)), np.float32)
        sizes = [len(vectors[row].at) for row in rows]
        texts[np.repeat(np.arange(len(rows)), sizes), places] = np.concatenate(
            [vectors[row].weights for row in rows]
        )
        wanted = np.zeros((len(rows), count), np.float32)
        wanted[np.arange(len(rows)), classes[rows]] = 1
        yield _Batch(features, texts, wanted)
