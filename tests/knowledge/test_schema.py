from __future__ import annotations

import json

from bot.knowledge.documents import read
from bot.knowledge.schema import schemas
from tests.conftest import ENGLISH


def test_there_is_a_schema_for_every_file() -> None:
    files = {p.parent.name if p.parent != ENGLISH else p.stem for p in ENGLISH.rglob("*.yaml")}
    assert set(schemas()) == files


def test_a_schema_names_the_keys_of_its_files() -> None:
    technique = json.loads(json.dumps(schemas()["techniques"]))
    written = read(ENGLISH / "techniques" / "walking.yaml")
    assert set(written) <= set(technique["properties"])
    assert set(technique["required"]) <= set(written)
    assert "id" not in technique["properties"]
