"""Looking up runs of words in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.answering.text import Words


class Wordings:
    """Runs of words, to be found in a sentence."""

    def __init__(self, wordings: Iterable[str]) -> None:
        self._by_first: dict[str, list[Words]] = defaultdict(list)
        for wording in wordings:
            run = tuple(wording.split())
            self._by_first[run[0]].append(run)

    def words(self) -> set[str]:
        return {word for runs in self._by_first.values() for run in runs for word in run}

    def at(self, sentence: Words, at: int) -> int:
        """How many words from `at` on are one of the wordings, the longest; 0 if none is."""
        runs = self._by_first.get(sentence[at])
        if runs is None:
            return 0
        return max((len(r) for r in runs if sentence[at : at + len(r)] == r), default=0)

    def within(self, sentence: Words) -> Iterator[tuple[int, int]]:
        """Start and length of each wording in the sentence."""
        for at in range(len(sentence)):
            length = self.at(sentence, at)
            if length:
                yield at, length
