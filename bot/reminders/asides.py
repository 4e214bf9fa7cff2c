"""What a person says to a reminder that has come: done, later, or not today."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.text import Words
from bot.answering.wordings import Wordings
from bot.knowledge.language import ReminderWords

USUAL = 60  # minutes that "later" means
LONGEST = 720


class Aside(StrEnum):
    DONE = "done"
    LATER = "later"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, and in how many minutes it is to come again."""

    aside: Aside
    minutes: int = USUAL


class AsideReader:
    """Reads messages that say one of these and nothing else: with a "but" they are no aside."""

    def __init__(self, words: ReminderWords) -> None:
        self._wordings = {
            Aside.DONE: Wordings(words.done),
            Aside.LATER: Wordings(words.later),
            Aside.SKIP: Wordings(words.skip),
        }
        self._fillers = frozenset(words.aside_fillers)
        self._numbers = words.numbers
        self._minutes, self._hours = frozenset(words.minutes), frozenset(words.hours)

    def read(self, said: Words) -> Said | None:
        """What is said by all of the words `said`, or None."""
        found, numbers = set[Aside](), list[int]()
        at = 0
        while at < len(said):
            aside, length = self._aside(said, at)
            if aside is not None:
                found.add(aside)
            elif (number := self._number(said[at])) is not None:
                numbers.append(number)
            elif said[at] not in self._fillers | self._minutes | self._hours:
                return None
            at += max(length, 1)
        if len(found) != 1:
            return None
        return Said(found.pop(), self._wait(said, numbers))

    def _aside(self, said: Words, at: int) -> tuple[Aside | None, int]:
        lengths = {aside: wordings.at(said, at) for aside, wordings in self._wordings.items()}
        longest = max(lengths, key=lengths.__getitem__)
        return (longest, lengths[longest]) if lengths[longest] else (None, 0)

    def _number(self, word: str) -> int | None:
        return int(word) if word.isdecimal() else self._numbers.get(word)

    def _wait(self, said: Words, numbers: list[int]) -> int:
        """ "10 minutes", "an hour", "2 hours"; anything else is the usual wait."""
        count = numbers[0] if len(numbers) == 1 else 1
        if not self._minutes.isdisjoint(said) and numbers:
            return min(count, LONGEST)
        return min(60 * count, LONGEST) if not self._hours.isdisjoint(said) else USUAL
