"""The settings of a group as its administrators read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.knowledge.loader import load
from bot.reminders.days import WEEK
from bot.reminders.house_rules import GENERAL, HouseRules, Pace, Quiet
from bot.reminders.outcomes import Draft
from bot.reminders.reminder import QUIZ, VARIED, Pause, Reminder, Schedule
from bot.replies.actions import Action, decode
from bot.replies.house_actions import (
    OpenRules,
    SetLanguage,
    SetPace,
    SetQuiet,
    SetQuiz,
    SetTopic,
    read_hours,
)
from bot.replies.house_rules import quiet_reply, rules_reply
from bot.replies.html import LIMIT, length, messages
from bot.replies.plain import plain
from bot.replies.reminder_actions import GoOn, OpenReminders
from bot.replies.reminders import reminder_line
from bot.replies.reply import Closing, Reply
from tests.conftest import ENGLISH

KNOWLEDGE = load(ENGLISH, examples=False)
TEXTS = KNOWLEDGE.messages.rules
GROUP = -100
RULES = HouseRules(GROUP)
NIGHT = replace(RULES, zone="Europe/Berlin", quiet=Quiet(time(22), time(7)))
STRETCH = Reminder(
    1,
    GROUP,
    None,
    Schedule(time(9), WEEK, "America/Argentina/ComodRivadavia"),
    VARIED,
    datetime(2026, 3, 2, 9, tzinfo=UTC),
)
NOON = replace(STRETCH, id=2, schedule=replace(STRETCH.schedule, at=time(12)), plan="couch-stretch")
QUIZ_ON = replace(STRETCH, id=3, plan=QUIZ)
PACES = [SetPace(pace) for pace in Pace]


def page(
    rules: HouseRules = RULES,
    reminders: Iterable[Reminder] = (),
    *,
    is_forum: bool = False,
    languages: Mapping[str, str] | None = None,
) -> Reply:
    return rules_reply(KNOWLEDGE, rules, reminders, is_forum=is_forum, languages=languages)


def offered(reply: Reply) -> list[Action | None]:
    return [decode(button.data) for row in reply.buttons for button in row]


def labels(reply: Reply) -> list[str]:
    return [button.text for row in reply.buttons for button in row]


def lines(reply: Reply) -> list[str]:
    """What is set, without the title and the caveat."""
    told = plain(reply).split("\n\n")
    return [line.removeprefix("- ") for line in told[1].split("\n")]


def test_a_group_that_has_set_nothing() -> None:
    told = page()
    assert lines(told) == [
        TEXTS.stretch_none,
        TEXTS.quiz_off,
        TEXTS.paces["normal"],
        TEXTS.quiet_none,
    ]
    assert offered(told) == [GoOn(Draft()), SetQuiz(True), *PACES, OpenRules(quiet=True)]
    assert plain(told).startswith(TEXTS.title)
    assert told.blocks[-1] == Closing(KNOWLEDGE.messages.caveat.short)


def test_its_reminders_are_told() -> None:
    told = page(reminders=(STRETCH, QUIZ_ON, NOON))
    assert lines(told)[:3] == [
        TEXTS.stretch.format(line=reminder_line(KNOWLEDGE, STRETCH)),
        TEXTS.stretch.format(line=reminder_line(KNOWLEDGE, NOON)),
        TEXTS.quiz_on.format(line=reminder_line(KNOWLEDGE, QUIZ_ON)),
    ]
    assert offered(told)[:2] == [OpenReminders(), SetQuiz(False)]


@pytest.mark.parametrize("pause", [None, *Pause])
def test_what_rests_is_told(pause: Pause | None) -> None:
    resting = replace(STRETCH, next_due_at=None, paused=pause)
    line = TEXTS.stretch.format(line=reminder_line(KNOWLEDGE, resting))
    assert lines(page(reminders=iter([resting])))[0] == line


@pytest.mark.parametrize(
    ("topic", "is_forum", "line", "button"),
    [
        (None, False, None, None),
        (None, True, TEXTS.topic_all, SetTopic(True)),
        (5, True, TEXTS.topic_one, SetTopic(False)),
        (GENERAL, True, TEXTS.topic_general, SetTopic(False)),
        (5, False, TEXTS.topic_one, SetTopic(False)),  # a forum once: it must be possible to undo
    ],
)
def test_topics(topic: int | None, is_forum: bool, line: str | None, button: Action | None) -> None:
    told = page(replace(RULES, topic=topic), is_forum=is_forum)
    every = {TEXTS.topic_all, TEXTS.topic_one, TEXTS.topic_general}
    assert every & set(lines(told)) == {line} - {None}
    assert [a for a in offered(told) if isinstance(a, SetTopic)] == [button] * (button is not None)


@pytest.mark.parametrize("pace", Pace)
def test_the_pace_that_is_chosen_is_marked(pace: Pace) -> None:
    told = page(replace(RULES, pace=pace))
    marked = [label for label in labels(told) if label.startswith("\N{CHECK MARK}")]
    assert marked == [TEXTS.chosen.format(text=TEXTS.pace_buttons[pace])]
    assert TEXTS.paces[pace] in lines(told)


ALONE = {"en": "English"}
BOTH = ALONE | {"de": "Deutsch"}


@pytest.mark.parametrize(
    ("languages", "language", "told"),
    [
        ({}, None, []),
        (ALONE, "en", []),
        (BOTH, None, ["\N{CHECK MARK} English", "Deutsch"]),
        (BOTH, "de", ["English", "\N{CHECK MARK} Deutsch"]),
        (BOTH, "fr", ["\N{CHECK MARK} English", "Deutsch"]),  # one that is there no more
    ],
)
def test_languages(languages: dict[str, str], language: str | None, told: list[str]) -> None:
    settings = page(replace(RULES, language=language), languages=languages)
    chosen = [a for a in offered(settings) if isinstance(a, SetLanguage)]
    assert chosen == [SetLanguage(one) for one in languages if len(languages) > 1]
    assert labels(settings)[6:] == told
    spoken = languages.get(language or "en", languages.get("en"))
    line = TEXTS.language.format(language=spoken)
    assert (line in lines(settings)) is (len(languages) > 1)


@pytest.mark.parametrize(
    ("rules", "quiet"),
    [
        (RULES, False),
        (NIGHT, True),
        (replace(NIGHT, quiet=None), False),
        (replace(NIGHT, zone=None), False),  # by no clock there are no hours
    ],
)
def test_quiet_hours(rules: HouseRules, quiet: bool) -> None:
    line = TEXTS.quiet.format(begins="22:00", ends="07:00", zone="Europe/Berlin")
    for told in (plain(page(rules)), plain(quiet_reply(KNOWLEDGE, rules))):
        assert (line in told) is quiet
        assert (TEXTS.quiet_none in told) is not quiet


def test_the_choice_of_quiet_hours() -> None:
    told = quiet_reply(KNOWLEDGE, NIGHT)
    choices = [SetQuiet(read_hours(hours)) for hours in TEXTS.quiet_choices]
    assert offered(told) == [*choices, SetQuiet(None), OpenRules()]
    assert labels(told)[: len(choices)] == [*TEXTS.quiet_choices]
    assert told.blocks[-1] == Closing(KNOWLEDGE.messages.caveat.short)


def test_the_fullest_page_is_one_message() -> None:
    full = page(
        replace(NIGHT, zone=STRETCH.schedule.zone, topic=5, language="de"),
        (STRETCH, NOON, STRETCH, NOON, QUIZ_ON),
        is_forum=True,
        languages=BOTH | {"pt-br": "Portugu\N{LATIN SMALL LETTER E WITH CIRCUMFLEX}s"},
    )
    (html,) = messages(full)
    assert length(html) <= LIMIT
    assert "{" not in html
    assert None not in offered(full)
    assert all(len(row) <= len(Pace) for row in full.buttons)
    assert all(len(button.data.encode()) <= 64 for row in full.buttons for button in row)
