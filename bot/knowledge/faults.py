"""What is wrong with the knowledge, said so that whoever edits it can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import KnowledgeError

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which file, and at which place of the data in it."""

    file: Path
    place: Place
    text: str


class KnowledgeFaultsError(KnowledgeError):
    """All faults at once, each as `path:line: what is wrong`."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))
