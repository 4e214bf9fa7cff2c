"""What a group's administrators have set, and whose names are shown, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.reminders.database import Database
from bot.reminders.house_rules import GENERAL, HouseRules, Pace, Quiet
from bot.reminders.queue import KEPT, Queue
from bot.reminders.reminder import QUIZ, VARIED
from bot.reminders.rulebook import NAME, Rulebook
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import NAMES
from tests.reminders.claiming import CHAT, NINE, SECOND
from tests.reminders.stretching import ADA, BOB, GROUP, SUPERGROUP, stretch

minutes = st.times().map(lambda t: t.replace(second=0, microsecond=0))
rules_of_a_group = st.builds(
    HouseRules,
    st.just(GROUP),
    zone=st.none() | st.sampled_from(sorted(available_timezones())),
    topic=st.none() | st.just(GENERAL) | st.integers(1, 2**31 - 1),
    pace=st.sampled_from(Pace),
    quiet=st.none() | st.builds(Quiet, minutes, minutes),
    language=st.none() | st.sampled_from(["en", "de", "pt-br"]),
)


def names(database: Database) -> dict[tuple[int, int], str]:
    with database.reading() as connection:
        return {(row.chat, row.person): row.name for row in connection.execute(select(NAMES))}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(rules_of_a_group)
def test_what_is_kept_is_what_was_set(rulebook: Rulebook, rules: HouseRules) -> None:
    assert rulebook.keep(rules) == rules
    assert rulebook.of(GROUP) == rules
    assert rulebook.of(SUPERGROUP) == HouseRules(SUPERGROUP)


def test_the_usual_rules_are_those_of_a_group_that_has_set_none(rulebook: Rulebook) -> None:
    assert rulebook.of(GROUP) == HouseRules(GROUP, None, None, Pace.NORMAL, None, None)
    rulebook.show_name(GROUP, ADA, "Ada")
    assert rulebook.of(GROUP) == HouseRules(GROUP)


def test_a_name_is_shown_or_not(rulebook: Rulebook, database: Database) -> None:
    assert rulebook.show_name(GROUP, ADA, "Ada")
    assert rulebook.show_name(SUPERGROUP, ADA, "Ada L.")
    assert rulebook.show_name(GROUP, BOB, "Bob")
    assert names(database) == {
        (GROUP, ADA): "Ada",
        (SUPERGROUP, ADA): "Ada L.",
        (GROUP, BOB): "Bob",
    }
    assert not rulebook.show_name(GROUP, ADA, "Ada")
    assert names(database) == {(SUPERGROUP, ADA): "Ada L.", (GROUP, BOB): "Bob"}


@pytest.mark.parametrize("name", ["", "\N{SLIGHTLY SMILING FACE}" * 99, "x" * 999, "O'Brien; --"])
def test_any_name_is_kept(rulebook: Rulebook, database: Database, name: str) -> None:
    assert rulebook.show_name(GROUP, ADA, name)
    assert names(database) == {(GROUP, ADA): name[:NAME]}


def test_pressed_twice_at_once(rulebook: Rulebook, database: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        shown = list(threads.map(lambda _: rulebook.show_name(GROUP, ADA, "Ada"), range(10)))
    assert sorted(shown) == [*[False] * 5, *[True] * 5]
    assert names(database) == {}


def test_reminders_are_put_into_a_topic(rulebook: Rulebook, subscriptions: Subscriptions) -> None:
    """Those that are named, and none of another group's."""
    first, second = stretch(subscriptions), stretch(subscriptions, at="12:00")
    other = stretch(subscriptions, SUPERGROUP)
    rulebook.put_into_topic(GROUP, [first.id, other.id], 5)
    topics = [r.topic for group in (GROUP, SUPERGROUP) for r in subscriptions.of(group)]
    assert topics == [5, None, None]
    rulebook.put_into_topic(GROUP, (id for id in (first.id, second.id)), None)
    assert [r.topic for r in subscriptions.of(GROUP)] == [None, None]
    rulebook.put_into_topic(GROUP, [], 5)
    assert [r.topic for r in subscriptions.of(GROUP)] == [None, None]


@pytest.mark.parametrize(
    ("chat", "plan", "may"),
    [
        (GROUP, VARIED, True),
        (SUPERGROUP, "couch-stretch", True),
        (GROUP, QUIZ, False),
        (CHAT, VARIED, False),  # a person's own is nobody else's business
    ],
)
def test_what_others_may_have_too(
    rulebook: Rulebook, subscriptions: Subscriptions, chat: int, plan: str, may: bool
) -> None:
    made = stretch(subscriptions, chat, plan=plan)
    assert rulebook.stretch(made.id) == (made if may else None)
    assert rulebook.stretch(made.id + 1) is None
    subscriptions.delete(chat)
    assert rulebook.stretch(made.id) is None


RULES = HouseRules(GROUP, "Europe/Berlin", 7, Pace.RARE)


def test_what_was_set_is_kept_for_a_while(
    rulebook: Rulebook, subscriptions: Subscriptions, queue: Queue, database: Database
) -> None:
    rulebook.keep(RULES)
    rulebook.show_name(GROUP, ADA, "Ada")
    subscriptions.leave(GROUP, NINE)
    queue.purge(NINE + KEPT)
    assert rulebook.of(GROUP) == RULES
    queue.purge(NINE + KEPT + SECOND)
    assert rulebook.of(GROUP) == HouseRules(GROUP)
    assert names(database) == {}


def test_what_others_have_set_is_kept(
    rulebook: Rulebook, subscriptions: Subscriptions, queue: Queue
) -> None:
    rulebook.keep(RULES)
    subscriptions.leave(SUPERGROUP, NINE)
    queue.purge(NINE + 2 * KEPT)
    assert rulebook.of(GROUP) == RULES


@pytest.mark.parametrize("sign", ["enters", "sets", "shows", "resumes", "pauses", "adds", "plans"])
def test_a_group_that_is_back_is_not_deleted(
    rulebook: Rulebook, subscriptions: Subscriptions, queue: Queue, database: Database, sign: str
) -> None:
    """Neither what was set nor its reminders, which rest until somebody wants them again."""
    made = stretch(subscriptions)
    rulebook.keep(RULES)
    rulebook.show_name(GROUP, BOB, "Bob")
    subscriptions.leave(GROUP, NINE)
    later = NINE + KEPT - timedelta(days=1)
    signs: dict[str, Callable[[], object]] = {
        "enters": lambda: rulebook.come_back(GROUP),
        "sets": lambda: rulebook.keep(RULES),
        "shows": lambda: rulebook.show_name(GROUP, ADA, "Ada"),
        "resumes": lambda: subscriptions.resume(GROUP, later),
        "pauses": lambda: subscriptions.pause(GROUP, later),
        "adds": lambda: stretch(subscriptions, at="12:00"),
        "plans": lambda: subscriptions.change(GROUP, made.id, later, plan="couch-stretch"),
    }
    signs[sign]()
    queue.purge(NINE + 2 * KEPT)
    assert rulebook.of(GROUP) == RULES
    assert names(database)[GROUP, BOB] == "Bob"
    assert made.id in [r.id for r in subscriptions.of(GROUP)]


def test_to_come_back_makes_nothing(rulebook: Rulebook, subscriptions: Subscriptions) -> None:
    rulebook.come_back(GROUP)
    assert rulebook.of(GROUP) == HouseRules(GROUP)
    assert subscriptions.of(GROUP) == ()
