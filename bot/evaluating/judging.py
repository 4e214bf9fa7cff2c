"""Whether an answer is what a fair person would expect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from bot.answering.answers import (
    Answer,
    Choice,
    EntryAnswer,
    Fallback,
    Found,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.answering.safety import ruling
from bot.answering.search import helping
from bot.evaluating.questions import Expected, Question
from bot.knowledge.entry import Facet, Symptom, Technique
from bot.knowledge.knowledge import Knowledge
from bot.replies.jsonable import jsonable

# "unsafe": a technique was shown that must not be.
Outcome = Literal["right", "offered", "wrong", "refused", "unsafe"]


# Aspects under which a person is told to do the technique.
_DONE = (None, Facet.STEPS, Facet.DOSE, Facet.FREQUENCY)


def judge(knowledge: Knowledge, question: Question, answer: Answer) -> Outcome:
    expected = question.expected
    if expected.never & set(shown(knowledge, answer)):
        return "unsafe"
    match question.kind:
        case "entry" | "facet":
            return _of_entry(knowledge, expected, answer)
        case "red-flag":
            return _of_red_flag(expected, answer)
        case "look-alike":
            return "wrong" if isinstance(answer, Urgent) else "right"
        case "outside":
            return _of_outside(answer)
        case "not-reminder":
            return "wrong" if isinstance(answer, Reminding) else "right"
        case "condition" if expected.forbidden:
            return "right" if _refused(knowledge, expected.forbidden, answer) else "wrong"
        case _:
            return "right" if _meets(knowledge, expected, answer) else _wrong(answer)


def shown(knowledge: Knowledge, answer: Answer) -> Iterator[str]:
    """The techniques that the person is shown how to do, or offered."""
    match answer:
        case EntryAnswer(entry=Technique() as technique, conditions=conditions, facet=facet):
            if ruling(knowledge, technique, conditions).allows and facet in _DONE:
                yield technique.id
        case EntryAnswer(entry=Symptom() as symptom, conditions=conditions, wanted=wanted):
            helps = helping(knowledge, symptom, conditions, wanted)
            yield from (help.technique for help in helps)
        case Found(suggestions):
            yield from (suggestion.technique.id for suggestion in suggestions)
        case Choice(candidates):
            yield from (match.entry for match in candidates if match.entry in knowledge.techniques)


def described(answer: Answer) -> str:
    """What was answered, with the runners-up."""
    plain = jsonable("", answer, "")
    parts = [plain["kind"], plain["entry"], plain["facet"], plain["reminder"]]
    scores = ", ".join(f"{c['entry']} {c['score']:.0f}" for c in plain["candidates"])
    return " ".join(str(part) for part in parts if part) + f" ({scores})"


def _of_entry(knowledge: Knowledge, expected: Expected, answer: Answer) -> Outcome:
    match answer:
        case EntryAnswer() | Found():
            if entry_of(answer) in (expected.entries or ()):
                return "right" if _aspect(knowledge, expected, answer) else "wrong"
            others = set(shown(knowledge, answer)) if isinstance(answer, Found) else set()
            return "offered" if others & (expected.entries or set()) else "wrong"
        case Choice(candidates):
            named = {candidate.entry for candidate in candidates}
            return "offered" if named & (expected.entries or set()) else "wrong"
        case Fallback() | SmallTalk():
            return "refused"
        case _:
            return "wrong"


def _of_red_flag(expected: Expected, answer: Answer) -> Outcome:
    match answer:
        case Urgent(alarms):
            return "right" if alarms[0].flag in (expected.entries or ()) else "offered"
        case Fallback() | SmallTalk():
            return "refused"
        case _:
            return "wrong"


def _of_outside(answer: Answer) -> Outcome:
    match answer:
        case Fallback() | SmallTalk() | Noted():
            return "right"
        case Choice():
            return "offered"
        case _:
            return "wrong"


def _meets(knowledge: Knowledge, expected: Expected, answer: Answer) -> bool:
    """Whether everything holds that is expected."""
    plain = jsonable("", answer, "")
    if expected.no_technique and any(shown(knowledge, answer)):
        return False
    if expected.kinds and plain["kind"] not in expected.kinds:
        return False
    if expected.reminder:
        return _reminder(expected, plain)
    if expected.entries and entry_of(answer) not in expected.entries:
        return False
    return _aspect(knowledge, expected, answer)


def _aspect(knowledge: Knowledge, expected: Expected, answer: Answer) -> bool:
    """Whether the aspect is the one asked for; the whole answers a question for the steps."""
    if expected.facets is None:
        return True
    if not isinstance(answer, EntryAnswer):
        return isinstance(answer, Found)
    facet = answer.facet or Facet.STEPS
    if expected.verdict and isinstance(answer.entry, Technique):
        verdict = ruling(knowledge, answer.entry, answer.conditions).verdict
        return verdict == expected.verdict
    return facet in expected.facets


def _reminder(expected: Expected, plain: dict[str, Any]) -> bool:
    got = {**(plain["reminder"] or {}), "entry": plain["entry"]}
    return plain["reminder"] is not None and all(
        got[name] in values for name, values in expected.reminder.items()
    )


def _refused(knowledge: Knowledge, technique: str, answer: Answer) -> bool:
    if not isinstance(answer, EntryAnswer) or not isinstance(answer.entry, Technique):
        return False
    allowed = ruling(knowledge, answer.entry, answer.conditions).allows
    return answer.entry.id == technique and not allowed


def entry_of(answer: Answer) -> str | None:
    """The entry answered with, or the first of a list."""
    match answer:
        case EntryAnswer(entry):
            return entry.id
        case Found(suggestions):
            return suggestions[0].technique.id
        case Urgent(alarms):
            return alarms[0].flag
        case _:
            return None


def _wrong(answer: Answer) -> Outcome:
    return "refused" if isinstance(answer, Fallback) else "wrong"
