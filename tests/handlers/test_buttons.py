"""All buttons of all that the bot says, found by pressing them one after another.

Each is pressed after a restart, with nothing but the database to go by, and then once more.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import Choice, EntryAnswer, Urgent
from bot.answering.matcher import Match
from bot.answering.triage import Alarm
from bot.handlers.pressing import Pressed
from bot.knowledge.entry import Facet
from bot.knowledge.knowledge import Knowledge
from bot.reminders.outcomes import Draft
from bot.replies import reminder_actions as a
from bot.replies.actions import (
    Action,
    AskExample,
    ExplainEntry,
    ForgetCondition,
    OpenEntry,
    OpenFamily,
    decode,
    encode,
)
from bot.replies.compose import reply_to
from bot.replies.house_actions import HouseAction
from bot.replies.html import messages
from bot.replies.pages import COMMANDS
from bot.replies.plain import plain
from bot.replies.reminders import outcome_reply
from bot.replies.reply import Button, Reply
from bot.replies.sessions import session_reply, steps_reply
from tests.handlers.talking import ADA, NOW, URGENT, WISH, Ailing, restarted, ring
from tests.replies.outcomes import OUTCOMES
from tests.replies.test_sessions import DUE, PLANS, sessions

NO_SUCH = "no-such-entry"
# What a second press finds done already, and says so in other words.
DONE_ONCE = (a.GoOn, a.ChooseZone, a.StopReminder, a.ResumeReminder)
LONGEST = 64  # bytes of a button's data
PAGES = (*COMMANDS, "reminders", "next", "log", "streak")
SAID = (
    "something for tight hips that I can do lying down",
    "I'm pregnant and my knee is sore",
    "what do you know about me?",
    "pigeon pose",
    "how long do I hold it?",
    "why?",
    "which is best?",
    "remind me",
    "remind me at 9",
    "what have I set",
    "pause my reminders",
    "change my reminder",
    "tell me about quantum physics",
    URGENT,
)


@dataclass
class Walk:
    """The buttons that were seen, each pressed once by itself and once more."""

    answerer: Answerer
    database: Ailing
    pressed: dict[str, tuple[Pressed, Pressed]] = field(default_factory=dict)
    waiting: deque[str] = field(default_factory=deque)

    def sees(self, *replies: Reply | None) -> None:
        for reply in replies:
            self.has(() if reply is None else (b for row in reply.buttons for b in row))

    def has(self, buttons: Iterable[Button]) -> None:
        """A link has no data. A button that would end what others are about comes last."""
        for button in buttons:
            assert bool(button.data) != bool(button.url), button
            if button.data and button.data not in self.pressed and button.data not in self.waiting:
                ends = isinstance(decode(button.data), a.StopReminder)
                (self.waiting.append if ends else self.waiting.appendleft)(button.data)

    async def goes_everywhere(self) -> None:
        while self.waiting:
            data = self.waiting.popleft()
            hearing = restarted(self.answerer, self.database)
            once, again = [await hearing.presses(ADA, decode(data), NOW) for _ in range(2)]
            self.pressed[data] = once, again
            for done in (once, again):
                self.sees(done.edit, done.send)
                self.has(button for row in done.buttons or () for button in row)


@pytest.fixture
async def walk(answerer: Answerer, database: Ailing, knowledge: Knowledge) -> Walk:
    """All that was said, and all that was pressed because of it."""
    walk = Walk(answerer, database)
    walk.sees(*answers(knowledge), *of_reminders(knowledge))
    await restarted(answerer, database).says(ADA, WISH, NOW)
    ring(database)
    hearing = restarted(answerer, database)
    for line in SAID:
        walk.sees(await hearing.says(ADA, line, NOW))
        walk.sees(*[await hearing.page(ADA, name, NOW) for name in PAGES if name != "start"])
    walk.sees(await hearing.page(ADA, "start", NOW))
    await walk.goes_everywhere()
    return walk


async def test_all_buttons(walk: Walk) -> None:
    kinds = Counter(type(decode(data)) for data in walk.pressed)
    assert set(kinds) == set(Action.__args__) - set(HouseAction.__args__)
    for data, (once, again) in walk.pressed.items():
        assert 1 <= len(data.encode()) <= LONGEST, data
        action = decode(data)
        assert action is not None, data
        assert encode(action) == data
        for done in (once, again):
            assert done.toast or done.edit or done.send or done.buttons, data
            for reply in filter(None, (done.edit, done.send)):
                assert plain(reply).strip(), data
                assert messages(reply), data
        assert once == again or isinstance(action, DONE_ONCE), data


@pytest.mark.parametrize(
    "action",
    [
        OpenEntry(NO_SUCH),
        OpenFamily(NO_SUCH),
        ExplainEntry(NO_SUCH),
        ForgetCondition(NO_SUCH),
        AskExample(99),
        a.GoOn(Draft(time(9), ("mon",), NO_SUCH, "Europe/Berlin")),
        a.ChangeReminder(1, Draft(plan=NO_SUCH)),
        a.OpenReminder(77),
        a.StopReminder(77),
        a.ShowSteps(77),
        a.React(77, None),
        a.Snooze(77, 30),
        None,
    ],
)
async def test_what_is_not_there_any_more(
    answerer: Answerer, database: Ailing, action: Action | None
) -> None:
    assert action is None or decode(encode(action)) is not None
    await restarted(answerer, database).says(ADA, WISH, NOW)
    hearing = restarted(answerer, database)
    for _ in range(2):
        done = await hearing.presses(ADA, action, NOW)
        reply = done.edit or done.send
        told = done.toast or (plain(reply) if reply else "")
        assert told
        assert NO_SUCH not in told


def answers(knowledge: Knowledge) -> Iterator[Reply]:
    """Every entry in every aspect, to people with every condition; lists of what may be meant."""
    for entry in knowledge.advice():
        for condition in ((), *((id,) for id in knowledge.conditions)):
            yield reply_to(knowledge, EntryAnswer(entry, (), condition))
    for technique in knowledge.techniques.values():
        for facet in Facet:
            yield reply_to(knowledge, EntryAnswer(technique, (), facet=facet))
    ids = [entry.id for entry in knowledge.advice()]
    for at in range(0, len(ids), 3):
        yield reply_to(knowledge, Choice(tuple(Match(id, 50.0) for id in ids[at : at + 3])))
    for flag in knowledge.red_flags.values():
        for standing in (True, False):
            yield reply_to(knowledge, Urgent((Alarm(flag.id, flag.tier),), standing=standing))


def of_reminders(knowledge: Knowledge) -> Iterator[Reply]:
    """What is said about reminders, and what they say themselves."""
    for outcome in OUTCOMES:
        yield outcome_reply(knowledge, outcome, NOW)
    for held in ((), *((id,) for id in knowledge.conditions)):
        for planned in sessions(*held):
            yield session_reply(knowledge, planned, DUE, late=False)
        for plan in PLANS.values():
            yield steps_reply(knowledge, plan, held)
