"""The days of the week in a wish: "weekdays", "mon-thu", "every day but sunday"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapidfuzz.distance import OSA

from bot.answering.wordings import Wordings
from bot.knowledge.language import ReminderWords
from bot.reminders.tokens import COMMA, DASH, Tokens

Days = tuple[str, ...]  # of WEEK, in its order

WEEK: Days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = {WEEK: "daily", WEEK[:5]: "weekdays", WEEK[5:]: "weekends"}
_LONG = 7  # letters from which a day's name may have two that are wrong


def name(days: Days) -> str:
    """`days` as one word where there is one: "daily", "weekdays", "weekends", "mon,fri"."""
    return _NAMED.get(days, ",".join(days))


class DayReader:
    """Finds the days that a wish names."""

    def __init__(self, words: ReminderWords, is_word: Callable[[str], bool]) -> None:
        """`is_word` knows the proper words of the language: none is a mistyped day."""
        self._is_word = is_word
        groups = {group: tuple(group.split(",")) for group in words.groups}
        wordings: list[tuple[str, Days]] = [
            (w, (day,)) for day, names in words.days.items() for w in names
        ]
        wordings += [(w, groups[group]) for group, names in words.groups.items() for w in names]
        self._days = dict(wordings)
        self._long = [name for names in words.days.values() for name in names if len(name) > 5]
        self._found = Wordings(self._days)
        self._except = Wordings(words.except_)
        self._ranges = frozenset(words.ranges) | {DASH}
        self._ends = tuple({names[0][-3:] for names in words.days.values()})

    def corrected(self, said: Tokens) -> Tokens:
        """`said` with mistyped names of days put right."""
        return tuple(map(self._corrected, said))

    def read(self, said: Tokens) -> Days | None:
        """The days named in `said`, or None."""
        stretches = list(self._stretches(said))
        wanted = {day for days, out in stretches if not out and days != WEEK for day in days}
        left_out = {day for days, out in stretches if out for day in days}
        if not wanted and any(days == WEEK for days, _ in stretches):
            wanted = set(WEEK)  # "every morning" besides "on mondays" says nothing more
        if left_out and not wanted:
            wanted = set(WEEK)
        return tuple(day for day in WEEK if day in wanted - left_out) or None

    def unknown(self, said: Tokens) -> str | None:
        """A word that ends like the name of a day and is neither one nor a word, or None."""
        like = (w for w in said if w.removesuffix("s").endswith(self._ends) and len(w) > 4)
        return next((w for w in like if not self._is_word(w) and w not in self._days), None)

    def _stretches(self, said: Tokens) -> Iterator[tuple[Days, bool]]:
        """Days, and whether they are left out; an exception lasts to the end."""
        excluded, at = False, 0
        last: Days = ()
        joined = False  # whether a range word stands since the last day
        while at < len(said):
            length = self._found.at(said, at)
            if length:
                days = self._days[" ".join(said[at : at + length])]
                yield (_between(last[0], days[0]) if joined and last else days), excluded
                last, joined = (days if len(days) == 1 else ()), False
            elif said[at] in self._ranges and last:
                joined = True
                length = 1
            else:
                turn = self._except.at(said, at)
                excluded = excluded or (turn > 0 and self._names_day(said, at + turn))
                length = max(turn, 1)
                last = last if said[at] == COMMA else ()
                joined = False
            at += length

    def _names_day(self, said: Tokens, at: int) -> bool:
        """Whether a day follows within two words."""
        return any(self._found.at(said, i) for i in range(at, min(at + 3, len(said))))

    def _corrected(self, word: str) -> str:
        if len(word) < 6 or word in self._days or not word.isalpha() or self._is_word(word):
            return word
        near = [day for day in self._long if day[0] == word[0]]
        best = min(near, key=lambda day: OSA.distance(word, day), default=None)
        mistyped = 2 if len(word) >= _LONG else 1
        return best if best and OSA.distance(word, best) <= mistyped else word


def _between(first: str, last: str) -> Days:
    start, end = WEEK.index(first), WEEK.index(last)
    return tuple(WEEK[i % 7] for i in range(start, end + 1 + (7 if end < start else 0)))
