"""Reading with one knowledge's eyes: its spelling, its signs, its features."""

from __future__ import annotations

from bot.answering.features import Features, Featurizer
from bot.answering.screening import screening_features
from bot.answering.signs import Reading, Signs
from bot.answering.spelling import Spelling
from bot.answering.text import Words, words
from bot.knowledge.knowledge import Knowledge


class Reader:
    """Turns a person's text into what triage, screening and the matcher look at."""

    def __init__(self, knowledge: Knowledge, vocabulary: frozenset[str] | None = None) -> None:
        """`vocabulary` is that of a former reader of this very knowledge, where it is at hand."""
        self._signs = Signs(
            signs=all_signs(knowledge),
            harmless={flag.id: flag.not_this for flag in knowledge.red_flags.values()},
            concepts=knowledge.sign_words,
            grammar=knowledge.grammar,
        )
        self.vocabulary = vocabulary or _vocabulary(knowledge) | self._signs.vocabulary()
        self.spelling = Spelling(self.vocabulary, knowledge.dictionary)
        self._featurizer = Featurizer(knowledge.concepts)

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


def all_signs(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """The patterns of every sign: shared ones, conditions, and each red flag's own."""
    own = {id: says for flag in knowledge.red_flags.values() for id, says in flag.signs.items()}
    stated = {condition.id: condition.says for condition in knowledge.conditions.values()}
    return {**knowledge.signs, **stated, **own}


def _vocabulary(knowledge: Knowledge) -> frozenset[str]:
    texts = [phrase for entry in knowledge.entries() for phrase in entry.phrases]
    texts += [name for entry in knowledge.advice() for name in (entry.title, *entry.other_names)]
    texts += [phrase for e in knowledge.examples.values() for phrase in (*e.phrases, *e.harmless)]
    texts += [phrase for talk in knowledge.small_talk.values() for phrase in talk.phrases]
    texts += [wording for wordings in knowledge.concepts.values() for wording in wordings]
    return frozenset(word for text in texts for word in words(text))
