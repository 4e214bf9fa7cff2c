"""One sentence about reminders -> what is wished: an action, a time, days, a zone.

The words are data of the language (reminder-words.yaml); how they are put together is here. Own
code, since the libraries at hand read moments, not wishes: see tests/benchmarks/wording.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from itertools import pairwise

from bot.answering.patterns import Patterns
from bot.answering.spelling import Spelling
from bot.answering.text import Words
from bot.answering.wordings import Wordings
from bot.knowledge.language import ReminderWords
from bot.reminders.asides import AsideReader
from bot.reminders.dates import DateReader
from bot.reminders.days import DayReader, Days
from bot.reminders.places import Places
from bot.reminders.times import Moment, TimeReader
from bot.reminders.tokens import Tokens, counted, split
from bot.reminders.whereabouts import Whereabouts
from bot.reminders.zones import Zone, ZoneReader

_UNSUPPORTED, _ABOUT, _NOT_ABOUT = "unsupported", "about", "not about"
LONGEST = 200  # tokens read of a message


class Action(StrEnum):
    SET = "set"
    CHANGE = "change"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    LIST = "list"
    UNSUPPORTED = "unsupported"  # understood, and not to be had
    INVALID = "invalid"  # a time, day or place that there is none of


class Fault(StrEnum):
    """What is wrong with an invalid wish."""

    TIME = "time"
    DAY = "day"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class ReminderWish:
    """What is wished, as far as it was said; `timezone` is an IANA name."""

    action: Action
    time: time | None = None
    days: Days | None = None
    timezone: str | None = None
    fault: Fault | None = None


class Wording:
    """Reads wishes about reminders in one language. Pure: knows no clock and no person."""

    def __init__(
        self,
        words: ReminderWords,
        dictionary: Collection[str],
    ) -> None:
        """`dictionary` are the proper words of the language, which are never corrected."""
        self._unsupported = Patterns({_UNSUPPORTED: words.unsupported}, {})
        self._begins = Wordings(words.begins)
        self._about = Patterns({_ABOUT: words.about, _NOT_ABOUT: words.not_about}, {})
        self._hints = Wordings(words.hints)
        self._surely = Patterns(words.surely, {})
        self._unwanted = Wordings(words.unwanted)
        self._words = words
        named = (name for names in words.days.values() for name in names)
        self._pointing = frozenset((*named, *words.pointing))
        self._spelling = Spelling(vocabulary(words), dictionary)
        self._days = DayReader(words, self._spelling.knows)
        self._times = TimeReader(words)
        self._zones = ZoneReader(words, Places(), self._is_word)
        self.whereabouts = Whereabouts(words, self._spelling.knows)
        self.dates = DateReader(words)
        self.asides = AsideReader(words)

    def _is_word(self, word: str) -> bool:
        """Whether `word` is proper language, or a slip of a word that is."""
        return self._spelling.knows(word) or self._spelling.correct((word,)) != (word,)

    def is_about(self, said: Words) -> bool:
        """Whether the words surely speak of reminders."""
        found = {owner for owner, _ in self._about.find(said)}
        return found == {_ABOUT}

    def hints(self, said: Words) -> bool:
        """Whether a word is among them that wishes about reminders are made of: a day, "pings"."""
        return any(True for _ in self._hints.within(said)) or self._days.read(said) is not None

    def surely(self, said: Words) -> frozenset[Action]:
        """The actions that words tell apart from the others, whatever else is said."""
        return frozenset(Action(name) for name, _ in self._surely.find(said))

    def read(self, text: str, action: Action) -> ReminderWish:
        """The wish for `action` that `text` tells, whatever string it is."""
        if action not in (Action.SET, Action.CHANGE):
            return ReminderWish(action)
        raw = self._days.corrected(counted(self._plain(text), self._words.numbers)[:LONGEST])
        zone = self._zones.read(text, raw)
        said = counted(self._spelling.correct(raw), self._words.numbers)
        plain = tuple(word for word in said if word[0].isalnum())
        if self._days.unknown(raw):
            return ReminderWish(Action.INVALID, fault=Fault.DAY)
        return self._wished(action, text, said, zone, once=bool(self._unsupported.find(plain)))

    def _plain(self, text: str) -> Tokens:
        """The tokens of `text` without the "one" of "the Saturday one", which is no number."""
        said = split(text)
        return tuple(
            token
            for before, token in pairwise(("", *said))
            if token not in self._words.pronouns or before not in self._pointing
        )

    def _wished(
        self, action: Action, text: str, said: Tokens, zone: Zone | None, *, once: bool
    ) -> ReminderWish:
        moments = self._meant(said, self._times.read(said, self._free(said, text)))
        days = self._days.read(self._wanted(said) if action is Action.CHANGE else said)
        fault = _fault(moments, zone)
        if fault is not None:
            return ReminderWish(Action.INVALID, fault=fault)
        times = list(dict.fromkeys(moment.time for moment in moments))
        begins = any(True for _ in self._begins.within(said))
        if (once and not begins) or len(times) > 1:
            return ReminderWish(Action.UNSUPPORTED)
        return ReminderWish(action, times[0] if times else None, days, zone.name if zone else None)

    def _meant(self, said: Tokens, moments: list[Moment]) -> list[Moment]:
        """The moments that are wished: of several not the old one, and rather the exact ones."""
        if len(moments) < 2:
            return moments
        wished = [m for m in moments if not self._is_unwanted(said, m.at)] or moments
        exact = [moment for moment in wished if moment.exact]
        return exact if len(exact) == 1 else wished

    def _wanted(self, said: Tokens) -> Tokens:
        """`said` without a day that is the old one: "from mondays to wednesdays"."""
        for at, length in self._unwanted.within(said):
            first = at + length
            after = first + 1
            if self._days.read(said[first:after]) and self._days.read(said[after:]):
                return (*said[:at], *said[after + (said[after] in self._words.ranges) :])
        return said

    def _is_unwanted(self, said: Tokens, at: int) -> bool:
        """Whether what stands at `at` follows a word that makes it the old one, or no wish."""
        near = range(max(0, at - 3), at)
        return any(
            i + length in (at, at - 1) for i in near if (length := self._unwanted.at(said, i))
        )

    def _free(self, said: Tokens, text: str) -> frozenset[int]:
        """Where a bare number may be an hour: at the end, at the start, next to a day or comma.

        Only one in digits: "send me one" says no time.
        """
        ends = {0, len(said) - 1}
        beside = {
            at
            for at in range(1, len(said))
            if said[at - 1] == "," or self._days.read(said[max(0, at - 2) : at])
        }
        before = {
            at for at in range(len(said) - 1) if self._days.read(said[at + 1 : at + 3]) is not None
        }
        places = (ends | beside | before).intersection(range(len(said)))
        return frozenset(at for at in places if said[at] in text)


def _fault(moments: Iterable[Moment], zone: Zone | None) -> Fault | None:
    if any(moment.time is None for moment in moments):
        return Fault.TIME
    return Fault.PLACE if zone is not None and zone.name is None else None


def vocabulary(words: ReminderWords) -> Iterator[str]:
    """What mistyped words are corrected to, most likely first."""
    wordings = (*words.groups.values(), *words.zones.values())
    lists = (
        *wordings,
        *(words.afternoon, words.forenoon, words.noon, words.midnight, words.except_),
        *(words.half, words.quarter, words.past, words.begins, words.at),
    )
    yield from words.numbers
    yield from dict.fromkeys(word for names in lists for name in names for word in name.split())
    patterns = {"": (*words.unsupported, *words.about), **words.surely}
    yield from sorted(Patterns(patterns, {}).vocabulary())
