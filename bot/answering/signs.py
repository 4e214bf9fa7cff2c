"""Signs: what a person says is the case, was the case, is not the case, or only asks about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.patterns import Patterns
from bot.answering.spelling import Spelling
from bot.answering.status import Status, StatusReader, Told
from bot.answering.text import COMMA, Words, sentences
from bot.knowledge.language import Grammar

WINDOW, OVERLAP = 60, 20  # a sentence without an end is read in windows of so many words


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that was found.

    `of_other`: the sentence speaks of somebody else than the writer; `of_self`: of the writer, too.
    """

    id: str
    status: Status
    of_other: bool = False
    of_self: bool = False
    hidden_from: frozenset[str] = frozenset()  # red flags that call its wording harmless


# The words of one sentence, each with its status.
ToldWords = tuple[tuple[str, Status], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What triage and screening see of a message: its signs, and its words with their status."""

    signs: frozenset[Sign]
    sentences: tuple[ToldWords, ...]

    @property
    def words(self) -> Words:
        return tuple(word for sentence in self.sentences for word, _ in sentence)

    @property
    def of_other(self) -> bool:
        return any(sign.of_other for sign in self.signs)


class Signs:
    """Finds the signs that the knowledge knows in a message."""

    def __init__(
        self,
        signs: Mapping[str, Sequence[str]],
        harmless: Mapping[str, Sequence[str]],
        concepts: Mapping[str, Sequence[str]],
        grammar: Grammar,
    ) -> None:
        """Patterns of each sign, and of the harmless wordings of each red flag."""
        self._signs = Patterns(signs, concepts)
        self._harmless = Patterns(harmless, concepts)
        self._status = StatusReader(grammar)

    def vocabulary(self) -> set[str]:
        return self._signs.vocabulary() | self._harmless.vocabulary() | self._status.vocabulary()

    def read(self, text: str, spelling: Spelling) -> Reading:
        """The signs in `text`, one perhaps with more than one status, and its words."""
        signs: set[Sign] = set()
        said = []
        for words, told in self._sentences(text, spelling):
            signs.update(self._found(words, told))
            said.append(_told_words(words, told))
        return Reading(frozenset(signs), tuple(said))

    def told(self, text: str, spelling: Spelling) -> tuple[ToldWords, ...]:
        """The words of `text` with their status, without looking for signs."""
        return tuple(_told_words(words, told) for words, told in self._sentences(text, spelling))

    def _sentences(self, text: str, spelling: Spelling) -> Iterator[tuple[Words, Told]]:
        windows = [window for sentence in sentences(text) for window in _windows(sentence)]
        plain = [spelling.correct(tuple(w for w in window if w != COMMA)) for window in windows]
        for window, words, following in zip(windows, plain, [*plain, ()][1:], strict=True):
            yield words, self._status.read(words, _comma_positions(window), following)

    def _found(self, words: Words, told: Told) -> Iterator[Sign]:
        masks = self._harmless.find(words)
        for id, taken in self._signs.find(words):
            hidden = frozenset(flag for flag, covered in masks if covered & taken)
            yield Sign(id, told.of_span(taken), told.of_other, told.of_self, hidden)


def _told_words(words: Words, told: Told) -> ToldWords:
    return tuple((word, told.of_word(at)) for at, word in enumerate(words))


def _comma_positions(window: Words) -> frozenset[int]:
    """Positions, in the window without commas, of the words that follow one."""
    positions, at = set(), 0
    for word in window:
        if word == COMMA:
            positions.add(at)
        else:
            at += 1
    return frozenset(positions)


def _windows(sentence: Words) -> Iterator[Words]:
    for start in range(0, max(1, len(sentence) - OVERLAP), WINDOW - OVERLAP):
        yield sentence[start : start + WINDOW]
