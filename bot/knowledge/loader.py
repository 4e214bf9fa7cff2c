"""One language's folder of YAML files -> Knowledge, or every fault in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.errors import KnowledgeError
from bot.knowledge import documents, links
from bot.knowledge.entry import Asks, Examples, Frozen, Sourced
from bot.knowledge.faults import Fault, KnowledgeFaultsError, Place
from bot.knowledge.knowledge import (
    ASKS_FOLDER,
    ENTRY_FOLDERS,
    EXAMPLES_FOLDER,
    LEARNT_FILES,
    RECORD_FILES,
    WORD_FILES,
    Knowledge,
)
from bot.knowledge.language import Grammar, ReminderWords
from bot.knowledge.messages import Messages
from bot.knowledge.plans import Plans

# Files that hold what the bot says, and nothing that it learns from.
SAID_ONLY = ("messages.yaml", "plans.yaml", "quiz.yaml", "sources.yaml")

_WORDS = TypeAdapter(dict[str, tuple[str, ...]])


def load(folder: Path, *, examples: bool = True) -> Knowledge:
    """The knowledge in `folder` (one language, such as knowledge/en).

    Without `examples`, which are only learnt from, it loads in half the time.
    Raises KnowledgeFaultsError with every fault found; faults between files are looked for only
    once each file alone is sound.
    """
    if not folder.is_dir():
        raise KnowledgeError(f"{folder}:1: there is no such folder; set KNOWLEDGE_DIR to one")
    reading = _Reading(folder)
    parts = {
        **{_key(name): reading.files(name, kind) for name, kind in ENTRY_FOLDERS.items()},
        "examples": reading.files(EXAMPLES_FOLDER, Examples) if examples else {},
        "asks": reading.files(ASKS_FOLDER, Asks) if examples else {},
        **{n: reading.records(n, kind) if examples else {} for n, kind in LEARNT_FILES.items()},
        **{_key(name): reading.records(name, kind) for name, kind in RECORD_FILES.items()},
        **{_key(name): reading.words(name) for name in WORD_FILES},
        "plans": reading.one("plans", Plans),
        "grammar": reading.one("grammar", Grammar),
        "reminder_words": reading.one("reminder-words", ReminderWords),
        "messages": reading.one("messages", Messages),
        "dictionary": reading.dictionary(),
    }
    reading.stop_on_faults()
    flags = sorted(parts["red_flags"].values(), key=lambda flag: flag.precedence)
    parts["red_flags"] = {flag.id: flag for flag in flags}
    parts["learnt_version"] = version(folder, SAID_ONLY)
    knowledge = Knowledge(folder=folder, version=version(folder), **parts)
    reading.faults += links.faults(knowledge)
    reading.stop_on_faults()
    return knowledge


def version(folder: Path, without: Container[str] = ()) -> str:
    """A short name for the present content of `folder`: another whenever a file in it changes.

    Files named in `without` do not count.
    """
    digest = hashlib.sha256()
    counting = (path for path in folder.rglob("*") if path.is_file() and path.name not in without)
    for path in sorted(counting):
        digest.update(f"{path.relative_to(folder)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def lines_of(faults: Iterable[Fault]) -> list[str]:
    """Each fault as `path:line: what is wrong`."""
    return [f"{f.file}:{documents.line_of(f.file, f.place)}: {f.text}" for f in faults]


class _Reading:
    """Reads the files of one folder and gathers what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self._unreadable: list[str] = []

    def stop_on_faults(self) -> None:
        if self.faults or self._unreadable:
            raise KnowledgeFaultsError([*self._unreadable, *lines_of(self.faults)])

    def files(self, name: str, kind: type[Frozen]) -> dict[str, Any]:
        """One record a file in the folder `name`, by the file's stem."""
        found = {}
        for path in sorted((self.folder / name).glob("*.yaml")):
            data = self._mapping(path)
            entry = self._validated(path, kind, data, (), path.stem)
            if entry is not None:
                found[path.stem] = entry
                self.faults += _out_of_order(path, kind, list(data))
        return found

    def records(self, name: str, kind: type[Frozen]) -> dict[str, Any]:
        path = self.folder / f"{name}.yaml"
        found = {}
        for id, data in self._mapping(path).items():
            record = self._validated(path, kind, data, (id,), id)
            if record is not None:
                found[id] = record
        return found

    def words(self, name: str) -> dict[str, tuple[str, ...]]:
        path = self.folder / f"{name}.yaml"
        try:
            return _WORDS.validate_python(self._mapping(path))
        except ValidationError as error:
            self.faults += _faults(path, (), error)
            return {}

    def one(self, name: str, kind: type[Frozen]) -> Any:
        path = self.folder / f"{name}.yaml"
        return self._validated(path, kind, self._mapping(path), ())

    def dictionary(self) -> frozenset[str]:
        path = self.folder / "dictionary.txt"
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            self._unreadable.append(f"{path}:1: cannot be read: {error}")
            return frozenset()
        return frozenset(line for line in lines if line and not line.startswith("#"))

    def _mapping(self, path: Path) -> dict[str, Any]:
        try:
            data = documents.read(path)
        except KnowledgeError as error:
            self._unreadable.append(str(error))
            return {}
        if not isinstance(data, dict):
            self.faults.append(Fault(path, (), "must hold keys with values"))
            return {}
        return data

    def _validated(
        self, path: Path, kind: type[Frozen], data: Any, place: Place, id: str | None = None
    ) -> Any:
        if data == {} and any(line.startswith(f"{path}:") for line in self._unreadable):
            return None
        try:
            named = {"id": id, **data} if id is not None and isinstance(data, dict) else data
            return kind.model_validate(named)
        except ValidationError as error:
            self.faults += _faults(path, place, error)
            return None


def key_order(kind: type[Frozen]) -> list[str]:
    """The keys of a record's file in the order in which they are written."""
    shared = list(Sourced.model_fields) if issubclass(kind, Sourced) else []
    return [key for key in kind.model_fields if key not in ("id", *shared)] + shared


def _out_of_order(path: Path, kind: type[Frozen], keys: list[str]) -> Iterator[Fault]:
    wanted = [key for key in key_order(kind) if key in keys]
    for have, want in zip(keys, wanted, strict=True):
        if have != want:
            yield Fault(path, (have,), f"the key {have!r} is out of order: {want!r} comes before")
            return


def _key(name: str) -> str:
    return name.replace("-", "_")


def _faults(path: Path, place: Place, error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors(include_url=False):
        where = (*place, *problem["loc"])
        name = ".".join(str(step) for step in problem["loc"]) or "this"
        yield Fault(path, where, f"{name}: {problem['msg']}")
