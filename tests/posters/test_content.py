"""What posters are made of, and what none is made of."""

from __future__ import annotations

import pytest

from bot.errors import BotError
from bot.knowledge.knowledge import Knowledge
from bot.posters.content import chosen, content
from tests.conftest import ENGLISH

RED_FLAGS = sorted(path.stem for path in ENGLISH.glob("red-flags/*"))


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("pigeon-pose", "pigeon-pose"),
        (" Pigeon Pose ", "pigeon-pose"),
        ("hip_pain", "hip-pain"),
        ("tightness-test", "tightness-test"),
        ("Remind", "remind"),
        ("group", "group"),
    ],
)
def test_what_is_named(knowledge: Knowledge, said: str, id: str) -> None:
    assert chosen(knowledge, said) == id


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("pigon-pose", "pigeon-pose"),
        ("belly-breathing", "diaphragmatic-breathing"),
        ("thomas test", "tightness-test"),
        ("couch-strech", "couch-stretch"),
        ("pain running", "pain-after-running"),
        ("hip", "hip-pain"),
        ("reminder", "remind"),
        ("groups", "group"),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest(
    knowledge: Knowledge, said: str, near: str
) -> None:
    with pytest.raises(BotError) as raised:
        chosen(knowledge, said)
    assert repr(said) in str(raised.value)
    assert near in str(raised.value).partition("Did you mean: ")[2].rstrip("?").split(", ")


@pytest.mark.parametrize("said", ["xyzzy", "qr", "../../etc/passwd", "", "?", "膝"])
def test_where_nothing_is_near_it_says_where_ids_are(knowledge: Knowledge, said: str) -> None:
    with pytest.raises(BotError, match="techniques/, symptoms/ or topics/"):
        chosen(knowledge, said)


@pytest.mark.parametrize("id", [*RED_FLAGS, "Chest Pain"])
def test_a_red_flag_gets_no_poster(knowledge: Knowledge, id: str) -> None:
    with pytest.raises(BotError, match="is a warning sign and gets no poster"):
        chosen(knowledge, id)


@pytest.mark.parametrize(
    ("id", "link"),
    [
        ("pigeon-pose", "https://t.me/psoas_bot?start=e-pigeon-pose"),
        ("remind", "https://t.me/psoas_bot?start=remind"),
        ("group", "https://t.me/psoas_bot?startgroup=group"),
    ],
)
@pytest.mark.parametrize("username", ["psoas_bot", "@psoas_bot"])
def test_links(knowledge: Knowledge, id: str, link: str, username: str) -> None:
    said = content(knowledge, id, username)
    assert said.link == link
    assert said.name.startswith("@psoas_bot")


@pytest.mark.parametrize(
    "username", ["", "@", "abc", "9bot", "my bot", "a" * 33, "бот_бот", "x/y?z"]
)
def test_a_bad_username(knowledge: Knowledge, username: str) -> None:
    with pytest.raises(BotError, match="no username"):
        content(knowledge, "remind", username)
