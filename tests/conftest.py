"""What all tests share: the real knowledge, and an answerer over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.answering.answer import Answerer
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from bot.learned import open_answerer
from bot.settings import Settings

# The same examples in each run, so that a change is to blame for what fails after it, and never the
# time that one takes on a busy machine. New ones with
# `pytest --hypothesis-profile=default`.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

ROOT = Path(__file__).parent.parent
ENGLISH = ROOT / "knowledge" / "en"
QUESTIONS = ROOT / "tests" / "questions"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is learnt is kept with the tests' own cache, for them and the commands they start."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(request.config.cache.mkdir("learned")))
    for name in Settings.model_fields:
        patch.delenv(name.upper(), raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(ENGLISH)


@pytest.fixture(scope="session")
def answerer(knowledge: Knowledge) -> Answerer:
    return open_answerer(knowledge)
