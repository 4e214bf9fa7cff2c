"""What stands under a group's stretch of the day: whoever does it, it fits, warns and ends well."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.loader import load
from bot.reminders.board import Week
from bot.reminders.reminder import VARIED
from bot.reminders.sessions import Session, session
from bot.reminders.streaks import Streak
from bot.replies.actions import decode
from bot.replies.boards import LONGEST, NAMES, Showing, board_reply
from bot.replies.house_actions import SwitchName, TapDone
from bot.replies.html import LIMIT, length, messages
from bot.replies.links import deep_link, entry_link, joining_link, linked_reminder
from bot.replies.plain import plain
from bot.replies.reply import Closing, Heading, Reply
from tests.conftest import ENGLISH
from tests.replies.button_data import LARGEST
from tests.telegram.entities import automatic

KNOWLEDGE = load(ENGLISH, examples=False)
TEXTS = KNOWLEDGE.messages.board
DAY = date(2026, 3, 2)
NO_STREAK = Streak(0, 0, missed_this_week=False)
SHOWING = Showing(LARGEST, 2**31 - 1, NO_STREAK)
SMILE = "\N{SLIGHTLY SMILING FACE}"


def link(payload: str) -> str:
    return deep_link("psoas_test_bot", payload)


def stretch(plan: str = VARIED) -> Session | None:
    return session(KNOWLEDGE, plan, (), DAY, 0)


def reply(showing: Showing = SHOWING, plan: str = VARIED) -> Reply:
    return board_reply(KNOWLEDGE, stretch(plan), showing, link)


def count(done: int, *names: str) -> str:
    """The line that tells who has done it: the last before the caveat."""
    return plain(reply(replace(SHOWING, done=done, names=names))).split("\n\n")[-2]


@pytest.mark.parametrize(
    ("done", "names", "told"),
    [
        (0, (), "Who is the first? Tap Done when you have done it."),
        (1, (), "1 done today"),
        (7, (), "7 done today"),
        (1, ("Ada",), "1 done today: Ada"),
        (2, ("Ada", "Bob"), "2 done today: Ada, Bob"),
        (7, ("Ada", "Bob"), "7 done today: Ada, Bob and 5 more"),
        (2, ("Ada",), "2 done today: Ada and 1 more"),
        (3, ("Zoë", "Ада", "李"), "3 done today: Zoë, Ада, 李"),
        (1, ("{count} {n}",), "1 done today: {count} {n}"),
    ],
)
def test_who_has_done_it(done: int, names: tuple[str, ...], told: str) -> None:
    assert count(done, *names) == told


def test_the_first_are_named_of_many() -> None:
    names = [f"P{number}" for number in range(30)]
    told = count(200, *names)
    assert told == f"200 done today: {', '.join(names[:NAMES])} and 180 more"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("@victim", "victim"),
        ("Ada @victim", "Ada victim"),
        ("@@", None),
        ("/stop", "stop"),
        ("evil.com", "evil com"),
        ("https://evil.com/a", "https: evil com a"),
        ("t.me/joinchat", "t me joinchat"),
        ("#gym $USD", "gym USD"),
        ("Dr. Bob", "Dr. Bob"),
        ("\u202eadA\u2066", "adA"),
        (" \n\u2003 ", None),
        ("Anne-Marie O'Neill", "Anne-Marie O'Neill"),
        ("x" * 64, f"{'x' * (LONGEST - 1)}\N{HORIZONTAL ELLIPSIS}"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_a_name_is_nothing_but_words(name: str, shown: str | None) -> None:
    assert count(2, name) == (f"2 done today: {shown} and 1 more" if shown else "2 done today")


@given(st.lists(st.text(min_size=1, max_size=64), max_size=30), st.integers(0, 9))
def test_no_name_mentions_anybody_or_breaks_the_message(names: list[str], others: int) -> None:
    (html,) = messages(reply(replace(SHOWING, done=len(names) + others, names=tuple(names))))
    assert length(html) <= LIMIT
    assert "@" not in html
    without = messages(reply())[0]
    assert re.findall(r"<[^>]*>", html) == re.findall(r"<[^>]*>", without)
    assert "\n\n\n" not in html


@pytest.mark.parametrize("name", ["@victim", "x @victim", "evil.com", "/stop@psoas_test_bot", "#a"])
def test_telegram_makes_nothing_of_a_name(name: str) -> None:
    assert automatic(count(1, name)) == []


def test_html_in_a_name_is_text() -> None:
    html = messages(reply(replace(SHOWING, done=1, names=("<b>&",))))[0]
    assert "1 done today: &lt;b&gt;&amp;" in html


@pytest.mark.parametrize("plan", [VARIED, *KNOWLEDGE.plans.starters, *KNOWLEDGE.techniques])
@pytest.mark.parametrize("name", ["x" * 64, SMILE * 64, "&" * 64])
def test_the_fullest_board_is_one_message(plan: str, name: str) -> None:
    fullest = replace(
        SHOWING,
        streak=Streak(9_999, 9_999, missed_this_week=False),
        week=Week(99_999, 9_999, 7),
        done=99_999,
        names=(name,) * 30,
        remark=KNOWLEDGE.messages.reminder.sent.late,
    )
    told = reply(fullest, plan)
    (html,) = messages(told)
    assert length(html) <= LIMIT
    assert isinstance(told.blocks[0], Heading)
    assert told.blocks[-1] == Closing(KNOWLEDGE.messages.caveat.short)
    assert not any(isinstance(block, Closing) for block in told.blocks[:-1])
    assert KNOWLEDGE.messages.group.not_for_all in plain(told)
    assert KNOWLEDGE.messages.reminder.sent.late in plain(told)


@pytest.mark.parametrize("id", KNOWLEDGE.techniques)
def test_the_own_warning_of_a_technique_is_never_left_out(id: str) -> None:
    warning = KNOWLEDGE.techniques[id].warning
    assert warning is None or warning in plain(reply(plan=id))


@pytest.mark.parametrize(("days", "told"), [(0, False), (1, False), (2, True), (30, True)])
def test_a_streak_is_told_from_two_days_on(days: int, told: bool) -> None:
    text = plain(reply(replace(SHOWING, streak=Streak(days, days, missed_this_week=True))))
    assert (TEXTS.streak.format(n=days) in text) is told


@pytest.mark.parametrize("week", [None, Week(1, 1, 1), Week(40, 12, 5)])
def test_the_week_before(week: Week | None) -> None:
    text = plain(reply(replace(SHOWING, week=week)))
    assert (TEXTS.week.partition("{")[0] in text) is (week is not None)
    if week is not None:
        assert TEXTS.week.format(done=week.done, people=week.people, days=week.days) in text


def test_a_stretch_that_is_not_known_any_more() -> None:
    """Who has done it still counts."""
    told = board_reply(KNOWLEDGE, None, replace(SHOWING, done=3), link)
    assert plain(told) == "\n\n".join(
        (TEXTS.stretch_gone, TEXTS.many.format(n=3), KNOWLEDGE.messages.caveat.short)
    )


def test_the_buttons() -> None:
    (done,), (name, too), *_ = reply().buttons
    assert decode(done.data) == TapDone(LARGEST)
    assert decode(name.data) == SwitchName(LARGEST)
    assert too.url == link(joining_link(SHOWING.reminder))


@pytest.mark.parametrize("plan", [VARIED, *KNOWLEDGE.plans.starters, *KNOWLEDGE.techniques])
def test_the_way_to_the_full_answer(plan: str) -> None:
    """In it stands who should leave the technique out."""
    planned = stretch(plan)
    assert planned is not None
    ids = dict.fromkeys(item.technique.id for item in planned.items)
    more = [button for (button,) in reply(plan=plan).buttons[2:]]
    assert [button.url for button in more] == [link(entry_link(id)) for id in ids]
    titles = [KNOWLEDGE.techniques[id].title for id in ids]
    assert [b.text for b in more] == (titles if len(ids) > 1 else [KNOWLEDGE.messages.group.more])


@pytest.mark.parametrize(
    ("payload", "reminder"),
    [
        (joining_link(7), 7),
        ("j-", None),
        ("j-x", None),
        ("j--7", None),
        ("j-7.", None),
        ("e-7", None),
        ("j-\N{ARABIC-INDIC DIGIT ONE}", None),
        ("j-9999999999999999", None),  # no database has so many
    ],
)
def test_the_link_to_have_it_too(payload: str, reminder: int | None) -> None:
    assert linked_reminder(payload) == reminder
