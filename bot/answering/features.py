"""What the matcher sees of a text: words, pairs of words, pieces of words, and concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.answering.text import Words, words

# Weights against a whole word's. A concept must stay below it, or every message that names a hip
# would look in scope; the pieces of one word together weigh about as much as the word.
PAIR, PIECE, CONCEPT = 0.5, 0.25, 0.9
PIECE_LENGTHS = (3, 4)  # letters

Feature = str
Features = dict[Feature, float]


class Featurizer:
    """Turns corrected words into features; one letter before the feature tells its kind apart."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        self._concepts: dict[str, list[tuple[Words, str]]] = defaultdict(list)
        for concept, wordings in concepts.items():
            for run in map(words, wordings):
                self._concepts[run[0]].append((run, concept))

    def features(self, of: Words) -> Features:
        """Each feature of the words `of` once, with the weight of its kind."""
        found: Features = {}
        for word in of:
            found[f"w{word}"] = 1.0
            for piece in pieces(word):
                found[f"p{piece}"] = PIECE
        for pair in zip(("^", *of), (*of, "$"), strict=True):
            found[f"b{pair[0]} {pair[1]}"] = PAIR
        for concept in self.named(of):
            found[f"c{concept}"] = CONCEPT
        return found

    def named(self, of: Words) -> Iterator[str]:
        """The concepts that the words `of` name."""
        for at, word in enumerate(of):
            for run, concept in self._concepts.get(word, ()):
                if of[at : at + len(run)] == run:
                    yield concept


def is_word(feature: Feature) -> bool:
    return feature[0] == "w"


def pieces(word: str) -> Iterator[str]:
    framed = f"<{word}>"
    for length in PIECE_LENGTHS:
        for at in range(len(framed) - length + 1):
            yield framed[at : at + length]
