"""The knowledge that comes along, copied so that it may be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ENGLISH


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One language's folder, of each test's own."""
    shutil.copytree(ENGLISH, tmp_path / "en")
    return tmp_path / "en"
