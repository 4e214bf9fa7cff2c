"""JSON Schemas for editors, from the same definitions that the files are checked against."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from bot.knowledge.entry import Asks, Examples
from bot.knowledge.knowledge import (
    ASKS_FOLDER,
    ENTRY_FOLDERS,
    EXAMPLES_FOLDER,
    LEARNT_FILES,
    RECORD_FILES,
    WORD_FILES,
)
from bot.knowledge.language import Grammar, ReminderWords
from bot.knowledge.messages import Messages
from bot.knowledge.plans import Plans


def schemas() -> dict[str, dict[str, Any]]:
    """One schema for each folder of entries and each other file, by its name."""
    entries = {name: _of_file(kind) for name, kind in ENTRY_FOLDERS.items()}
    entries |= {EXAMPLES_FOLDER: _of_file(Examples), ASKS_FOLDER: _of_file(Asks)}
    kinds = {**RECORD_FILES, **LEARNT_FILES}
    records = {name: _mapping(_of_file(kind)) for name, kind in kinds.items()}
    words = {name: _mapping({"type": "array", "items": {"type": "string"}}) for name in WORD_FILES}
    rest = {
        "plans": _of_file(Plans),
        "grammar": _of_file(Grammar),
        "reminder-words": _of_file(ReminderWords),
        "messages": _of_file(Messages),
    }
    return {**entries, **records, **words, **rest}


def _of_file(kind: type[BaseModel]) -> dict[str, Any]:
    """The schema of `kind` without its id, which is the file's or the key's name."""
    schema = kind.model_json_schema()
    schema["properties"].pop("id", None)
    schema["required"] = [key for key in schema.get("required", []) if key != "id"]
    return schema


def _mapping(values: dict[str, Any]) -> dict[str, Any]:
    definitions = values.pop("$defs", {})
    return {"type": "object", "additionalProperties": values, "$defs": definitions}
