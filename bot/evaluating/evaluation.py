"""Labelled questions put to the answerer: how many it gets right, and where it fails.

A label says which entry (or which of several) a fair person would expect:
kind "entry" (a technique, symptom or topic), "red-flag", "look-alike" (anything but a red flag),
or "outside" (nothing the bot knows).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.answering.answer import (
    Answer,
    Answerer,
    Choice,
    EntryAnswer,
    Fallback,
    SmallTalk,
    Urgent,
)
from bot.errors import BotError
from bot.knowledge import documents

Kind = Literal["entry", "red-flag", "look-alike", "outside"]
Outcome = Literal["right", "offered", "wrong", "refused"]

_KIND_OF_FOLDER: dict[str, Kind] = {
    "techniques": "entry",
    "symptoms": "entry",
    "topics": "entry",
    "red-flags": "red-flag",
    "look-alikes": "look-alike",
    "out-of-scope": "outside",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A message, what is expected of it, and the group under which it is counted."""

    text: str
    kind: Kind
    group: str
    expected: frozenset[str] = frozenset()
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    question: Question
    outcome: Outcome
    got: str


@dataclass(frozen=True)
class Report:
    """Outcomes counted by group, and every failure."""

    counts: dict[str, Counter[str]]
    failures: tuple[Failure, ...]

    def share(self, group: str, *outcomes: Outcome) -> float:
        counted = self.counts.get(group, Counter())
        return sum(counted[o] for o in outcomes) / (counted.total() or 1)


def read_questions(paths: Iterable[Path]) -> Iterator[Question]:
    """The questions in YAML files (kind and entry from folder and name), folders, or JSON lines."""
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix in (".yaml", ".jsonl"))
            yield from read_questions(sorted(inside))
        elif path.suffix in (".yaml", ".yml"):
            yield from _from_yaml(path)
        else:
            yield from _from_json_lines(path)


def evaluate(answerer: Answerer, questions: Iterable[Question]) -> Report:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    failures = []
    for question in questions:
        answer = answerer.answer(question.text)
        outcome = judge(question, answer)
        counts[question.group][outcome] += 1
        if outcome != "right":
            failures.append(Failure(question, outcome, described(answer)))
    return Report(dict(counts), tuple(failures))


def judge(question: Question, answer: Answer) -> Outcome:
    """Whether `answer` is what a fair person would expect."""
    match question.kind, answer:
        case "red-flag", Urgent(alarms):
            return "right" if alarms[0].flag in question.expected else "offered"
        case "look-alike", Urgent():
            return "wrong"
        case "look-alike", _:
            return "right"
        case "outside", Fallback() | SmallTalk():
            return "right"
        case "outside", Choice():
            return "offered"
        case "entry", EntryAnswer(entry):
            return "right" if entry.id in question.expected else "wrong"
        case "entry", Choice(candidates):
            named = {candidate.entry for candidate in candidates}
            return "offered" if named & question.expected else "wrong"
        case "entry" | "red-flag", Fallback() | SmallTalk():
            return "refused"
        case _:
            return "wrong"


def described(answer: Answer) -> str:
    """What was answered, with the runners-up."""
    match answer:
        case EntryAnswer(entry, candidates):
            return f"{entry.id} ({_scores(candidates)})"
        case Choice(candidates):
            return f"choice of {_scores(candidates)}"
        case Urgent(alarms):
            return "urgent " + ", ".join(f"{alarm.flag} {alarm.tier}" for alarm in alarms)
        case SmallTalk(talk):
            return f"small talk {talk}"
        case Fallback(candidates):
            return f"not known ({_scores(candidates)})"


def lines(report: Report) -> Iterator[str]:
    """The report as text: figures by group, then each failure."""
    yield f"{'':28}{'asked':>7}{'right':>8}{'offered':>9}{'wrong':>8}{'refused':>9}"
    for group, counted in report.counts.items():
        asked = counted.total()
        shares = [f"{counted[o] / asked:.1%}" for o in ("right", "offered", "wrong", "refused")]
        yield f"{group:28}{asked:>7}{shares[0]:>8}{shares[1]:>9}{shares[2]:>8}{shares[3]:>9}"
    for failure in report.failures:
        expected = "|".join(sorted(failure.question.expected)) or failure.question.kind
        said = repr(failure.question.text)
        yield f"{failure.outcome}: {said}: expected {expected}, got {failure.got}"


def _scores(candidates: Iterable[Any]) -> str:
    return ", ".join(f"{match.entry} {match.score:.0f}" for match in candidates)


def _from_yaml(path: Path) -> Iterator[Question]:
    data = documents.read(path)
    kind = _KIND_OF_FOLDER.get(path.parent.name)
    if kind is None or not isinstance(data, dict) or not isinstance(data.get("questions"), list):
        raise BotError(
            f"{path}:1: needs a list called questions, in a folder called one of"
            f" {', '.join(_KIND_OF_FOLDER)}"
        )
    for item in data["questions"]:
        label = item if isinstance(item, dict) else {"text": str(item)}
        named = {path.stem, *label.get("or", ())} if kind in ("entry", "red-flag") else ()
        yield Question(label["text"], kind, path.parent.name, frozenset(named), label.get("tier"))


def _from_json_lines(path: Path) -> Iterator[Question]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BotError(f"{path}:1: cannot be read: {error.strerror}") from error
    for number, line in enumerate(text.splitlines(), 1):
        try:
            item = json.loads(line)
            kind = _KIND_OF_FOLDER.get(item["kind"], item["kind"])
            named = {*item.get("or", ()), item.get("entry")} - {None}
            group = f"{path.stem}: {item['kind']}"
            yield Question(item["text"], kind, group, frozenset(named), item.get("tier"))
        except (ValueError, KeyError, TypeError) as error:
            wanted = '{"text": ..., "kind": ..., "entry": ...}'
            raise BotError(f"{path}:{number}: is not {wanted}: {error}") from error
