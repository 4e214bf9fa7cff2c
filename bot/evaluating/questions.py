"""Labelled questions: what people say, and what a fair person would expect of the answer.

In YAML a file's folder tells the kind and its name the entry. In JSON lines each line tells them:

    {"text": ..., "kind": "entry", "entry": ..., "or": [...]}
    {"text": ..., "kind": "facet", "entry": ..., "facet": ..., "or_facets": [...], "verdict": ...}
    {"text": ..., "kind": "condition", "any_of": [...], "never": [...], "forbidden": ...}
    {"text": ..., "kind": "reminder", "reminder": {"action": ..., "time": ..., ...}}
    {"kind": "conversation", "turns": [{"say": ..., "entry": [...], "facet": [...], ...}, ...]}

Other kinds are "red-flag", "look-alike" (anything but a red flag), "outside" (nothing the bot
knows) and "not-reminder".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.knowledge import documents

_KIND_OF_FOLDER = {
    "techniques": "entry",
    "symptoms": "entry",
    "topics": "entry",
    "red-flags": "red-flag",
    "look-alikes": "look-alike",
    "out-of-scope": "outside",
}
KINDS = frozenset(
    {*_KIND_OF_FOLDER.values(), "facet", "condition", "reminder", "not-reminder", "turn"}
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the answer should be; what is None is not looked at.

    `entries`: one of them answers, or is shown first. `never`: techniques that must not be shown.
    `forbidden`: the technique that must be refused. `reminder`: field -> values that are right.
    """

    entries: frozenset[str] | None = None
    facets: frozenset[str] | None = None
    verdict: str | None = None
    kinds: frozenset[str] | None = None
    never: frozenset[str] = frozenset()
    forbidden: str | None = None
    reminder: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    no_technique: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A message, what is expected of it, and the group under which it is counted."""

    text: str
    kind: str
    group: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its turns in order, each a question of the kind "turn"."""

    turns: tuple[Question, ...]


Labelled = Question | Talk


def read_questions(paths: Iterable[Path]) -> Iterator[Labelled]:
    """The questions in YAML files (kind and entry from folder and name), folders, or JSON lines."""
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix in (".yaml", ".jsonl"))
            yield from read_questions(sorted(inside))
        elif path.suffix in (".yaml", ".yml"):
            yield from _from_yaml(path)
        else:
            yield from _from_json_lines(path)


def texts(labelled: Labelled) -> Iterator[str]:
    """What is said in it."""
    for question in labelled.turns if isinstance(labelled, Talk) else (labelled,):
        yield question.text


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
        named = {path.stem, *label.get("or", ())} if kind in ("entry", "red-flag") else set()
        yield Question(label["text"], kind, path.parent.name, Expected(frozenset(named)))


def _from_json_lines(path: Path) -> Iterator[Labelled]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BotError(f"{path}:1: cannot be read: {error.strerror}") from error
    for number, line in enumerate(text.splitlines(), 1):
        try:
            yield _labelled(json.loads(line), path.stem)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            wanted = '{"text": ..., "kind": ..., "entry": ...}'
            raise BotError(f"{path}:{number}: is not {wanted}: {error}") from error


def _labelled(item: dict[str, Any], stem: str) -> Labelled:
    if item["kind"] == "conversation":
        return Talk(tuple(_turn(turn, stem) for turn in item["turns"]))
    kind = _KIND_OF_FOLDER.get(item["kind"], item["kind"])
    if kind not in KINDS:
        raise ValueError(f"no kind is called {kind!r}")
    return Question(item["text"], kind, f"{stem}: {item['kind']}", _expected(item))


def _expected(item: dict[str, Any]) -> Expected:
    entries = item.get("any_of") or [*item.get("or", ()), item.get("entry")]
    facets = [item["facet"], *item.get("or_facets", ())] if "facet" in item else None
    return Expected(
        entries=frozenset(entry for entry in entries if entry),
        facets=frozenset(facets) if facets else None,
        verdict=item.get("verdict"),
        never=frozenset(item.get("never", ())),
        forbidden=item.get("forbidden"),
        reminder=_reminder(item),
    )


def _turn(turn: dict[str, Any], stem: str) -> Question:
    expected = Expected(
        entries=_some(turn.get("entry")),
        facets=_some(turn.get("facet")),
        kinds=_some(turn.get("kind_of_answer")),
        never=frozenset(turn.get("never", ())),
        reminder=_reminder(turn),
        no_technique=bool(turn.get("offers_no_technique")),
    )
    return Question(turn["say"], "turn", f"{stem}: turn", expected)


def _some(values: Sequence[str] | None) -> frozenset[str] | None:
    return frozenset(values) if values else None


def _reminder(item: dict[str, Any]) -> dict[str, tuple[str | None, ...]]:
    label = dict(item.get("reminder") or {})
    zones = [*label.pop("timezone_or", ()), *item.get("timezone_or", ())]
    right: dict[str, tuple[str | None, ...]] = {name: (value,) for name, value in label.items()}
    if "timezone" in right:
        right["timezone"] = (*right["timezone"], *zones)
    return right
