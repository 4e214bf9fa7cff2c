"""The time zone in a wish: a city, "Rome time", an IANA name, or letters such as EST."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from bot.answering.wordings import Wordings
from bot.knowledge.language import ReminderWords
from bot.reminders.places import Places
from bot.reminders.tokens import Tokens

LONGEST = 4  # words of a place's name
SHORTEST = 4  # letters of a place that nothing points to

_IANA = re.compile(r"\b[A-Za-z]+(?:/[A-Za-z_+-]+){1,2}\b")
_OFFSET = re.compile(r"\b(?:utc|gmt)\s?[+-]\s?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that was named; `name` None: one was, and nobody knows it. `taken`: its tokens."""

    name: str | None
    taken: range = range(0)


class ZoneReader:
    """Finds the zone that a wish names."""

    def __init__(
        self, words: ReminderWords, places: Places, is_word: Callable[[str], bool]
    ) -> None:
        """`is_word` knows the proper words of the language: a name is none of them."""
        self._is_word = is_word
        self._places = places
        self._letters = {w: zone for zone, names in words.zones.items() for w in names}
        self._lettered = Wordings(self._letters)
        self._after = Wordings(words.place_after)
        self._surely = Wordings(words.place_surely_after)
        self._before = Wordings(words.place_before)
        self._no_place = frozenset(words.not_places)
        self._iana = {zone.lower(): zone for zone in available_timezones()}

    def read(self, text: str, said: Tokens) -> Zone | None:
        """The zone named in `text`, whose tokens are `said`; None where none is named."""
        if _OFFSET.search(text):  # an offset knows nothing of summer time
            return Zone(None)
        for match in _IANA.finditer(text):
            zone = self._iana.get(match[0].lower())
            if zone or (match[0][0].isupper() and "_" in match[0]):
                return Zone(zone)
        return next(self._pointed_at(said), None) or self._unknown(said)

    def _pointed_at(self, said: Tokens) -> Iterator[Zone]:
        """Zones by their letters, then places that a word before or after points to, then any."""
        for at, length in self._lettered.within(said):
            if not self._part_of_more(said, at, length):
                yield Zone(self._letters[" ".join(said[at : at + length])], range(at, at + length))
        for end in (at for at, _ in self._before.within(said)):
            for start in range(max(0, end - LONGEST), end):
                yield from self._place(said, start, end)
        for at, length in self._after.within(said):
            start = at + length
            for end in range(min(start + LONGEST, len(said)), start, -1):
                yield from self._place(said, start, end)
        for start, token in enumerate(said):
            for end in range(min(start + LONGEST, len(said)), start, -1):
                if (len(token) >= SHORTEST and end - start == 1) or end - start > 1:
                    yield from self._alone(said, start, end)

    def _part_of_more(self, said: Tokens, at: int, length: int) -> bool:
        """Whether a short code is but a word: "west" of a town, "et" without a "time"."""
        word = " ".join(said[at : at + length])
        following = said[at + length] if at + length < len(said) else ""
        return word in self._no_place or (len(word) < 3 and following not in ("time", "tz"))

    def _place(self, said: Tokens, start: int, end: int, *, sure: bool = False) -> Iterator[Zone]:
        """The zone of the place at [start, end); where one is `sure` to be, also of one like it."""
        name = said[start:end]
        plain = [word for word in name if word in self._no_place]
        if len(plain) == len(name) or not all(word.isalpha() for word in name):
            return
        if len(name) == 1 and plain:
            return
        zone = self._places.zone(name)
        if zone is None and sure and not plain:
            zone = self._places.like(name)
        if zone:
            yield Zone(zone, range(start, end))

    def _alone(self, said: Tokens, start: int, end: int) -> Iterator[Zone]:
        """A place in a corner of its own, between commas, or one whose name is no other word."""
        left = start == 0 or said[start - 1] == ","
        right = end == len(said) or said[end] == ","
        if (left and right) or not any(map(self._is_word, said[start:end])):
            yield from self._place(said, start, end)

    def _unknown(self, said: Tokens) -> Zone | None:
        """A place that is surely meant as one and that nobody knows."""
        for at, length in self._surely.within(said):
            start = at + length
            for end in range(min(start + 2, len(said)), start, -1):
                for zone in self._place(said, start, end, sure=True):
                    return zone
            if start < len(said) and said[start].isalpha() and said[start] not in self._no_place:
                return Zone(None)
        for end in (at for at, _ in self._before.within(said) if at):
            for start in range(max(0, end - 2), end):
                for zone in self._place(said, start, end, sure=True):
                    return zone
            word = said[end - 1]
            if word.isalpha() and word not in self._no_place and said[end : end + 1] == ("time",):
                return Zone(None)
        return None
