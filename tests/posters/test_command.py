"""`psoas-bot qr`, as a person types it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from tests.posters.reading import code_in_png, code_in_svg, read
from tests.telegram import FakeTelegram

NAMED = ["--bot", "psoas_bot"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is typed: an empty folder, without a .env."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_writes_two_files_and_says_where(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert main(["qr", "pigeon-pose", *NAMED]) == 0
    picture, drawing, link = capsys.readouterr().out.splitlines()
    assert (picture, drawing) == ("pigeon-pose.png", "pigeon-pose.svg")
    assert link == "https://t.me/psoas_bot?start=e-pigeon-pose"
    assert read(code_in_png((folder / picture).read_bytes()).matrix)[0] == link
    assert read(code_in_svg((folder / drawing).read_text("utf-8")).matrix)[0] == link


def test_a_folder_is_made_and_a_poster_of_before_replaced(folder: Path) -> None:
    for name in ("old_psoas_bot", "new_psoas_bot"):
        assert main(["qr", "Pigeon", "pose", "--out", "on/the/wall", "--bot", name]) == 0
    made = folder / "on" / "the" / "wall"
    assert sorted(path.name for path in made.iterdir()) == ["pigeon-pose.png", "pigeon-pose.svg"]
    said, _ = read(code_in_png((made / "pigeon-pose.png").read_bytes()).matrix)
    assert "new_psoas_bot" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chest-pain", *NAMED], "is a warning sign and gets no poster"),
        (["pigeon-posse", *NAMED], "Did you mean: pigeon-pose"),
        (["xyzzy"], "There is no entry 'xyzzy'"),
        (["remind", "--bot", "my bot"], "is no username"),
        (["remind", "--bot", ""], "is no username"),
        (["remind", *NAMED, "--out", "a-file"], "cannot be written to a-file"),
        (["remind", *NAMED, "--out", "a-file/in-it"], "cannot be written to a-file/in-it"),
        (["remind", *NAMED, "--out", "taken"], "cannot be written to taken"),
        (["remind", *NAMED, "--font", "a-file"], "cannot be read as a font"),
        (["remind"], "--bot your_bot"),
    ],
)
def test_what_is_wrong_is_said_and_what_to_do(
    capsys: pytest.CaptureFixture[str], folder: Path, words: list[str], told: str
) -> None:
    (folder / "a-file").write_text("of something else", encoding="utf-8")
    (folder / "taken" / "remind.png").mkdir(parents=True)
    assert main(["qr", *words]) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""
    assert not list(folder.glob("*.png"))


def test_without_a_word_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["qr"])
    assert "psoas-bot qr" in capsys.readouterr().err


async def test_the_name_is_asked_from_telegram(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeTelegram() as server:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", server.token)
        monkeypatch.setenv("TELEGRAM_API_URL", server.url)
        assert await asyncio.to_thread(main, ["qr", "group"]) == 0
        assert server.violations == []
    link = capsys.readouterr().out.splitlines()[-1]
    assert link == "https://t.me/psoas_test_bot?startgroup=group"


async def test_a_wrong_token_and_no_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "123456:" + "A" * 35
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    async with FakeTelegram() as server:
        monkeypatch.setenv("TELEGRAM_API_URL", server.url)
        assert await asyncio.to_thread(main, ["qr", "group"]) == 1
    assert "does not know this TELEGRAM_BOT_TOKEN" in capsys.readouterr().err
    assert await asyncio.to_thread(main, ["qr", "group"]) == 1
    said = capsys.readouterr().err
    assert "No answer from" in said
    assert "--bot" in said
    assert token not in said
