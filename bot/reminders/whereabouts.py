"""Where a person is, as told when asked for the city or the time there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from bot.answering.text import Words, fold
from bot.answering.wordings import Wordings
from bot.knowledge.language import ReminderWords
from bot.reminders.places import Places
from bot.reminders.times import Moment, TimeReader
from bot.reminders.tokens import COMMA, DASH, Tokens, tokens
from bot.reminders.zones import ZoneReader

MOST = 6  # zones to choose from
NEAR = 7  # minutes: a person's clock may be wrong, and people round
LONGEST = 12  # tokens of such an answer
NAME = 6  # tokens of a place's name
UNKNOWN_WORDS, SHORTEST = 2, 3  # of a place that nobody knows; letters of each
FAR = timedelta(minutes=90)  # from the time of its state, and another town is meant
DAY = 24 * 60  # minutes

Zones = tuple[str, ...]

_READ = 200  # tokens read of a message that is no answer
_SHORTENED = re.compile(r"(?<=[A-Za-z])\.(?=\s)")  # "St. Louis"
_LETTERS = str.maketrans("\u00d8\u00f8\u0141\u0142\u0110\u0111\u0131", "OoLlDdi")  # no accents
_WORD = re.compile(r"[^\W\d_]+")
_IANA = re.compile(r"(?!Etc/)\w+/")
_ZERO = re.compile(r"\b0\d")  # an hour so written is one of 24


class PlaceFault(StrEnum):
    """What is wrong with an answer."""

    OFFSET = "offset"  # it knows nothing of summer time
    UNKNOWN = "unknown"  # no place or time that there is


@dataclass(frozen=True, slots=True)
class Whereabout:
    """What was told: the IANA `zone`, or zones that it may be, those of most people first.

    `is_reply`: the text is nothing but such an answer. Where not, only `zone` may be known.
    """

    zone: str | None
    like: tuple[str, ...]
    fault: PlaceFault | None
    is_reply: bool


class Whereabouts:
    """Reads answers to the question for the city or the time."""

    def __init__(self, words: ReminderWords, is_word: Callable[[str], bool]) -> None:
        """`is_word` knows the proper words of the language: an unknown place is none of them."""
        self._words = words
        self._is_word = is_word
        self._places = Places()
        self._zones = ZoneReader(words, self._places, is_word)
        self._times = TimeReader(words)
        self._fillers = frozenset(words.place_fillers)
        self._towns = frozenset(words.towns)
        dates = (*words.days.values(), *words.months.values())
        dated = {word for names in dates for word in names}
        self._never = self._fillers.union(words.no_towns, dated)
        said = frozenset((*words.not_places, *words.hints)) - self._towns
        self._no_towns = self._never | said
        halves = (words.forenoon, words.afternoon, words.noon, words.midnight)
        self._halves = Wordings(wording for wordings in halves for wording in wordings)
        self._known = {**_iana(), **_listed(words.wide), **_listed(words.zones)}
        self._exact = frozenset(zone for zone in available_timezones() if _IANA.match(zone))
        self._states = _listed(words.states)
        self._capitals = frozenset(words.only_capitals)
        self._offset = _offset_pattern(words)

    def read(self, text: str, now: datetime) -> Whereabout:
        """What `text` tells of the place, whatever string it is."""
        if "/" in text and text.strip() in self._exact:
            return Whereabout(text.strip(), (), None, is_reply=True)
        said = tokens(_SHORTENED.sub(" ", text).translate(_LETTERS), self._words.numbers)
        if len(said) <= LONGEST:
            digits = frozenset(at for at, token in enumerate(said) if token in text)
            moments = self._times.read(said, digits)  # "the next one" says no time
            free = self._free(said, moments)
            where = (
                self._of_offset(text, now)
                or self._of_place(text, said, free, now)
                or self._of_time(text, said, moments, free, now)
                or self._of_unknown(said)
            )
            if where is not None:
                return where
        zone = self._zones.read(text, said[:_READ])
        return Whereabout(zone.name if zone else None, (), None, is_reply=False)

    def _free(self, said: Tokens, moments: list[Moment]) -> frozenset[int]:
        """Where words stand that may stand beside a place: fillers, and the time there."""
        timed = {at for moment in moments for at in range(moment.at, moment.at + moment.length)}
        if moments:
            timed |= {i for at, n in self._halves.within(said) for i in range(at, at + n)}
        fillers = {at for at, word in enumerate(said) if self._is_filler(word)}
        return frozenset(timed | fillers)

    def _is_filler(self, word: str) -> bool:
        return word in self._fillers or word in (COMMA, DASH)

    def _of_offset(self, text: str, now: datetime) -> Whereabout | None:
        """ "UTC+2" and nothing else of weight."""
        said = " ".join(fold(text).split())  # the pattern would be slow over thousands of blanks
        plain = _WORD.sub(lambda m: str(self._words.numbers.get(m[0], m[0])), said)
        match = self._offset.search(plain)
        if match is None:
            return None
        beside = tokens(f"{plain[: match.start()]} {plain[match.end() :]}", {})
        if not all(map(self._is_filler, beside)):
            return None
        sign = -1 if match["minus"] else 1
        minutes = 30 if match["half"] else int(match["minutes"] or 0)
        offset = sign * timedelta(hours=int(match["hours"]), minutes=minutes)
        like = (
            z for z in self._words.well_known if now.astimezone(ZoneInfo(z)).utcoffset() == offset
        )
        return Whereabout(None, tuple(islice(like, MOST)), PlaceFault.OFFSET, is_reply=True)

    def _of_place(
        self, text: str, said: Tokens, free: frozenset[int], now: datetime
    ) -> Whereabout | None:
        """The place that is named, and perhaps its country or state after it."""
        for start, end in _spans(len(said)):
            if not free.issuperset(range(start)):
                continue
            zones = self._called(said[start:end], text)
            regions = self._regions(said, end, free) if zones else None
            if zones and regions is not None:
                zones = _fitting(zones, regions[0], now) if regions else zones
                if len(zones) == 1:
                    return Whereabout(zones[0], (), None, is_reply=True)
                return Whereabout(None, zones, None, is_reply=True)
        return None

    def _called(self, name: Words, text: str) -> Zones:
        """The zones of what is called `name`; none where it is rather a word than a name."""
        whole = " ".join(name)
        if not name or not all(map(str.isalpha, name)):
            return self._known.get(whole, ())
        if whole in self._known:
            spoken = whole in self._capitals and whole.upper() not in text
            return () if spoken else self._known[whole]
        if self._never.issuperset(name) or not self._is_name(name, text):
            return ()
        zone = self._places.zone(name)
        return (zone,) if zone else ()

    def _is_name(self, name: Words, text: str) -> bool:
        """Whether `name` is no other word, or is written as a name: "in Nice"."""
        whole = " ".join(name)
        if len(name) == 1 and f" {whole.capitalize()}" in text:
            return True
        other = len(name) == 1 and self._is_word(whole) and whole not in self._towns
        return not other and not self._no_towns.issuperset(name)

    def _regions(self, said: Tokens, at: int, free: frozenset[int]) -> list[Zones] | None:
        """The zones of the countries and states that follow a town; None where more is said."""
        if free.issuperset(range(at, len(said))):
            state = self._state(said, at)
            return [state] if state else []
        for start, end in _spans(len(said)):
            if start < at or not free.issuperset(range(at, start)):
                continue
            zones = self._state(said, start - 1) or self._called(said[start:end], "")
            more = self._regions(said, end, free) if zones else None
            if more is not None:
                return [zones, *more]
        return None

    def _state(self, said: Tokens, at: int) -> Zones:
        """The zone of the state whose letters end the text after a comma: "Portland, ME"."""
        last = said[at:] if said[at : at + 1] == (COMMA,) else ()
        return self._states.get(" ".join(last[1:]), ())

    def _of_time(
        self, text: str, said: Tokens, moments: list[Moment], free: frozenset[int], now: datetime
    ) -> Whereabout | None:
        """The time alone, and the well-known zones that have it now."""
        times = {moment.time for moment in moments}
        if len(times) != 1 or not free.issuperset(range(len(said))):
            return None
        (clock,) = times
        sure = {"am", "pm"}.intersection(said) or any(self._halves.within(said))
        clocks = _clocks(clock, sure=bool(sure) or _ZERO.search(text) is not None) if clock else ()
        like = (z for z in self._words.well_known if _shows(now.astimezone(ZoneInfo(z)), clocks))
        found = tuple(islice(like, MOST))
        if clock and not found and not any(moment.exact for moment in moments):
            return None  # "2, please" of something else
        return Whereabout(None, found, None if found else PlaceFault.UNKNOWN, is_reply=True)

    def _of_unknown(self, said: Tokens) -> Whereabout | None:
        """A mistyped place, or a word or two that nobody knows."""
        of_weight = [at for at, word in enumerate(said) if not self._is_filler(word)]
        name = said[of_weight[0] : of_weight[-1] + 1] if of_weight else ()
        words = [self._is_word(word) for word in name]
        barred = self._no_towns.intersection(name) if len(name) == 1 else ()
        if not name or all(words) or barred or not all(word.isalpha() for word in name):
            return None
        if zone := self._places.like(name):
            return Whereabout(zone, (), None, is_reply=True)
        short = any(word.isascii() and len(word) < SHORTEST for word in name)
        if short or any(words) or len(name) > UNKNOWN_WORDS or self._no_towns.intersection(name):
            return None
        return Whereabout(None, (), PlaceFault.UNKNOWN, is_reply=True)


def named(zone: str, words: ReminderWords) -> str:
    """The city to show for `zone`."""
    return words.well_known.get(zone) or zone.rpartition("/")[2].replace("_", " ")


def _iana() -> dict[str, Zones]:
    """Zones by the tokens of their names."""
    return {" ".join(tokens(z, {})): (z,) for z in sorted(available_timezones()) if _IANA.match(z)}


def _listed(zones: Mapping[str, Iterable[str]]) -> dict[str, Zones]:
    return {name: tuple(of.split(",")) for of, names in zones.items() for name in names}


def _offset_pattern(words: ReminderWords) -> re.Pattern[str]:
    letters, plus, minus = map("|".join, (words.offsets, words.plus, words.minus))
    return re.compile(
        rf"(?<![\w:.])(?:{letters})?\s*(?:\+|{plus}|(?P<minus>[-\u2212\u2013]|{minus}))"
        r"\s*(?P<hours>[01]?\d)(?::?(?P<minutes>[0-5]\d)|(?P<half>[.,]5))?(?![\d:])"
    )


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """Stretches of a text of so many tokens, the longest first."""
    for size in range(min(length, NAME), 0, -1):
        for start in range(length - size + 1):
            yield start, start + size


def _fitting(zones: Zones, region: Zones, now: datetime) -> Zones:
    """The zones of a town, or those of the region if that town cannot be the one in it."""
    far = all(_apart(one, other, now) > FAR for one in zones for other in region)
    return region if far else zones


def _apart(one: str, other: str, now: datetime) -> timedelta:
    first, second = (now.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in (one, other))
    return abs(first - second)


def _clocks(clock: time, *, sure: bool) -> tuple[time, ...]:
    """What `clock` may mean on a clock of 24 hours; `sure` where the half of the day was told."""
    if sure or clock.hour > 12 or clock.hour == 0:
        return (clock,)
    return tuple(clock.replace(hour=clock.hour % 12 + half) for half in (0, 12))


def _shows(local: datetime, clocks: Iterable[time]) -> bool:
    """Whether a clock that shows one of `clocks` is as good as right at `local`."""
    minutes = ((local.hour - c.hour) * 60 + local.minute - c.minute for c in clocks)
    return any(min(m % DAY, -m % DAY) <= NEAR for m in minutes)
