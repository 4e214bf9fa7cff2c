"""Small things about sentences."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
