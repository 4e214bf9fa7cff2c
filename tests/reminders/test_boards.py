"""The boards under groups' stretches of the day, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from bot.reminders.board import Tap, Week
from bot.reminders.boards import RECENT, Boards
from bot.reminders.due import Again, Dropped, Result, Sent
from bot.reminders.queue import KEPT, Queue
from bot.reminders.reminder import QUIZ, Reason, Reminder, State
from bot.reminders.rulebook import Rulebook
from bot.reminders.streaks import Streak
from bot.reminders.subscriptions import Subscriptions
from tests.reminders.claiming import CHAT, DAY, MINUTE, NINE, SECOND, SENT, claim_one, wish
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

UNCERTAIN = Dropped(State.UNCERTAIN, Reason.NO_ANSWER)


@pytest.fixture
def reminder(subscriptions: Subscriptions) -> Reminder:
    return stretch(subscriptions)


def version(boards: Boards, occurrence: int) -> int:
    found = boards.board(occurrence)
    assert found is not None
    return found.version


@pytest.mark.usefixtures("reminder")
def test_each_person_is_counted_once(boards: Boards, queue: Queue) -> None:
    due = rung(queue)
    assert board(boards, due.id) == (0, ())
    assert boards.tap(GROUP, due.id, ADA, NINE) is Tap.COUNTED
    assert boards.tap(GROUP, due.id, ADA, NINE + MINUTE) is Tap.COUNTED_BEFORE
    assert boards.tap(GROUP, due.id, BOB, NINE + MINUTE) is Tap.COUNTED
    assert board(boards, due.id) == (2, ())


@pytest.mark.usefixtures("reminder")
def test_many_tap_at_once(boards: Boards, queue: Queue) -> None:
    """Twice each, as people do whose network is slow."""
    due = rung(queue)
    people = [ADA + number // 2 for number in range(60)]
    with ThreadPoolExecutor(8) as threads:
        taps = list(threads.map(lambda who: boards.tap(GROUP, due.id, who, NINE), people))
    assert sorted(tap.name for tap in taps) == [*["COUNTED"] * 30, *["COUNTED_BEFORE"] * 30]
    assert board(boards, due.id) == (30, ())
    assert version(boards, due.id) == 30


def test_many_tap_while_it_is_deleted(
    boards: Boards, queue: Queue, subscriptions: Subscriptions, reminder: Reminder
) -> None:
    """Nobody meets an error: some are counted, and the others told that it is gone."""
    due = rung(queue)

    def act(who: int) -> Tap | None:
        if who == 10:
            subscriptions.delete(GROUP, reminder.id)
            return None
        return boards.tap(GROUP, due.id, who, NINE)

    with ThreadPoolExecutor(8) as threads:
        taps = set(threads.map(act, range(40)))
    assert taps <= {Tap.COUNTED, Tap.GONE, None}
    assert boards.board(due.id) is None


def test_what_is_not_there_is_not_counted(
    boards: Boards, queue: Queue, subscriptions: Subscriptions, reminder: Reminder
) -> None:
    due = rung(queue)
    for group, occurrence in ((SUPERGROUP, due.id), (CHAT, due.id), (GROUP, due.id + 1), (0, 0)):
        assert boards.tap(group, occurrence, ADA, NINE) is Tap.GONE
    assert boards.tap(GROUP, 10**16 - 1, ADA, NINE) is Tap.GONE
    assert board(boards, due.id) == (0, ())
    subscriptions.delete(GROUP, reminder.id)
    assert boards.tap(GROUP, due.id, ADA, NINE) is Tap.GONE
    assert boards.board(due.id) is None


@pytest.mark.usefixtures("reminder")
def test_a_tap_before_its_coming_is_recorded_counts(boards: Boards, queue: Queue) -> None:
    """Telegram shows the message before it answers the bot."""
    due = claim_one(queue)
    assert boards.tap(GROUP, due.id, ADA, NINE) is Tap.COUNTED
    found = boards.board(due.id)
    assert found is not None
    assert (found.occurrence.state, found.done) == (State.CLAIMED, 1)
    assert queue.record(due, SENT, NINE + SECOND)
    found = boards.board(due.id)
    assert found is not None
    assert (found.occurrence.state, found.occurrence.message) == (State.SENT, 7)
    assert (found.done, found.version) == (1, 1)
    assert boards.stale(NINE) == (due.id,)


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize(
    ("result", "tap"),
    [
        (SENT, Tap.COUNTED),
        (UNCERTAIN, Tap.COUNTED),  # whoever taps it has it
        (Again(MINUTE), Tap.GONE),
        (Dropped(State.REFUSED, Reason.REJECTED), Tap.GONE),
        (Dropped(State.SKIPPED, Reason.NOTHING_FITS), Tap.GONE),
    ],
)
def test_how_its_sending_ended(boards: Boards, queue: Queue, result: Result, tap: Tap) -> None:
    due = claim_one(queue)
    assert queue.record(due, result, NINE)
    assert (boards.board(due.id) is not None) is isinstance(result, Sent)
    assert boards.tap(GROUP, due.id, ADA, NINE) is tap
    assert (boards.board(due.id) is not None) is (tap is Tap.COUNTED)


@pytest.mark.parametrize(("chat", "plan"), [(CHAT, "couch-stretch"), (GROUP, QUIZ)])
def test_what_has_no_board(
    boards: Boards, queue: Queue, subscriptions: Subscriptions, chat: int, plan: str
) -> None:
    stretch(subscriptions, chat, plan=plan)
    assert boards.board(rung(queue).id) is None


@pytest.mark.usefixtures("reminder")
def test_a_board_that_shows_an_older_state_is_stale(boards: Boards, queue: Queue) -> None:
    due = rung(queue)
    assert boards.stale(NINE) == ()
    boards.tap(GROUP, due.id, ADA, NINE)
    assert boards.stale(NINE) == (due.id,)
    seen = version(boards, due.id)
    boards.tap(GROUP, due.id, BOB, NINE)  # while the message is being edited
    boards.shown(due.id, seen)
    assert boards.stale(NINE) == (due.id,)
    boards.shown(due.id, version(boards, due.id))
    assert boards.stale(NINE) == ()
    boards.tap(GROUP, due.id, BOB, NINE)  # counted before: nothing to show
    assert boards.stale(NINE) == ()


@pytest.mark.usefixtures("reminder")
def test_only_those_of_the_last_days_are_stale(boards: Boards, queue: Queue) -> None:
    due = rung(queue)
    boards.tap(GROUP, due.id, ADA, NINE)
    assert boards.stale(NINE + RECENT) == (due.id,)
    assert boards.stale(NINE + RECENT + SECOND) == ()


@pytest.mark.usefixtures("reminder")
def test_a_new_message(boards: Boards, queue: Queue) -> None:
    due = rung(queue)
    for message, noted in ((None, 7), (8, 8), (None, 8)):
        boards.shown(due.id, 0, message)
        found = boards.board(due.id)
        assert found is not None
        assert found.occurrence.message == noted


def test_names_are_shown_of_those_who_allow_it(
    boards: Boards, queue: Queue, subscriptions: Subscriptions, rulebook: Rulebook
) -> None:
    """In the order of the taps, not of the names; and in this group alone."""
    stretch(subscriptions)
    due = rung(queue)
    rulebook.show_name(GROUP, ADA, "Ada")
    rulebook.show_name(GROUP, BOB, "Bob")
    rulebook.show_name(SUPERGROUP, EVE, "Eve")
    assert board(boards, due.id) == (0, ())
    for minute, who in enumerate((EVE, BOB, ADA)):
        boards.tap(GROUP, due.id, who, NINE + minute * MINUTE)
    assert board(boards, due.id) == (3, ("Bob", "Ada"))
    seen = version(boards, due.id)
    assert not rulebook.show_name(GROUP, BOB, "Bob")
    assert board(boards, due.id) == (3, ("Ada",))
    assert version(boards, due.id) == seen + 1


def test_a_name_changes_the_boards_that_were_tapped(
    boards: Boards, queue: Queue, subscriptions: Subscriptions, rulebook: Rulebook
) -> None:
    stretch(subscriptions)
    first, second = on_days(queue, 0, 1)
    stretch(subscriptions, SUPERGROUP, "12:00")
    (third,) = on_days_at_noon(queue)
    boards.tap(GROUP, first.id, ADA, NINE)
    boards.tap(SUPERGROUP, third, ADA, NINE)
    before = [version(boards, id) for id in (first.id, second.id, third)]
    rulebook.show_name(GROUP, ADA, "Ada")
    after = [version(boards, id) for id in (first.id, second.id, third)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 0, 0]


def on_days_at_noon(queue: Queue) -> list[int]:
    return [rung(queue, NINE + DAY + 180 * MINUTE).id]


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize(
    ("sent", "done", "expected"),
    [
        ((0,), (), 0),
        ((0,), (0,), 1),
        ((0, 1, 2), (0, 1, 2), 3),
        ((0, 1, 2), (0, 2), 2),  # one missed day a week is forgiven
        ((0, 1, 2, 3), (0, 3), 1),
        ((0, 3, 4), (0, 4), 2),  # a day on which nothing came is no missed one
        ((0, 1), (0,), 1),  # today is still open
    ],
)
def test_the_groups_streak(
    boards: Boards, queue: Queue, sent: tuple[int, ...], done: tuple[int, ...], expected: int
) -> None:
    """A day counts once that anybody has done, whoever and however many."""
    dues = dict(zip(sent, on_days(queue, *sent), strict=True))
    for day in done:
        for who in (ADA + day, BOB):
            boards.tap(GROUP, dues[day].id, who, NINE + day * DAY)
    found = boards.board(dues[sent[-1]].id)
    assert found is not None
    assert found.streak.days == expected


@pytest.mark.usefixtures("reminder")
def test_the_streak_of_an_older_board_is_that_of_its_day(boards: Boards, queue: Queue) -> None:
    first, second = on_days(queue, 0, 1)
    for due in (first, second):
        boards.tap(GROUP, due.id, ADA, NINE + DAY)
    streaks = [found.streak.days for due in (first, second) if (found := boards.board(due.id))]
    assert streaks == [1, 2]


@pytest.mark.usefixtures("reminder")
def test_the_week_before_is_told_on_the_first_of_a_week(boards: Boards, queue: Queue) -> None:
    dues = on_days(queue, 0, 2, 8, 9, 21)
    for number, who in ((0, ADA), (0, BOB), (1, ADA)):
        boards.tap(GROUP, dues[number].id, who, NINE + 3 * DAY)
    weeks = [found.week for due in dues if (found := boards.board(due.id))]
    # Nothing was done in the week before the last.
    assert weeks == [None, None, Week(done=3, people=2, days=2), None, None]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param((date(2026, 12, 28), date(2027, 1, 1)), False, id="one week in two years"),
        pytest.param((date(2027, 1, 3), date(2027, 1, 4)), True, id="two weeks in one year"),
        pytest.param((date(2025, 12, 28), date(2026, 1, 1)), True, id="week 1 begins before it"),
        pytest.param((date(2024, 12, 30), date(2025, 12, 30)), False, id="both in a week 1"),
    ],
)
def test_weeks_over_a_new_year(
    boards: Boards,
    queue: Queue,
    subscriptions: Subscriptions,
    days: tuple[date, date],
    told: bool,
) -> None:
    first, second = (datetime(day.year, day.month, day.day, 9, tzinfo=UTC) for day in days)
    made = subscriptions.add(GROUP, wish(), "couch-stretch", first - MINUTE)
    assert isinstance(made, Reminder)
    due = rung(queue, first)
    boards.tap(GROUP, due.id, ADA, first)
    subscriptions.pause(GROUP, first, until=days[1])
    found = boards.board(rung(queue, second).id)
    assert found is not None
    assert found.week == (Week(1, 1, 1) if told else None)


def test_what_is_told_at_first_is_what_the_board_then_tells(
    boards: Boards, queue: Queue, reminder: Reminder
) -> None:
    """Or the message would change with the first tap for no reason anybody sees."""
    for day in (0, 1, 4, 7, 8, 14):
        now = NINE + day * DAY
        due = claimed(queue, now)
        before = boards.before(reminder.id, due.day)
        assert queue.record(due, SENT, now)
        found = boards.board(due.id)
        assert found is not None
        assert (found.streak, found.week) == before
        if day != 8:
            boards.tap(GROUP, due.id, ADA, now)
    assert before == (Streak(4, 4, missed_this_week=False), Week(1, 1, 1))


def test_what_forbids_techniques_is_known(
    boards: Boards, queue: Queue, subscriptions: Subscriptions
) -> None:
    stretch(subscriptions)
    subscriptions.remember(GROUP, ["pregnancy", "sore-knee"])
    found = boards.board(rung(queue).id)
    assert found is not None
    assert found.conditions == ("pregnancy", "sore-knee")


@pytest.mark.usefixtures("reminder")
def test_an_old_board_is_deleted_with_its_occurrence(boards: Boards, queue: Queue) -> None:
    due = rung(queue)
    boards.tap(GROUP, due.id, ADA, NINE)
    queue.purge(NINE + KEPT + SECOND)
    assert boards.board(due.id) is None
    assert boards.tap(GROUP, due.id, BOB, NINE + KEPT + DAY) is Tap.GONE


def test_whoever_taps_tells_where_it_arrived(
    queue: Queue, subscriptions: Subscriptions, boards: Boards
) -> None:
    stretch(subscriptions)
    due = claimed(queue)
    queue.record(due, UNCERTAIN, NINE)
    boards.tap(GROUP, due.id, ADA, NINE, message=77)
    assert subscriptions.sent_as(GROUP, 77) is not None
    boards.tap(GROUP, due.id, BOB, NINE, message=78)
    assert subscriptions.sent_as(GROUP, 78) is None


def test_a_group_that_has_moved_while_it_was_sent(
    queue: Queue, subscriptions: Subscriptions, boards: Boards
) -> None:
    stretch(subscriptions)
    due = claimed(queue)
    subscriptions.move(GROUP, SUPERGROUP)
    assert queue.record(due, Sent(7, "couch-stretch"), NINE)
    assert boards.stale(NINE) == (due.id,)
    found = boards.board(due.id)
    assert found is not None
    assert found.occurrence.message is None
    assert found.reminder.chat == SUPERGROUP
