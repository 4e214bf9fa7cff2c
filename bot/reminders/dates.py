"""When a pause ends: "until monday", "till the 5th of december", "for two weeks", "5/12"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Generic, TypeVar

from bot.answering.spelling import Spelling
from bot.answering.wordings import Wordings
from bot.knowledge.language import ReminderWords
from bot.reminders.days import WEEK
from bot.reminders.tokens import COMMA, DASH, Tokens, tokens

FARTHEST = timedelta(366)
END = ""  # stands after the last token, so that looking ahead needs no care
# Tokens read of a message, and of those that may lie before a date: more would take seconds.
LONGEST, GAP = 200, 8
SHORTEST = 6  # letters of a word that mistyped ones are corrected to

_DAY = timedelta(1)
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_NUMERIC = re.compile(
    r"(?<![\d.:/-])(?:(?P<iso>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)"
    r"|(?P<one>\d\d?)(?P<mark>[-/. ])(?P<two>\d\d?)"
    r"(?:(?P=mark)(?P<year>\d{4}|\d\d)|(?<![- ]\d)(?<![- ]\d\d)))(?![\d:/])"
)
_YEAR = re.compile(r"(?:19|20|21|22)\d\d")
_BEGIN: Mapping[str, Callable[[date], date]] = {  # of the one that today is in
    "day": lambda today: today,
    "week": lambda today: today - today.weekday() * _DAY,
    "weekend": lambda today: today + (WEEK.index("sat") - today.weekday()) * _DAY,
    "month": lambda today: today.replace(day=1),
    "year": lambda today: today.replace(month=1, day=1),
}
_Key = TypeVar("_Key", str, int)


class DateFault(StrEnum):
    """What is wrong with a date that was said."""

    PAST = "past"  # or today
    UNKNOWN = "unknown"  # the calendar has none such
    FAR = "far"  # more than FARTHEST ahead


@dataclass(frozen=True, slots=True)
class Until:
    """`day` is the first on which it rings again; None with a fault, or where nothing was said."""

    day: date | None
    fault: DateFault | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days [first, after) that `length` tokens name; `again`: when the next such begin."""

    first: date
    after: date
    length: int
    again: date | None = None


