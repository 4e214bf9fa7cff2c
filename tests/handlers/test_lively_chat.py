"""Chats as gyms have them: what is meant for the bot is answered, and all the rest is not.

Their lines stand in lively-chat.yaml. They go as fast as they can, in several groups, so that the
bot's own manners hush nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.handlers.manners import GROUP, URGENT
from bot.knowledge.entry import Verdict
from bot.knowledge.knowledge import Knowledge
from tests.handlers.gyms import BOT
from tests.telegram import FakeTelegram, Group, Person, SentMessage
from tests.telegram.limits import Enforced

pytestmark = pytest.mark.usefixtures("bot")
in_module = pytest.mark.asyncio(loop_scope="module")

LIMITS = Enforced()

Line = Mapping[str, Any]

CHATS: list[Mapping[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("lively-chat.yaml").read_text(encoding="utf-8")
)
_ABOUT = {"id", "to", "to_answer", "topic", "edits", "forwarded", "anonymous", "answer", "ruled"}
PATIENCE = 60.0  # seconds; a busy machine answers late


def who(line: Line) -> str:
    (name,) = line.keys() - _ABOUT
    return name


class Crowd:
    """The people of all the groups, each the same everywhere."""

    def __init__(self, server: FakeTelegram) -> None:
        self._server = server
        self._people: dict[str, Person] = {}

    def __getitem__(self, name: str) -> Person:
        if name not in self._people:
            bot = name.endswith("_bot")
            known = self._server.other_bot(name) if bot else self._server.person(first_name=name)
            self._people[name] = known
        return self._people[name]


class Played:
    """A chat, as far as it has been said."""

    def __init__(self, group: Group, topics: Mapping[str, int]) -> None:
        self.group = group
        self._topics = topics
        self._ids: dict[str, int] = {}
        self.expected: dict[int, Line] = {}

    async def say(self, person: Person, line: Line, crowd: Crowd) -> None:
        text = line[who(line)]
        if "edits" in line:
            await person.edits_in(self.group, self._ids[line["edits"]], text)
            return
        number = await person.says_in(
            self.group,
            text,
            reply_to=await self._replied_to(line),
            topic=self._topics.get(line.get("topic", "")),
            anonymous=line.get("anonymous", False),
            forwarded_from=crowd[line["forwarded"]] if "forwarded" in line else None,
        )
        self._ids[line.get("id", "")] = number
        if "answer" in line:
            self.expected[number] = line

    async def _replied_to(self, line: Line) -> int | None:
        if "to_answer" not in line:
            return self._ids[line["to"]] if "to" in line else None
        return (await self.answer_to(self._ids[line["to_answer"]])).message_id

    async def answer_to(self, asked: int) -> SentMessage:
        """The bot's answer to the message."""

        def answers() -> list[SentMessage]:
            return [message for message in self.group.sees() if message.reply_to == asked]

        assert await self.group.state.wait(lambda: bool(answers()), PATIENCE), asked
        return answers()[0]

    def topic_of(self, message: SentMessage) -> str | None:
        return next((name for name, id in self._topics.items() if id == message.thread_id), None)


def begins(knowledge: Knowledge, answer: str) -> str:
    """How the answer that a line expects begins."""
    entry = knowledge.entry(answer)
    if entry is not None:
        return entry.title
    texts = knowledge.messages
    others = {
        "choice": texts.choice.question,
        "fits": texts.search.found_any.removesuffix(":"),
        "how": texts.group.how.format(name=BOT),
        "thanks": knowledge.small_talk["thanks"].replies[0],
    }
    return others.get(answer) or str(getattr(texts.group, answer))


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_refused(server: FakeTelegram) -> Iterator[None]:
    """Nor anything that the bot says while it stops."""
    yield
    assert server.refused() == []


async def opened(server: FakeTelegram, crowd: Crowd, chat: Mapping[str, Any]) -> Played:
    group = server.group(chat["title"], forum="topics" in chat)
    await group.add(crowd["Ada"], "creator")
    for name in dict.fromkeys(who(line) for line in chat["says"]):
        if name != "Ada":
            await group.add(crowd[name])
    await group.add_bot(chat["bot"])
    await group.reads()  # the introduction
    return Played(group, {name: await group.topic(name) for name in chat.get("topics", ())})


def test_the_chats_are_lively() -> None:
    lines = [line for chat in CHATS for line in chat["says"]]
    assert len(lines) == 300
    assert len([line for line in lines if "answer" in line]) == 41
    assert len({who(line) for line in lines if not who(line).endswith("_bot")}) == 20
    for chat in CHATS:
        assert len([line for line in chat["says"] if "answer" in line]) < GROUP


@in_module
async def test_exactly_the_addressed_questions_are_answered(
    server: FakeTelegram, knowledge: Knowledge
) -> None:
    """One chat after the other: what Jo and Gus tell in one holds in the next."""
    crowd = Crowd(server)
    for chat in CHATS:
        played = await opened(server, crowd, chat)
        for line in chat["says"]:
            await played.say(crowd[who(line)], line, crowd)
        last = await ends(server, played)
        _introduction, *said = played.group.sees()
        replied_to = {message.reply_to for message in said}
        missed = [line for n, line in played.expected.items() if n not in replied_to]
        assert [line for line in missed if line["answer"] != "again"] == []
        for message, (asked, line) in zip(said, played.expected.items(), strict=True):
            assert message.reply_to == asked or line["answer"] == "again", line
            assert played.topic_of(message) == line.get("topic"), line
            check(knowledge, message, line)
        assert said[-1] == last


async def ends(server: FakeTelegram, played: Played) -> SentMessage:
    """Asks a last question; once it is answered, so is all that came before."""
    last = server.person(first_name="Zoe")
    await played.group.add(last)
    await played.say(last, {"Zoe": f"{BOT} psoas march", "answer": "psoas-march"}, Crowd(server))
    return await played.answer_to(list(played.expected)[-1])


def check(knowledge: Knowledge, message: SentMessage, line: Line) -> None:
    assert message.text.startswith(begins(knowledge, line["answer"])), line
    if "ruled" in line:
        assert knowledge.messages.group.ruled[Verdict(line["ruled"])] in message.text, line
    if "ruled" in line or line["answer"] in {"fits", "in_private"}:
        for word in ("pregnan", "weeks", "bloat", "chest", "bad knee", "mentioned"):
            assert word not in message.text.removesuffix(knowledge.messages.caveat.full), line


@in_module
async def test_fifty_who_ask_at_once_do_not_flood_the_group(
    server: FakeTelegram, knowledge: Knowledge
) -> None:
    group = server.group("Open day")
    people = [server.person(first_name=f"Guest {number}") for number in range(50)]
    for person in people:
        await group.add(person, "creator" if person is people[0] else "member")
    await group.add_bot()
    titles = [technique.title for technique in knowledge.techniques.values()]
    urgent = {}
    for number, person in enumerate(people):
        if number in (30, 45):
            text = f"{BOT} I have crushing chest pain"
            urgent[await person.says_in(group, text)] = number
        else:
            await person.says_in(group, f"{BOT} {titles[number % len(titles)]} {'?' * number}")
    flag = knowledge.red_flags["chest-pain"].title
    warned = 0
    while warned < len(urgent):
        warned += (await group.reads(PATIENCE)).text.startswith(flag)
    answers = group.sees()[1:]
    assert {message.reply_to for message in answers if message.text.startswith(flag)} == set(urgent)
    assert len(answers) == GROUP + len(urgent) <= URGENT
    assert server.refused() == []
