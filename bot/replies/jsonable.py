"""An Answer as the JSON object that `ask --json` prints."""

from __future__ import annotations

from typing import Any

from bot.answering.answers import (
    Answer,
    Choice,
    EntryAnswer,
    Explained,
    Fallback,
    Found,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.answering.matcher import Match
from bot.reminders import days
from bot.reminders.wording import ReminderWish

Parts = tuple[str, str | None, tuple[Match, ...]]


def jsonable(query: str, answer: Answer, text: str) -> dict[str, Any]:
    """What was understood and what the person would read, with plain values only."""
    kind, entry, candidates = _parts(answer)
    facet = answer.facet if isinstance(answer, EntryAnswer) else None
    wish = answer.wish if isinstance(answer, Reminding) else None
    return {
        "query": query,
        "kind": kind,
        "entry": entry,
        "facet": facet.value if facet else None,
        "candidates": [{"entry": match.entry, "score": match.score} for match in candidates],
        "reminder": _reminder(wish) if wish else None,
        "text": text,
    }


def _parts(answer: Answer) -> Parts:
    """Kind, entry and candidates."""
    match answer:
        case EntryAnswer(entry, candidates):
            return "answer", entry.id, candidates
        case Found(suggestions):
            found = tuple(Match(s.technique.id, s.score) for s in suggestions)
            return "list", found[0].entry, found
        case Choice(candidates):
            return "choice", None, candidates
        case Urgent(alarms):
            return "urgent", alarms[0].flag, tuple(Match(alarm.flag, 100.0) for alarm in alarms)
        case Reminding(technique=technique):
            return "reminder", technique.id if technique else None, ()
        case SmallTalk() | Noted():
            return "smalltalk", None, ()
        case Explained(None):
            return "fallback", None, ()
        case Explained(answer=explained) if explained is not None:
            return _parts(explained)
        case Fallback(candidates):
            return "fallback", None, candidates
    raise AssertionError(answer)


def _reminder(wish: ReminderWish) -> dict[str, str | None]:
    return {
        "action": wish.action.value,
        "time": wish.time.strftime("%H:%M") if wish.time else None,
        "days": days.name(wish.days) if wish.days else None,
        "timezone": wish.timezone,
    }
