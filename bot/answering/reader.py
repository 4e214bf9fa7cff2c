"""Reading with one knowledge's eyes: its spelling, its signs, its features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.answering.features import Features, Featurizer
from bot.answering.screening import screening_features
from bot.answering.signs import Reading, Signs
from bot.answering.spelling import Spelling
from bot.answering.text import Words, words
from bot.knowledge.knowledge import Knowledge

OFTEN = 3  # times that a word stands in phrases, to be more than a slip


class Reader:
    """Turns a person's text into what triage, screening and the matcher look at."""

    def __init__(self, knowledge: Knowledge, vocabulary: tuple[str, ...] | None = None) -> None:
        """`vocabulary` is that of a former reader of this very knowledge, where it is at hand."""
        self._signs = Signs(
            signs=_all_signs(knowledge),
            harmless={flag.id: flag.not_this for flag in knowledge.red_flags.values()},
            concepts=knowledge.sign_words,
            grammar=knowledge.grammar,
        )
        self.vocabulary = vocabulary or _vocabulary(knowledge, self._listed(knowledge))
        self.spelling = Spelling(self.vocabulary, knowledge.dictionary)
        self._featurizer = Featurizer(knowledge.concepts)

    def _listed(self, knowledge: Knowledge) -> set[str]:
        wordings = (wording for group in knowledge.concepts.values() for wording in group)
        return self._signs.vocabulary() | {word for wording in wordings for word in words(wording)}

    def words(self, text: str) -> Words:
        """The words of `text`, corrected."""
        return self.spelling.correct(words(text))

    def reading(self, text: str) -> Reading:
        """The signs in `text`, and its words with their status."""
        return self._signs.read(text, self.spelling)

    def matching_features(self, of: Words) -> Features:
        return self._featurizer.features(of)

    def screening_features(self, text: str) -> Features:
        return screening_features(self._signs.told(text, self.spelling))


def _all_signs(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """The patterns of every sign: shared ones, conditions, and each red flag's own."""
    own = {id: says for flag in knowledge.red_flags.values() for id, says in flag.signs.items()}
    stated = {condition.id: condition.says for condition in knowledge.conditions.values()}
    return {**knowledge.signs, **stated, **own}


def _vocabulary(knowledge: Knowledge, listed: set[str]) -> tuple[str, ...]:
    """What mistyped words are corrected to, most used first.

    The words that the knowledge lists, and of those in phrases the ones that are proper language
    or that several people use: phrases are typed by people, too.
    """
    used = Counter(word for text in _texts(knowledge) for word in words(text))
    kept = {word for word, n in used.items() if n >= OFTEN or word in knowledge.dictionary}
    return tuple(sorted(kept | listed, key=lambda word: (-used[word], word)))


def _texts(knowledge: Knowledge) -> Iterator[str]:
    for entry in knowledge.entries():
        yield from entry.phrases
    for entry in knowledge.advice():
        yield from (entry.title, *entry.other_names)
    for examples in knowledge.examples.values():
        yield from (*examples.phrases, *examples.harmless)
    for talk in knowledge.small_talk.values():
        yield from talk.phrases
