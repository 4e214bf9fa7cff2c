"""A month of done days as a grid of plain characters, for a block of monospaced text."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Protocol

# ASCII: each is as wide as a digit in any font. A screen reader says "5 star" and is silent at a
# dot, so a missed day sounds like any other.
DONE, SENT, TODAY = "*", ".", ">"
WIDTH = 28  # columns: what a phone shows without folding a line

_MONDAY_FIRST = Calendar()


class CalendarTexts(Protocol):
    """`months` from January on, at most WIDTH long; `weekdays` from Monday on, two letters each."""

    @property
    def months(self) -> tuple[str, ...]: ...

    @property
    def weekdays(self) -> tuple[str, ...]: ...


def month(
    done: AbstractSet[date], due: AbstractSet[date], today: date, texts: CalendarTexts
) -> str:
    """The month of `today`: its name, the weekdays, and a line a week, at most WIDTH columns.

    DONE stands after a day in `done`, SENT after one that is in `due` alone, TODAY before today.
    Not escaped: TODAY is a character of HTML.
    """
    weeks = _MONDAY_FIRST.monthdayscalendar(today.year, today.month)
    weekdays = (f" {name:>2} " for name in texts.weekdays)
    rows = ((_cell(day, done, due, today) for day in week) for week in weeks)
    lines = ("".join(cells).rstrip() for cells in (weekdays, *rows))
    return "\n".join((texts.months[today.month - 1], *lines))


def _cell(number: int, done: AbstractSet[date], due: AbstractSet[date], today: date) -> str:
    """Four columns of the day `number` of this month; 0 is a day of another month."""
    if not number:
        return "    "
    day = today.replace(day=number)
    mark = DONE if day in done else SENT if day in due else " "
    return f"{TODAY if day == today else ' '}{number:>2}{mark}"
