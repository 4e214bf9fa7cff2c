"""What was learnt is kept, and never trusted further than it can be read."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from bot import learned
from bot.answering.answer import Answerer
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import SAID_ONLY, version

QUERY = "how do I stretch my psoas"


def test_what_was_kept_answers_the_same(
    knowledge: Knowledge, answerer: Answerer, tmp_path: Path
) -> None:
    path = learned.save(knowledge, answerer.learned, tmp_path)
    assert path is not None
    again = learned._read(path)
    assert again is not None
    assert Answerer(knowledge, again).answer(QUERY) == answerer.answer(QUERY)


def test_a_torn_file_is_learnt_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "torn.npz"
    path.write_bytes(b"PK\x03\x04 torn")
    assert learned._read(path) is None
    assert "learnt again" in caplog.text
    assert learned._read(tmp_path / "missing.npz") is None


def test_a_changed_sentence_needs_no_learning(knowledge: Knowledge, tmp_path: Path) -> None:
    folder = tmp_path / "en"
    shutil.copytree(knowledge.folder, folder)
    said = folder / "messages.yaml"
    said.write_text(said.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    assert version(folder) != knowledge.version
    assert version(folder, SAID_ONLY) == knowledge.learnt_version
    concepts = folder / "concepts.yaml"
    concepts.write_text(concepts.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    assert version(folder, SAID_ONLY) != knowledge.learnt_version


def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    for number in range(learned.KEPT + 3):
        path = tmp_path / f"{number}.npz"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    learned._forget_old(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == {"3", "4", "5", "6", "7"}


def test_the_cache_follows_the_custom_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/tmp/x")
    assert learned.cache_folder() == Path("/tmp/x/psoas-bot")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert learned.cache_folder().parts[-3:] == ("Library", "Caches", "psoas-bot")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/tmp/local")
    assert learned.cache_folder() == Path("/tmp/local/psoas-bot")
