"""An Answer as the JSON object that `ask --json` prints."""

from __future__ import annotations

from typing import Any

from bot.answering.answer import Answer, Choice, EntryAnswer, Fallback, SmallTalk, Urgent
from bot.answering.matcher import Match


def jsonable(query: str, answer: Answer, text: str) -> dict[str, Any]:
    """What was understood and what the person would read, with plain values only."""
    kind, entry, candidates = _parts(answer)
    return {
        "query": query,
        "kind": kind,
        "entry": entry,
        "facet": None,
        "candidates": [{"entry": match.entry, "score": match.score} for match in candidates],
        "reminder": None,
        "text": text,
    }


def _parts(answer: Answer) -> tuple[str, str | None, tuple[Match, ...]]:
    match answer:
        case EntryAnswer(entry, candidates):
            return "answer", entry.id, candidates
        case Choice(candidates):
            return "choice", None, candidates
        case Urgent(alarms):
            return "urgent", alarms[0].flag, tuple(Match(alarm.flag, 100.0) for alarm in alarms)
        case SmallTalk():
            return "smalltalk", None, ()
        case Fallback(candidates):
            return "fallback", None, candidates
