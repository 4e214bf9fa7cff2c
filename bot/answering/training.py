"""Learning a model from labelled texts, by Adagrad (Duchi et al. 2011) in mini-batches.

The order is fixed, so that the same texts always give the same model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from bot.answering.features import Features
from bot.answering.model import Floats, Ints, Keys, Model, Packed, Vector, pack, softmax

EPOCHS = 6
BATCH = 64
RATE, BIAS_RATE = 1.0, 0.01
DECAY = 1e-5
FIRST_SQUARE = 1e-3  # of Adagrad's sum of squares: keeps the first steps finite
RAREST = 3  # phrases that must have a pair or piece of a word for it to count


def learn(
    texts: Iterable[Features], classes: Sequence[int], count: int, full_length: float = 0
) -> Model:
    """A model of `texts`, of which the i-th belongs to class `classes[i]`, below `count`."""
    packed = [pack(text) for text in texts]
    keys, spread = _spread(packed)
    fixed = {
        "keys": keys,
        "rarity": np.log1p(len(packed) / np.append(spread, 1)).astype(np.float32),
        "full_length": np.array(full_length, np.float32),
    }
    blank = Model(fixed)
    learner = _Learner(len(keys), count)
    # On a busy machine BLAS threads wait for one another: 30 times slower than one alone.
    with threadpool_limits(1, user_api="blas"):
        learner.learn([blank.vector(text) for text in packed], np.asarray(classes))
    weights = learner.weights.astype(np.float16)
    return Model({**fixed, "weights": weights, "bias": learner.bias})


def _spread(texts: Sequence[Packed]) -> tuple[Keys, Ints]:
    """The features worth learning, ascending, and in how many of `texts` each stands."""
    every = np.concatenate([text.keys for text in texts])
    keys, places, spread = np.unique(every, return_inverse=True, return_counts=True)
    is_word = np.zeros(len(keys), np.bool_)
    is_word[places[np.concatenate([text.words for text in texts])]] = True
    kept = is_word | (spread >= RAREST)
    return keys[kept], spread[kept]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some texts: which features occur in them, and each occurrence with its row and weight."""

    features: Ints
    rows: Ints
    places: Ints  # in `features`
    weights: Floats
    wanted: Floats  # (texts, classes), one 1 in each row

    def texts(self) -> Floats:
        """The texts as a dense matrix (texts, features): too large to keep for all batches."""
        dense: Floats = np.zeros((len(self.wanted), len(self.features)), np.float32)
        dense[self.rows, self.places] = self.weights
        return dense


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
        now, texts = self.weights[batch.features], batch.texts()
        error = softmax(texts @ now + self.bias) - batch.wanted
        slope = texts.T @ error + np.float32(DECAY * len(error)) * now
        self._squares[batch.features] += np.sum(slope * slope, axis=1, keepdims=True)
        self.weights[batch.features] = now - RATE * slope / np.sqrt(self._squares[batch.features])
        self.bias -= np.float32(BIAS_RATE) * error.sum(axis=0)


def _batches(vectors: Sequence[Vector], classes: Ints, count: int) -> Iterator[_Batch]:
    order = np.random.default_rng(1).permutation(len(vectors))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        every = np.concatenate([vectors[text].at for text in chosen])
        features, places = np.unique(every, return_inverse=True)
        sizes = [len(vectors[text].at) for text in chosen]
        wanted = np.zeros((len(chosen), count), np.float32)
        wanted[np.arange(len(chosen)), classes[chosen]] = 1
        yield _Batch(
            features,
            np.repeat(np.arange(len(chosen)), sizes),
            places,
            np.concatenate([vectors[text].weights for text in chosen]),
            wanted,
        )
