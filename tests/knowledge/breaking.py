"""Putting faults into knowledge."""

from __future__ import annotations

from pathlib import Path


def replaced(path: Path, old: str, new: str) -> int:
    """Puts `new` for the first `old`, and tells on which line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
