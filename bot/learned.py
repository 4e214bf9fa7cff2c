"""Keeping what was learnt from the knowledge, so that only the first start after a change learns.

The built package brings it along; what is learnt elsewhere is kept in the user's cache folder. It
is plain arrays of numbers, named after everything it depends on, and never needed: without it
the bot learns again.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.answering.answer import Answerer
from bot.answering.learning import Learned, learn
from bot.answering.model import Model
from bot.answering.reader import Reader
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load

log = logging.getLogger(__name__)

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "data" / "learned"
KEPT = 5  # files in the cache folder
_MODELS = ("matching", "screening", "turns", "facets")
_ARRAYS = ("keys", "rarity", "weights", "bias", "full_length")


def open_answerer(knowledge: Knowledge) -> Answerer:
    """An answerer for `knowledge`, with what was learnt from it before where that was kept."""
    name = file_name(knowledge)
    for folder in (_INSTALLED, cache_folder()):
        kept = _read(folder / name)
        if kept is not None:
            return Answerer(knowledge, kept)
    with tempfile.TemporaryDirectory() as aside:
        learned = _read(_learn_aside(knowledge, Path(aside)))
    if learned is None:  # too many entries to be worth keeping, or no process could be started
        return Answerer(load(knowledge.folder))
    with contextlib.suppress(OSError):  # a folder that cannot be written: learnt again next time
        save(knowledge, learned, cache_folder())
        _forget_old(cache_folder())
    return Answerer(knowledge, learned)


def save(knowledge: Knowledge, learned: Learned, folder: Path) -> Path | None:
    """Keeps what was `learned` from `knowledge` in `folder`; None where it is not worth it."""
    if not isinstance(learned.matching, Model):
        return None
    models = {
        "matching": learned.matching,
        "screening": learned.screening,
        "turns": learned.turns,
        "facets": learned.facets,
    }
    arrays = {
        f"{name}-{key}": model.arrays[key] for name, model in models.items() for key in _ARRAYS
    }
    vocabulary = np.frombuffer("\n".join(learned.vocabulary).encode(), np.uint8)
    path = folder / file_name(knowledge)
    named: dict[str, Any] = {**arrays, "vocabulary": vocabulary}
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        with unfinished.open("wb") as file:
            np.savez(file, **named)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def file_name(knowledge: Knowledge) -> str:
    """Another whenever what is learnt from changes, or the code that learns."""
    digest = hashlib.sha256(knowledge.learnt_version.encode())
    for path in sorted((_PACKAGE / "answering").glob("*.py")):
        digest.update(path.read_bytes())
    return f"{digest.hexdigest()[:16]}.npz"


def cache_folder() -> Path:
    """Where programs keep what they can make again, by the custom of the system."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "psoas-bot"


def _forget_old(folder: Path) -> None:
    """Each change of the knowledge leaves a file behind: only the newest few are worth the room."""
    files = sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        file.unlink(missing_ok=True)


def _read(path: Path) -> Learned | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            matching, screening, turns, facets = (
                Model({key: kept[f"{name}-{key}"] for key in _ARRAYS}) for name in _MODELS
            )
            words = kept["vocabulary"].tobytes().decode().split("\n")
            return Learned(matching, screening, turns, facets, tuple(words))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        log.warning("what was learnt cannot be read and is learnt again: %s: %s", path, error)
        return None


def _learn_aside(knowledge: Knowledge, folder: Path) -> Path:
    """Learns in a process of its own, and gives the file in `folder` where it then stands.

    What learning needs in memory goes with the process, and a running bot answers on meanwhile.
    """
    log.warning("learning from the knowledge, once after each change; this takes some seconds")
    command = [sys.executable, "-m", "bot.learned", str(knowledge.folder), str(folder)]
    path = os.pathsep.join(filter(None, [str(_PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    try:
        subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        log.warning("learning aside failed, learning here: %s", error)
    return folder / file_name(knowledge)


def _main(knowledge_folder: str, folder: str) -> None:
    gc.disable()  # millions of small objects that all stay: collecting in between is in vain
    knowledge = load(Path(knowledge_folder))
    save(knowledge, learn(knowledge, Reader(knowledge)), Path(folder))


if __name__ == "__main__":
    _main(*sys.argv[1:])
