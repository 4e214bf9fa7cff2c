from __future__ import annotations

import numpy as np
import pytest

from bot.answering.centroids import Centroids
from bot.answering.features import Features, Featurizer
from bot.answering.model import Model, pack
from bot.answering.text import words
from bot.answering.training import learn

TEXTS = {
    "stretch my hip": 0,
    "a good hip stretch": 0,
    "loosen the hip": 0,
    "my back hurts": 1,
    "sore back again": 1,
    "ache in the back": 1,
}
FEATURIZER = Featurizer({"sore": ["hurts", "sore", "ache", "painful"]})


def features(text: str) -> Features:
    return FEATURIZER.features(words(text))


@pytest.fixture(params=[learn, Centroids], ids=["trained", "centroids"])
def model(request: pytest.FixtureRequest) -> Model | Centroids:
    learnt: Model | Centroids = request.param(list(map(features, TEXTS)), list(TEXTS.values()), 2)
    return learnt


@pytest.mark.parametrize(
    ("text", "expected"), [("hip stretch please", 0), ("back is sore", 1), ("painful back", 1)]
)
def test_tells_classes_apart(model: Model | Centroids, text: str, expected: int) -> None:
    likely = model.probabilities(pack(features(text)))
    assert int(likely.argmax()) == expected
    assert likely.sum() == pytest.approx(1)


def test_unknown_words_make_it_less_sure(model: Model | Centroids) -> None:
    plain = model.probabilities(pack(features("stretch my hip")))
    diluted = model.probabilities(pack(features("stretch my quarterly invoice template hip")))
    assert diluted.max() < plain.max()


def test_nothing_known_is_nobodys(model: Model | Centroids) -> None:
    assert model.probabilities(pack(features("xyzzy"))).max() < 0.7


def test_short_of_its_full_length_a_text_weighs_less() -> None:
    texts, classes = list(map(features, TEXTS)), list(TEXTS.values())
    plain, damped = learn(texts, classes, 2), learn(texts, classes, 2, full_length=100)
    one_word = features("hip")
    assert damped.probabilities(pack(one_word)).max() < plain.probabilities(pack(one_word)).max()


def test_the_same_texts_give_the_same_model() -> None:
    one, two = (learn(list(map(features, TEXTS)), list(TEXTS.values()), 2) for _ in range(2))
    assert np.array_equal(one.arrays["weights"], two.arrays["weights"])


def test_a_model_is_its_arrays() -> None:
    learnt = learn(list(map(features, TEXTS)), list(TEXTS.values()), 2)
    again = Model(learnt.arrays)
    for text in TEXTS:
        assert np.array_equal(
            again.probabilities(pack(features(text))),
            learnt.probabilities(pack(features(text))),
        )
