"""Building the package: learns from the knowledge once, so that nobody has to wait for it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LearnHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts what is learnt from knowledge/ into the wheel, beside the knowledge itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from bot.answering.learning import learn
        from bot.answering.reader import Reader
        from bot.check import sound
        from bot.learned import save

        self._folder = tempfile.TemporaryDirectory()
        for language in sorted(Path(self.root, "knowledge").glob("*/techniques")):
            knowledge = sound(language.parent)
            learned = learn(knowledge, Reader(knowledge))
            path = save(knowledge, learned, Path(self._folder.name))
            if path is not None:
                build_data["force_include"][str(path)] = f"bot/data/learned/{path.name}"