class DateReader:
    """Finds the date that ends a pause."""

    def __init__(self, words: ReminderWords) -> None:
        self._numbers = {**words.numbers, **words.ordinals}
        self._until, self._through = Wordings(words.until), Wordings(words.through)
        self._over, self._last = Wordings(words.over), Wordings(words.last)
        self._middle, self._fillers = Wordings(words.middle), Wordings(words.date_fillers)
        self._joins, self._next_week = Wordings(words.joins), Wordings(words.next_week)
        self._week_later = Wordings(words.week_later)
        self._this, self._following = Wordings(words.this), Wordings(words.following)
        units = (unit for units in words.pause_units.values() for unit in units)
        self._rates, self._per = frozenset((*words.rates, *units)), frozenset(words.per)
        self._ends, self._articles = frozenset(words.ordinal_ends), frozenset(words.articles)
        self._counted_things = frozenset(words.units) - self._ends
        self._amounts, self._amount_words = words.amounts, Wordings(words.amounts)
        self._units = _Named(words.pause_units)
        self._relative, self._feasts = _Named(words.relative), _Named(words.feasts)
        self._weekdays, self._months = _Named(words.days), _Named(words.months)
        named = (words.days, words.months, words.pause_units, words.relative)
        known = {w for group in named for names in group.values() for n in names for w in n.split()}
        self._spelling = Spelling(sorted(w for w in known if len(w) >= SHORTEST), known)

    def read(self, text: str, today: date) -> Until:
        """When the pause that `text` asks for on `today` ends, whatever string it is."""
        raw = _with_dates(text, self._numbers)[:LONGEST]
        said = (*map(self._corrected, raw), END)
        try:
            day = next(self._ways(said, today), None)
        except ValueError:
            return Until(None, DateFault.UNKNOWN)
        except OverflowError:
            return Until(None, DateFault.FAR)
        fault = _fault(day, today) if day else None
        return Until(None if fault else day, fault)

    def _corrected(self, word: str) -> str:
        near = self._spelling.correct((word,))[0]
        return near if near[0] == word[0] else word  # "remember" is no december

    def _ways(self, said: Tokens, today: date) -> Iterator[date]:
        """What may be said, most certain first; a day that there is none of raises ValueError."""
        yield from self._alone(said, today)
        for marks, inclusive in ((self._until, False), (self._through, True)):
            for at, length in marks.within(said):
                yield from self._named(said, at + length, today, inclusive=inclusive)
        for marks in (self._over, self._until, self._through):
            for at, length in marks.within(said):
                yield from self._counted(said, at + length, today)
        for at, length in self._until.within(said):
            yield from self._further_on(said, at + length, today)
        for at, length in self._over.within(said):
            yield from self._named(said, at + length, today, inclusive=True)
        yield from self._bare(said, today)

    def _alone(self, said: Tokens, today: date) -> Iterator[date]:
        """A day that is all that the message says."""
        at = self._past_fillers(said, 0)
        stretch = self._stretch(said, at, today)
        if stretch and said[self._past_fillers(said, at + stretch.length)] == END:
            yield _end(stretch, today, inclusive=False)

    def _past_fillers(self, said: Tokens, at: int) -> int:
        for _ in range(GAP):
            at += said[at] == COMMA or self._fillers.at(said, at)
        return at

    def _named(self, said: Tokens, at: int, today: date, *, inclusive: bool) -> Iterator[date]:
        """The end of the days named at `at` or after a few words of no weight."""
        for _ in range(GAP):
            if stretch := self._stretch(said, at, today):
                yield _end(stretch, today, inclusive=inclusive)
                return
            last = self._last.at(said, at)
            inclusive = inclusive or last > 0
            hour = said[at][:1].isdecimal() and not self._units.at(said, at + 1)  # "7 am tomorrow"
            step = last or self._fillers.at(said, at) or int(hour or said[at] in ("am", "pm"))
            if not step:
                return
            at += step

    def _further_on(self, said: Tokens, at: int, today: date) -> Iterator[date]:
        """A date in full that follows at a few words: "until my surgery on december 14"."""
        places = range(at, min(at + GAP, len(said)))
        near = takewhile(lambda place: said[place] not in (COMMA, END), places)
        dates = (self._date(said, place, today) for place in near)
        yield from (_end(found, today, inclusive=False) for found in dates if found)

    def _counted(self, said: Tokens, at: int, today: date) -> Iterator[date]:
        """The day after an amount of days, weeks or months at `at`, or after words of no weight."""
        for _ in range(GAP):
            if day := self._amount(said, at, today):
                yield day
                return
            step = self._fillers.at(said, at)
            if not step:
                return
            at += step

    def _bare(self, said: Tokens, today: date) -> Iterator[date]:
        """Amounts, and days that count from today, with no word before them that says until."""
        for at in range(len(said)):
            before = said[max(at - 1, 0) : at]
            if not self._rates.intersection(before) and (day := self._amount(said, at, today)):
                yield day
        for at in range(len(said)):
            nearby = (self._last, self._this, self._following)
            if self._relative.at(said, at) or any(words.at(said, at) for words in nearby):
                yield from self._named(said, at, today, inclusive=True)

    def _amount(self, said: Tokens, at: int, today: date) -> date | None:
        """The day that is "3 days", "a couple of weeks", "a month" from today."""
        length = self._amount_words.at(said, at)
        count = self._amounts[" ".join(said[at : at + length])] if length else 0
        if not length and said[at].isdecimal():
            length, count = 1, int(said[at][:9])
        unit = self._units.at(said, at + length) if length else None
        after = at + length + (unit[1] if unit else 0)
        if unit is None or self._spoils(said, after):
            return None
        joined = self._joins.at(said, after)
        begin = self._stretch(said, after + joined, today) if joined else None
        return _later(begin.first if begin else today, count, unit[0])

    def _spoils(self, said: Tokens, after: int) -> bool:
        """Whether what follows an amount makes it a rate, or past: "5 days a week"."""
        if said[after] not in self._per:
            return False
        article = self._amount_words.at(said, after)
        return not article or self._units.at(said, after + article) is not None

    def _stretch(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        """The days named at `at`. Raises ValueError for one that there is none of."""
        ways: tuple[Callable[[Tokens, int, date], _Stretch | None], ...] = (
            *(self._feast, self._from_today, self._numeric, self._weekday),
            *(self._day_of_month, self._month, self._period),
        )
        return next((found for way in ways if (found := way(said, at, today))), None)

    def _feast(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        if found := self._feasts.at(said, at):
            month, day = map(int, found[0].split(DASH))
            return _one(_next_such(month, day, today), found[1])
        return None

    def _from_today(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        found = self._relative.at(said, at)
        return _one(today + int(found[0]) * _DAY, found[1]) if found else None

    def _numeric(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        """An ISO date, or 5/12: day first unless that cannot be."""
        match = _NUMERIC.fullmatch(said[at])
        if not match:
            year = int(said[at]) if _YEAR.fullmatch(said[at]) else None
            return _Stretch(date(year, 1, 1), date(year + 1, 1, 1), 1) if year else None
        if match["iso"]:
            return _one(date(int(match["iso"]), int(match["m"]), int(match["d"])), 1)
        day, month, said_year = int(match["one"]), int(match["two"]), match["year"]
        if month > 12 and match["mark"] == "." and not said_year:
            return None  # an hour: 7.30
        if month > 12:
            day, month = month, day
        year = int(said_year) + (2000 if len(said_year) == 2 else 0) if said_year else None
        return _one(_dated(year, month, day, today), 1)

    def _weekday(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        """ "monday", "next monday", "monday week", or the date that "monday, 5 december" tells."""
        this, following = self._this.at(said, at), self._following.at(said, at)
        named = self._weekdays.at(said, at + (this or following))
        if named is None:
            return None
        end = at + (this or following) + named[1]
        start = self._past_fillers(said, end)
        if dated := self._date(said, start, today):
            return _Stretch(dated.first, dated.after, start + dated.length - at)
        number, week = WEEK.index(named[0]), self._next_week.at(said, start)
        if following or week:
            end = start + week if week else end
            return _one(_BEGIN["week"](today) + (7 + number) * _DAY, end - at)
        later = self._week_later.at(said, end)
        return _one(_next_weekday(number, today) + (7 if later else 0) * _DAY, end + later - at)

    def _date(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        return self._numeric(said, at, today) or self._day_of_month(said, at, today)

    def _day_of_month(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        """ "5 december", "the 5th of december 2026", "december 5", "the 5th"."""
        if month := self._months.at(said, at):
            start = self._past_fillers(said, at + month[1])
            day, end = self._number(said, start)
        else:
            day, end = self._number(said, at)
            month = self._months.at(said, self._past_fillers(said, end)) if end else None
            if end and month is None:
                ordinal = self._is_ordinal(said, at, end)
                return _one(_next_day(day, today), end - at) if ordinal else None
            end = self._past_fillers(said, end) + (month[1] if month else 0)
        if not end or month is None:
            return None
        year, end = self._year(said, end)
        return _one(_dated(year, int(month[0]), day, today), end - at)

    def _is_ordinal(self, said: Tokens, at: int, end: int) -> bool:
        """Whether the number [at, end) is "12th" or "the 12", and counts nothing."""
        marked = end - at > 1 or (at > 0 and said[at - 1] in self._articles)
        return marked and said[end] not in self._counted_things

    def _number(self, said: Tokens, at: int) -> tuple[int, int]:
        """A day's number and where it ends; (0, 0) where none stands."""
        if not said[at].isdecimal() or len(said[at]) > 2:
            return 0, 0
        return int(said[at]), at + 1 + (said[at + 1] in self._ends)

    def _year(self, said: Tokens, at: int) -> tuple[int | None, int]:
        """A year at `at`, perhaps after a comma, and where it ends."""
        start = at + (said[at : at + 1] == (COMMA,))
        if _YEAR.fullmatch(said[start]):
            return int(said[start]), start + 1
        return None, at

    def _month(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        """ "january", "next january", "january 2027", "mid january"."""
        middle = self._middle.at(said, at)
        start = self._past_fillers(said, at + middle) if middle else at
        start += self._this.at(said, start) or self._following.at(said, start)
        named = self._months.at(said, start)
        if named is None:
            return None
        month, (year, end) = int(named[0]), self._year(said, start + named[1])
        if middle:
            return _one(_dated(year, month, 15, today), end - at)
        first = _dated(year, month, 1, today)
        if year is None and month == today.month:
            now = today.replace(day=1)
            return _Stretch(now, _later(now, 1, "month"), end - at, again=first)
        return _Stretch(first, _later(first, 1, "month"), end - at)

    def _period(self, said: Tokens, at: int, today: date) -> _Stretch | None:
        """ "the week", "this month", "next year", "the weekend"."""
        this, following = self._this.at(said, at), self._following.at(said, at)
        unit = self._units.at(said, at + (this or following))
        if unit is None or unit[0] not in _BEGIN:
            return None
        first, length = _BEGIN[unit[0]](today), (this or following) + unit[1]
        again = _later(first, 1, unit[0])
        if following:
            first, again = again, _later(again, 1, unit[0])
        if unit[0] == "weekend":
            return _Stretch(first, first + 2 * _DAY, length, again)
        return _Stretch(first, again, length)


class _Named(Generic[_Key]):
    """Runs of words that each name a key."""

    def __init__(self, names: Mapping[_Key, Iterable[str]]) -> None:
        self._keys: dict[str, _Key] = {
            wording: key for key, wordings in names.items() for wording in wordings
        }
        self._runs = Wordings(self._keys)

    def at(self, said: Tokens, at: int) -> tuple[_Key, int] | None:
        """The key named at `at`, and by how many tokens."""
        length = self._runs.at(said, at)
        return (self._keys[" ".join(said[at : at + length])], length) if length else None


def _with_dates(text: str, numbers: Mapping[str, int]) -> Tokens:
    """The tokens of `text`, a date in digits as one."""
    said, done = list[str](), 0
    for match in _NUMERIC.finditer(text):
        said += (*tokens(text[done : match.start()], numbers), match[0])
        done = match.end()
    return (*said, *tokens(text[done:], numbers))


def _fault(day: date, today: date) -> DateFault | None:
    if day <= today:
        return DateFault.PAST
    return DateFault.FAR if day - today > FARTHEST else None


def _end(stretch: _Stretch, today: date, *, inclusive: bool) -> date:
    """The day on which it rings again after a pause until `stretch`, or through it."""
    if inclusive:
        return stretch.after
    begun = stretch.first <= today < stretch.after
    return (stretch.again or stretch.after) if begun else stretch.first


def _one(day: date, length: int) -> _Stretch:
    return _Stretch(day, day + _DAY, length)


def _dated(year: int | None, month: int, day: int, today: date) -> date:
    return _next_such(month, day, today) if year is None else date(year, month, day)


def _next_such(month: int, day: int, today: date) -> date:
    """The next such date after `today`; one on which it is said is a year ahead."""
    for year in range(today.year, today.year + 9):  # a leap day may be eight years ahead
        if day <= monthrange(year, month)[1] and date(year, month, day) > today:
            return date(year, month, day)
    raise ValueError(f"no year has a day {day} in month {month}")


def _next_day(day: int, today: date) -> date:
    """The next date with this `day` of the month."""
    first = today.replace(day=1)
    months = (_later(first, count, "month") for count in range(4))
    valid = (m.replace(day=day) for m in months if day <= monthrange(m.year, m.month)[1])
    found = next((date for date in valid if date > today), None)
    if found is None:
        raise ValueError(f"no month has a day {day}")
    return found


def _next_weekday(number: int, today: date) -> date:
    return today + ((number - today.weekday() - 1) % 7 + 1) * _DAY


def _later(day: date, count: int, unit: str) -> date:
    """`day` and so many units; the last of the month where it has no such day."""
    if unit in _DAYS:
        return day + timedelta(count * _DAYS[unit])
    months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    if year > MAXYEAR:
        raise OverflowError(f"no date is in the year {year}")
    return date(year, month, min(day.day, monthrange(year, month)[1]))
