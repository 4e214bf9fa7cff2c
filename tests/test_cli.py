"""The commands as a person types them, in a process of their own where that matters."""

from __future__ import annotations

import io
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.knowledge.knowledge import Knowledge
from tests.conftest import ENGLISH, ROOT

KEYS = ["query", "kind", "entry", "facet", "candidates", "reminder", "text"]


def command(*words: str, said: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=said,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )


def feed(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    data = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_ask(capsys: pytest.CaptureFixture[str], knowledge: Knowledge) -> None:
    assert main(["ask", "how do I stretch my psoas"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(knowledge.techniques["half-kneeling-lunge"].title)
    assert "\x1b" not in said
    assert max(map(len, said.split("\n"))) <= 88


def test_ask_takes_words_without_quotes_and_pages(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    assert main(["ask", "pigeon", "pose"]) == 0
    assert capsys.readouterr().out.startswith(knowledge.techniques["pigeon-pose"].title)
    assert main(["ask", "/symptoms"]) == 0
    assert knowledge.symptoms["hip-pain"].title in capsys.readouterr().out


def test_ask_nothing_says_how_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask"]) == 1
    assert "psoas-bot ask" in capsys.readouterr().err


def test_ask_json_answers_each_line_on_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["pigeon pose", '{"text": "cobra\\npose"}', "{not json", "", "I can't pee, back hurts"]
    feed(monkeypatch, "\n".join(lines) + "\n")
    assert main(["ask", "--json"]) == 0
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(object) for object in objects] == [KEYS] * 5
    assert [object["query"] for object in objects] == [
        "pigeon pose",
        "cobra\npose",
        "{not json",
        "",
        "I can't pee, back hurts",
    ]
    assert [object["kind"] for object in objects] == [
        "answer",
        "answer",
        "fallback",
        "fallback",
        "urgent",
    ]
    assert objects[0]["entry"] == "pigeon-pose"
    assert objects[0]["candidates"][0]["entry"] == "pigeon-pose"
    assert len(objects[0]["candidates"]) <= 3
    assert objects[4]["entry"] == "cauda-equina"


def test_ask_json_takes_bytes_that_are_no_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, b"\xff\xfe psoas\n")
    assert main(["ask", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"]


def test_chat_starts_anew_without_a_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, "hi\n/new\npigeon pose\n")
    assert main(["chat", "--json"]) == 0
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [object["query"] for object in objects] == ["hi", "pigeon pose"]


def test_chat_goes_on_with_a_number_or_a_label(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    yoga = knowledge.messages.families["yoga"]
    feed(monkeypatch, f"/techniques\n{yoga.upper()}\n1\n/new\n1\n")
    assert main(["chat"]) == 0
    said = capsys.readouterr().out
    first = next(t for t in knowledge.techniques.values() if t.family == "yoga")
    assert f"1. {first.title}" in said
    assert first.steps[0][:40] in said.replace("\n   ", " ")


def test_chat_through_a_pipe_prints_only_replies(knowledge: Knowledge) -> None:
    done = command("chat", said="thanks\n/new\nhi\n")
    talk = knowledge.small_talk
    assert done.stdout.split("\n")[0] == talk["thanks"].replies[0]
    assert talk["greeting"].replies[0] in done.stdout
    assert ">" not in done.stdout


def test_a_terminal_gets_colour_and_its_own_width() -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "50", "TERM": "xterm"}
    env.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "thanks", "a", "lot"], stdout=theirs, env=env, cwd=ROOT
    )
    process.wait(120)
    os.close(theirs)
    assert os.read(ours, 10_000).strip()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "pigeon pose"],
        stdout=(pipe := pty.openpty())[1],
        env=env,
        cwd=ROOT,
    )
    said = os.read(pipe[0], 100_000).decode()
    process.wait(120)
    assert "\x1b[1m" in said
    assert all(len(line.split("\x1b[0m")[0]) <= 60 for line in said.splitlines())
    for end in (ours, *pipe):
        os.close(end)


def test_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check"]) == 0
    assert "64 entries" in capsys.readouterr().out
    shutil.copytree(ENGLISH, tmp_path / "en")
    path = tmp_path / "en/techniques/walking.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: easy", "level: x"), "utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert f"{path}:" in capsys.readouterr().err


def test_schema(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path / "schemas")]) == 0
    written = json.loads((tmp_path / "schemas/techniques.json").read_text(encoding="utf-8"))
    assert written["properties"]["title"]
    assert "techniques.json" in capsys.readouterr().out


def test_evaluate(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lines = [
        {"text": "pigeon pose", "kind": "entry", "entry": "pigeon-pose"},
        {"text": "cobra pose", "kind": "entry", "entry": "pigeon-pose"},
        {"text": "what time is the train", "kind": "outside"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert main(["evaluate", str(path)]) == 0
    said = capsys.readouterr().out
    assert "50.0%" in said
    assert "wrong: 'cobra pose': expected pigeon-pose, got answer cobra-pose" in said


@pytest.mark.parametrize(
    ("name", "text"), [("a.jsonl", "{}"), ("a.jsonl", "no"), ("x/a.yaml", "questions: []")]
)
def test_evaluate_says_what_a_file_of_questions_needs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert main(["evaluate", str(path)]) == 1
    assert f"{path}:1:" in capsys.readouterr().err


def test_knowledge_of_ones_own(tmp_path: Path) -> None:
    shutil.copytree(ENGLISH, tmp_path / "mine" / "en")
    path = tmp_path / "mine/en/techniques/walking.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(text.split("\n")[0], "title: Strolling about"), encoding="utf-8")
    (tmp_path / ".env").write_text("KNOWLEDGE_DIR=mine\n", encoding="utf-8")
    done = command("ask", "strolling about", folder=tmp_path)
    assert done.stdout.startswith("Strolling about"), done.stderr


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    lines = "pigeon pose\n" * 400
    piped = f"{sys.executable} -m bot ask --json | head -n 1"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", piped],
        input=lines,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=env,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 141)
    assert "Traceback" not in done.stderr
