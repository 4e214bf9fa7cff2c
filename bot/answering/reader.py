"""Reading with one knowledge's eyes: its spelling, its signs, its features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.answering.features import Features, Featurizer
from bot.answering.fitting import Wanted
from bot.answering.model import Packed, pack
from bot.answering.patterns import Patterns
from bot.answering.screening import screening_features
from bot.answering.signs import Reading, Signs, ToldWords
from bot.answering.spelling import Spelling
from bot.answering.status import Status
from bot.answering.text import Words, words
from bot.answering.wordings import Wordings
from bot.knowledge.knowledge import Knowledge
from bot.reminders.wording import vocabulary

DENIED_WITHIN = 3  # words before a wish: "no equipment in bed" does not refuse the bed
OFTEN = 3  # times that a word stands in phrases, to be more than a slip


class Reader:
    """Turns a person's text into what triage, screening and the matcher look at."""

    def __init__(self, knowledge: Knowledge, known: tuple[str, ...] | None = None) -> None:
        """`known` is the vocabulary of a former reader of this very knowledge."""
        self._signs = Signs(
            signs=_all_signs(knowledge),
            harmless={flag.id: flag.not_this for flag in knowledge.red_flags.values()},
            concepts=knowledge.sign_words,
            grammar=knowledge.grammar,
        )
        self.vocabulary = known or _vocabulary(knowledge, self._listed(knowledge))
        self.spelling = Spelling(self.vocabulary, knowledge.dictionary)
        self._featurizer = Featurizer(knowledge.concepts)
        self._prepositions = frozenset(knowledge.grammar.prepositions)
        self._deny = Wordings(knowledge.grammar.deny)
        self._wishes = tuple(knowledge.wishes.values())
        self._wish_patterns = Patterns(
            {
                **{wish.id: wish.says for wish in self._wishes},
                **{_refusal(wish.id): wish.refuses for wish in self._wishes},
            },
            {**knowledge.sign_words, **knowledge.wish_words},
        )

    def _listed(self, knowledge: Knowledge) -> set[str]:
        wordings = (wording for group in knowledge.concepts.values() for wording in group)
        said = {word for wording in wordings for word in words(wording)}
        return self._signs.vocabulary() | said | set(vocabulary(knowledge.reminder_words))

    def words(self, text: str) -> Words:
        """The words of `text`, corrected."""
        return self.spelling.correct(words(text))

    def reading(self, text: str) -> Reading:
        """The signs in `text`, and its words with their status."""
        return self._signs.read(text, self.spelling)

    def wanted(self, reading: Reading) -> tuple[Wanted, ...]:
        """The wishes that a message tells, most important first; one denied is one refused."""
        found: dict[str, bool] = {}
        for sentence in reading.sentences:
            words = tuple(word for word, _ in sentence)
            for id, taken in self._wish_patterns.find(words):
                denied = self._denied(sentence, min(taken))
                found[id] = found.get(id, True) and denied
        wanted = []
        for wish in self._wishes:
            if _refusal(wish.id) in found or found.get(wish.id):
                wanted.append(Wanted(wish, refused=True))
            elif wish.id in found:
                wanted.append(Wanted(wish))
        return tuple(wanted)

    def _denied(self, sentence: ToldWords, at: int) -> bool:
        """Whether the wish that begins at `at` is denied by what stands right before it."""
        words = tuple(word for word, _ in sentence[:at])
        within = 1 if sentence[at][0] in self._prepositions else DENIED_WITHIN
        near = range(max(0, at - within), at)
        return sentence[at][1] is Status.DENIED and any(self._deny.at(words, i) for i in near)

    def matching_features(self, of: Words) -> Features:
        return self._featurizer.features(of)

    def packed(self, of: Words) -> Packed:
        """The matching features of the words `of` as arrays."""
        return pack(self._featurizer.features(of))

    def screening_features(self, text: str) -> Features:
        return screening_features(self._signs.told(text, self.spelling))


def _refusal(wish: str) -> str:
    return f"no {wish}"


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
    for turn in knowledge.turns.values():
        yield from turn.phrases
    for request in knowledge.requests.values():
        yield from request.phrases
