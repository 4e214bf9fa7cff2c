"""What becomes of a group's rules, names and boards when it is gone or moves, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.reminders.board import Tap
from bot.reminders.boards import Boards
from bot.reminders.database import Database
from bot.reminders.due import Moved
from bot.reminders.house_rules import HouseRules, Pace
from bot.reminders.queue import KEPT, Queue
from bot.reminders.reminder import Pause
from bot.reminders.rulebook import Rulebook
from bot.reminders.subscriptions import Subscriptions
from bot.reminders.tables import BOARDS, GROUPS, NAMES, TAPS
from tests.reminders.claiming import DAY, MINUTE, NINE, SECOND, SENT
from tests.reminders.stretching import (
    ADA,
    BOB,
    EVE,
    GROUP,
    SUPERGROUP,
    board,
    claimed,
    on_days,
    rung,
    stretch,
)

OLD = HouseRules(GROUP, "Europe/Berlin", 7, Pace.RARE, language="de")
NEW = HouseRules(SUPERGROUP, "Europe/London", None, Pace.CALM)


def names(database: Database) -> set[tuple[int, int, str]]:
    with database.reading() as connection:
        return {tuple(row) for row in connection.execute(select(NAMES))}


def message(boards: Boards, occurrence: int) -> int | None:
    found = boards.board(occurrence)
    assert found is not None
    return found.occurrence.message


def test_the_rules_and_names_move(
    rulebook: Rulebook, subscriptions: Subscriptions, database: Database
) -> None:
    """Whether the group has reminders or not."""
    rulebook.keep(OLD)
    rulebook.show_name(GROUP, ADA, "Ada")
    for _ in range(2):
        subscriptions.move(GROUP, SUPERGROUP)
        assert rulebook.of(GROUP) == HouseRules(GROUP)
        expected = HouseRules(SUPERGROUP, "Europe/Berlin", 7, Pace.RARE, language="de")
        assert rulebook.of(SUPERGROUP) == expected
        assert names(database) == {(SUPERGROUP, ADA, "Ada")}


def test_what_is_known_of_both_is_put_together(
    rulebook: Rulebook, subscriptions: Subscriptions, database: Database
) -> None:
    """The rules that were set last count; a name stays as it is there."""
    rulebook.keep(OLD)
    rulebook.keep(NEW)
    rulebook.show_name(GROUP, ADA, "Ada")
    rulebook.show_name(GROUP, BOB, "Bob")
    rulebook.show_name(SUPERGROUP, ADA, "Ada L.")
    rulebook.show_name(SUPERGROUP, EVE, "Eve")
    for _ in range(2):
        subscriptions.move(GROUP, SUPERGROUP)
        assert rulebook.of(SUPERGROUP) == NEW
        assert rulebook.of(GROUP) == HouseRules(GROUP)
        assert names(database) == {
            (SUPERGROUP, ADA, "Ada L."),
            (SUPERGROUP, BOB, "Bob"),
            (SUPERGROUP, EVE, "Eve"),
        }


@pytest.mark.parametrize("known", [None, NEW])
def test_what_is_known_of_the_new_one_alone_stays(
    rulebook: Rulebook, subscriptions: Subscriptions, known: HouseRules | None
) -> None:
    if known is not None:
        rulebook.keep(known)
    subscriptions.move(GROUP, SUPERGROUP)
    assert rulebook.of(SUPERGROUP) == (known or HouseRules(SUPERGROUP))


def test_moved_to_where_it_is(rulebook: Rulebook, subscriptions: Subscriptions) -> None:
    rulebook.keep(OLD)
    subscriptions.move(GROUP, GROUP)
    assert rulebook.of(GROUP) == OLD


@pytest.mark.parametrize("both", [False, True])
def test_a_board_is_shown_anew(
    boards: Boards, rulebook: Rulebook, subscriptions: Subscriptions, queue: Queue, both: bool
) -> None:
    """Its message stays behind; who has tapped and what they allow moves along. Twice is once."""
    made = stretch(subscriptions)
    due = rung(queue)
    rulebook.show_name(GROUP, ADA, "Ada")
    boards.tap(GROUP, due.id, ADA, NINE)
    boards.shown(due.id, 1)
    assert boards.stale(NINE) == ()
    if both:
        stretch(subscriptions, SUPERGROUP, "12:00")
    subscriptions.move(GROUP, SUPERGROUP)
    assert boards.stale(NINE) == (due.id,)
    assert message(boards, due.id) is None
    assert board(boards, due.id) == (1, ("Ada",))
    assert made.id in [r.id for r in subscriptions.of(SUPERGROUP)]
    boards.shown(due.id, 2, message=90)
    subscriptions.move(GROUP, SUPERGROUP)
    assert boards.stale(NINE) == ()
    assert message(boards, due.id) == 90
    assert boards.tap(GROUP, due.id, BOB, NINE) is Tap.GONE
    assert boards.tap(SUPERGROUP, due.id, ADA, NINE) is Tap.COUNTED_BEFORE
    assert boards.tap(SUPERGROUP, due.id, BOB, NINE) is Tap.COUNTED


def test_the_last_board_of_each_is_shown_anew(
    boards: Boards, subscriptions: Subscriptions, queue: Queue
) -> None:
    """Those of the days before would only fill the new group; those of others stay."""
    stretch(subscriptions)
    *before, last = on_days(queue, 0, 1)
    stretch(subscriptions, at="09:10")
    at_ten_past = rung(queue, NINE + DAY + 10 * MINUTE)
    stretch(subscriptions, SUPERGROUP, "09:20")
    theirs = rung(queue, NINE + DAY + 20 * MINUTE)
    for due in (*before, last):
        boards.tap(GROUP, due.id, ADA, NINE + DAY)
        boards.shown(due.id, 1)
    subscriptions.move(GROUP, SUPERGROUP)
    assert set(boards.stale(NINE + DAY)) == {last.id, at_ten_past.id}
    assert [message(boards, due.id) for due in (*before, last, at_ten_past)] == [None] * 3
    assert message(boards, theirs.id) == 7


def test_it_moves_while_a_stretch_is_on_its_way(
    boards: Boards, subscriptions: Subscriptions, queue: Queue
) -> None:
    stretch(subscriptions)
    first = rung(queue)
    boards.tap(GROUP, first.id, ADA, NINE)
    due = claimed(queue, NINE + DAY)
    assert queue.record(due, Moved(SUPERGROUP), NINE + DAY)
    again = claimed(queue, NINE + DAY)
    assert (again.id, again.reminder.chat) == (due.id, SUPERGROUP)
    assert queue.record(again, SENT, NINE + DAY)
    assert board(boards, due.id) == (0, ())
    assert boards.stale(NINE + DAY) == (first.id,)


def test_it_moves_while_an_edit_is_on_its_way(
    boards: Boards, subscriptions: Subscriptions, queue: Queue
) -> None:
    """The edit was in the old group, so the new one has yet to be shown the board."""
    stretch(subscriptions)
    due = rung(queue)
    boards.tap(GROUP, due.id, ADA, NINE)
    subscriptions.move(GROUP, SUPERGROUP)
    boards.shown(due.id, 1)
    assert boards.stale(NINE) == (due.id,)


def test_nothing_is_left_of_a_group_that_is_gone(
    boards: Boards,
    rulebook: Rulebook,
    subscriptions: Subscriptions,
    queue: Queue,
    database: Database,
) -> None:
    stretch(subscriptions)
    due = rung(queue)
    rulebook.show_name(GROUP, ADA, "Ada")
    boards.tap(GROUP, due.id, ADA, NINE)
    subscriptions.leave(GROUP, NINE + DAY)
    assert [r.paused for r in subscriptions.of(GROUP)] == [Pause.BLOCKED]
    queue.purge(NINE + DAY + KEPT + SECOND)
    with database.reading() as connection:
        for table in (GROUPS, NAMES, BOARDS, TAPS):
            assert connection.execute(select(table)).all() == []
