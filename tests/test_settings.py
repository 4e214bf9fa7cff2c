"""Settings and .env.example say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, language_folder, read
from tests.conftest import ENGLISH, ROOT

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def test_every_setting_is_in_the_example_in_order_with_its_default() -> None:
    written = re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE)
    assert [name.lower() for name, _ in written] == list(Settings.model_fields)
    for name, value in written:
        default = Settings.model_fields[name.lower()].default
        told = str(default).lower() if isinstance(default, bool) else str(default)
        assert value == ("" if default is None else told)


def test_every_setting_of_the_example_has_its_meaning_above_it() -> None:
    for block in EXAMPLE.strip().split("\n\n")[1:]:
        assert block.startswith("# ")


def test_the_example_is_a_fine_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read() == Settings(_env_file=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [("TELEGRAM_API_URL", "nowhere"), ("WEBHOOK_LISTEN", "8080"), ("LOG_LEVEL", "LOUD")],
)
def test_a_setting_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read()


def test_the_knowledge_folder_may_be_the_whole_or_one_language() -> None:
    assert language_folder(ENGLISH.parent) == ENGLISH
    assert language_folder(ENGLISH) == ENGLISH
    assert language_folder(None) == ENGLISH
