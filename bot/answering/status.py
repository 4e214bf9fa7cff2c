"""Whether something is said to be so, to have been so, not to be so, or is only asked about.

After NegEx (Chapman et al. 2001): a denial reaches a few words ahead, until the sentence turns.
The wordings are data of the language, in grammar.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.answering.text import Words
from bot.answering.wordings import Wordings
from bot.knowledge.language import Grammar

REACH = 6  # words that a denial reaches ahead


class Status(Enum):
    CURRENT = "current"
    PAST = "past"
    DENIED = "denied"
    ASKED = "asked"  # a general question, about nobody


@dataclass(frozen=True, slots=True)
class Told:
    """How one sentence tells what it tells, word by word."""

    settings: tuple[Status, ...]  # current, past or asked
    denials: dict[int, int]  # denied word -> the denial that reaches it, or itself for "is gone"
    self_standing: frozenset[int]  # words that no denial before them reaches
    of_other: bool
    of_self: bool

    def of_word(self, at: int) -> Status:
        return Status.DENIED if at in self.denials else self.settings[at]

    def of_span(self, taken: frozenset[int]) -> Status:
        """The status of a sign made of the words at `taken`; a denial among them is its own."""
        if any(self._denied_from_outside(at, taken) for at in taken):
            return Status.DENIED
        settings = [self.settings[at] for at in sorted(taken)]
        return Status.CURRENT if Status.CURRENT in settings else settings[0]

    def _denied_from_outside(self, at: int, taken: frozenset[int]) -> bool:
        if at not in self.denials or min(taken) in self.self_standing:
            return False
        return self.denials[at] == at or self.denials[at] not in taken


class StatusReader:
    """Reads how a sentence tells what it tells."""

    def __init__(self, grammar: Grammar) -> None:
        self._deny = Wordings(grammar.deny)
        self._deny_before = Wordings(grammar.deny_before)
        self._not_denied = Wordings(grammar.not_denied)
        self._past = Wordings(grammar.past)
        self._still = Wordings(grammar.still)
        self._ask = Wordings(grammar.ask)
        self._not_asked = Wordings(grammar.not_asked)
        self._past_years = range(grammar.past_years[0], grammar.past_years[1] + 1)
        self._since = frozenset(grammar.since)
        self._turn = frozenset(grammar.turn)
        self._subject = frozenset(grammar.subject)
        self._and = frozenset(grammar.and_)
        self._or = frozenset(grammar.or_)
        self._self_standing = frozenset(grammar.self_standing)
        self._somebody = frozenset(grammar.somebody)
        self._mine = frozenset(grammar.mine)
        self._others = frozenset(grammar.others)
        self._own = frozenset(grammar.own)

    def vocabulary(self) -> set[str]:
        lists = (
            *(self._deny, self._deny_before, self._not_denied, self._past),
            *(self._still, self._ask, self._not_asked),
        )
        return {word for wordings in lists for word in wordings.words()} | self._somebody

    def read(self, sentence: Words, commas: frozenset[int], following: Words = ()) -> Told:
        """How `sentence` tells; `commas` are the positions of words that follow a comma.

        A general question is none when the sentence `following` it says "mine".
        """
        denials = dict(self._denials(sentence, commas))
        gone = (at - 1 for at, _ in self._deny_before.within(sentence) if at)
        return Told(
            settings=tuple(self._settings(sentence, commas, following)),
            denials=denials | {at: at for at in gone},
            self_standing=frozenset(
                at for at, word in enumerate(sentence) if word in self._self_standing
            ),
            of_other=bool(self._others.intersection(sentence)),
            of_self=bool(self._own.intersection(sentence)),
        )

    def _settings(
        self, sentence: Words, commas: frozenset[int], following: Words
    ) -> Iterator[Status]:
        """The past begins with the clause that names it and ends with one that names the present.

        A general question is asked up to the first comma, or to the end if it goes through a list.
        """
        setting = Status.CURRENT
        if self._asks(sentence) and not self._mine.intersection(following):
            setting = Status.ASKED
        lists = bool(self._or.intersection(sentence))
        for start, end in self._clauses(sentence, commas):
            if start in commas and setting is Status.ASKED and not lists:
                setting = Status.CURRENT
            clause = sentence[start:end]
            past = {i for at, length in self._past.within(clause) for i in range(at, at + length)}
            past |= {at for at in range(len(clause)) if self._is_past_year(clause, at)}
            still = any(at not in past for at, _ in self._still.within(clause))
            if past or still:
                setting = Status.CURRENT if still else Status.PAST
            yield from (setting,) * (end - start)

    def _asks(self, sentence: Words) -> bool:
        opens = bool(sentence) and self._ask.at(sentence, 0) and not self._not_asked.at(sentence, 0)
        return bool(opens) and not self._somebody.intersection(sentence)

    def _clauses(self, sentence: Words, commas: frozenset[int]) -> Iterator[tuple[int, int]]:
        starts = [
            at for at in range(1, len(sentence)) if at in commas or sentence[at] in self._turn
        ]
        yield from zip([0, *starts], [*starts, len(sentence)], strict=True)

    def _denials(self, sentence: Words, commas: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Each denied word with the word that denies it."""
        for at, length in self._deny.within(sentence):
            if self._not_denied.at(sentence, at):
                continue
            reach = range(at + length, min(at + length + REACH, len(sentence)))
            lists = any(sentence[i] in self._or for i in reach)
            for reached in reach:
                if self._ends(sentence, commas, reached, lists=lists):
                    break
                yield reached, at

    def _ends(self, sentence: Words, commas: frozenset[int], at: int, *, lists: bool) -> bool:
        """Whether a denial ends before the word `at`: the sentence turns or begins anew there.

        A comma ends it too, unless the denial goes through a list ("no fever, chills or pain").
        """
        if sentence[at] in self._turn or (at in commas and not lists):
            return True
        after = at in commas or sentence[at - 1] in self._and
        return after and sentence[at] in self._subject

    def _is_past_year(self, clause: Sequence[str], at: int) -> bool:
        word = clause[at]
        year = word.isdecimal() and len(word) == 4 and int(word) in self._past_years
        return year and not (at and clause[at - 1] in self._since)
