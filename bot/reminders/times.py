"""The time of day in a wish: "7.30", "half past seven", "six in the evening", "19h", "noon"."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import time

from bot.answering.wordings import Wordings
from bot.knowledge.language import ReminderWords
from bot.reminders.tokens import TIME, Tokens


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it was said: `length` tokens from `at` on; None for one that no day has."""

    at: int
    length: int
    time: time | None
    exact: bool = False  # with its minutes, or with am or pm


class TimeReader:
    """Finds the times of day that a wish names."""

    def __init__(self, words: ReminderWords) -> None:
        self._words = words
        self._afternoon, self._forenoon = Wordings(words.afternoon), Wordings(words.forenoon)
        self._noon, self._midnight = Wordings(words.noon), Wordings(words.midnight)
        self._at = frozenset(words.at)
        self._units = frozenset(words.units)
        self._oclock = Wordings(words.oclock)

    def read(self, said: Tokens, free: AbstractSet[int]) -> list[Moment]:
        """The moments in `said`, in their order.

        `free` are the places at which a bare number may be an hour ("daily 7").
        """
        found, at = list[Moment](), 0
        while at < len(said):
            moment = self._moment(said, at, bare=at in free)
            if moment is not None:
                found.append(moment)
            at += moment.length if moment else 1
        return found

    def _moment(self, said: Tokens, at: int, *, bare: bool) -> Moment | None:
        for wordings, hour in ((self._noon, 12), (self._midnight, 0)):
            if length := wordings.at(said, at):
                return Moment(at, length, time(hour))
        read = next(filter(None, self._ways(said, at, bare=bare)), None)
        if read is None:
            return None
        hour, minute, length = read
        half, more = self._half_of_day(said, at + length)
        exact = more > 0 or length > 1 or not said[at].isalnum() or len(said[at]) > 2
        return Moment(at, length + more, _clock(hour, minute, half, sure=more > 0), exact)

    def _ways(self, said: Tokens, at: int, *, bare: bool) -> Iterator[tuple[int, int, int] | None]:
        """Hour, minute and how many tokens, for each way in which a time may be said here."""
        yield self._against_the_hour(said, at)
        yield _digital(said[at])
        yield self._spoken(said, at)
        yield self._hour(said, at, bare=bare)

    def _against_the_hour(self, said: Tokens, at: int) -> tuple[int, int, int] | None:
        """ "half past 7", "quarter to 8", "10 minutes past 6", and the British "half 7"."""
        first, rest = said[at], said[at + 1 :]
        minutes = 30 if first in self._words.half else 15 if first in self._words.quarter else None
        if minutes is None and first.isdecimal() and 0 < int(first) < 30:
            minutes = int(first)
        if minutes is None:
            return None
        skipped = 1 if rest and rest[0] in self._words.units and not first.isalpha() else 0
        if len(rest) > skipped + 1 and rest[skipped + 1].isdecimal():
            hour, join = int(rest[skipped + 1]), rest[skipped]
            if join in self._words.past:
                return hour, minutes, skipped + 3
            if join in self._words.before and not (first.isdecimal() and hour > 24):
                return ((hour - 1) % 24 or 12, 60 - minutes, skipped + 3) if hour <= 24 else None
        if first in self._words.half and rest and rest[0].isdecimal() and int(rest[0]) <= 12:
            return int(rest[0]), 30, 2
        return None

    def _spoken(self, said: Tokens, at: int) -> tuple[int, int, int] | None:
        """ "6 30", "7 oh 5" is not said so often; hours and minutes as two numbers."""
        pair = said[at : at + 2]
        if len(pair) == 2 and all(token.isdecimal() for token in pair):
            hour, minute = map(int, pair)
            follows = said[at + 2] if at + 2 < len(said) else ""
            if hour <= 24 and len(pair[1]) == 2 and minute < 60 and follows not in self._units:
                return hour, minute, 2
        return None

    def _hour(self, said: Tokens, at: int, *, bare: bool) -> tuple[int, int, int] | None:
        """ "7 pm", "19 h", "at 7", and where a `bare` number may stand, "7"."""
        token = said[at]
        if not token.isdecimal():
            return None
        before = said[at - 1] if at else ""
        after = said[at + 1] if at + 1 < len(said) else ""
        number = int(token)
        marked = bool(after) and bool(self._oclock.at(said, at + 1))
        marked = marked or (after in self._words.hours and (number > 12 or before in self._at))
        half = after in ("am", "pm")
        if len(token) in (3, 4) and (marked or half or before in self._at or bare):
            return number // 100, number % 100, 2 if marked else 1
        if half or marked:
            return number, 0, 2 if marked else 1
        if after in self._units or len(token) > 2:
            return None
        bare = bare or before in self._at or self._part_follows(said, at + 1)
        return (number, 0, 1) if bare else None

    def _part_follows(self, said: Tokens, at: int) -> bool:
        """Whether "in the morning" or the like comes next."""
        near = range(at, min(at + 3, len(said)))
        return any(self._forenoon.at(said, i) or self._afternoon.at(said, i) for i in near)

    def _half_of_day(self, said: Tokens, end: int) -> tuple[str | None, int]:
        """Whether "am" or "pm" was said, or is meant, and how many tokens after say so.

        Of several parts of the day that are named the nearest counts, rather one that follows.
        """
        if end < len(said) and said[end] in ("am", "pm"):
            return said[end], 1
        named = [(_distance(at, end), "am") for at, _ in self._forenoon.within(said)]
        named += [(_distance(at, end), "pm") for at, _ in self._afternoon.within(said)]
        return (min(named)[1], 0) if named else (None, 0)


def _distance(at: int, end: int) -> int:
    """Tokens between a time that ends at `end` and a part of the day; one before it is farther."""
    return at - end if at >= end else 2 * (end - at)


def _digital(token: str) -> tuple[int, int, int] | None:
    match = TIME.fullmatch(token)
    return (int(match[1]), int(match[2]), 1) if match else None


def _clock(hour: int, minute: int, half: str | None, *, sure: bool) -> time | None:
    """The time of day; `sure` where am or pm stands right after the hour, and must agree."""
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if sure and hour > 12:
        return None
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12 and sure:
        hour = 0
    return time(hour % 24, minute)
