"""What is sent for an occurrence: to a person, to a group, and to a group again in its edits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.answering.safety import ruling
from bot.handlers.letters import Letter, board_letter, groups_letter, persons_letter
from bot.knowledge.entry import Level, Verdict
from bot.knowledge.loader import load
from bot.reminders.board import Board, Week
from bot.reminders.days import WEEK
from bot.reminders.due import LATE, Due
from bot.reminders.reminder import QUIZ, VARIED, Occurrence, Pause, Reminder, Schedule, State
from bot.reminders.sessions import HARD_FROM, session
from bot.reminders.streaks import Streak
from bot.replies.html import messages
from bot.replies.plain import plain
from bot.replies.quiz import quiz_of
from bot.replies.reply import Reply
from bot.replies.sessions import session_blocks
from tests.conftest import ENGLISH

KNOWLEDGE = load(ENGLISH, examples=False)
SENT = KNOWLEDGE.messages.reminder.sent
GROUP = -100
DAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
REMINDER = Reminder(3, GROUP, None, Schedule(time(9), WEEK, "UTC"), VARIED, None)
DUE = Due(7, 1, REMINDER, DAY, 0, NINE, NINE + timedelta(minutes=2))
HISTORY = Streak(4, 9, missed_this_week=False), Week(12, 5, 6)
NEW = Streak(0, 0, missed_this_week=False), None
PLANS = (VARIED, *KNOWLEDGE.plans.starters, *KNOWLEDGE.techniques)
ALONE = [(), *((id,) for id in KNOWLEDGE.conditions)]


def link(payload: str) -> str:
    return f"https://t.me/psoas_test_bot?start={payload}"


def due(plan: str, *conditions: str, sent: int = 0) -> Due:
    reminder = replace(REMINDER, plan=plan)
    return replace(DUE, reminder=reminder, conditions=conditions, sent=sent)


def letter(due: Due, now: datetime = NINE) -> Letter | None:
    return groups_letter(KNOWLEDGE, due, HISTORY, now, link)


def told(letter: Letter | None) -> Reply:
    assert letter is not None
    assert letter.reply is not None
    return letter.reply


def board(sent: Due, showed: str | None, state: State = State.SENT) -> Board:
    """The board of `sent` before anybody has tapped it."""
    occurrence = Occurrence(
        sent.id, sent.reminder.id, GROUP, sent.day, 0, NINE, state, message=7, showed=showed
    )
    streak, week = HISTORY
    return Board(occurrence, sent.reminder, 0, 0, (), streak, week, sent.conditions)


@pytest.mark.parametrize("held", ALONE, ids=" ".join)
def test_an_edit_changes_nothing_but_the_board(held: tuple[str, ...]) -> None:
    """Nor does it bring back what the first had left out."""
    for plan in (*PLANS, "gone"):
        for number in (0, HARD_FROM + 9):
            sent = letter(due(plan, *held, sent=number))
            if sent is None:
                continue
            again = board_letter(KNOWLEDGE, board(due(plan, *held), sent.shows), link)
            assert messages(again) == messages(told(sent)), plan
            assert again.buttons == told(sent).buttons


@pytest.mark.parametrize("held", ALONE[1:], ids=" ".join)
def test_what_somebody_has_told_leaves_out_and_is_told_to_nobody(held: tuple[str, ...]) -> None:
    """It reads as for a group in which nobody has told anything."""
    for plan in PLANS:
        wished = due(plan, *held)
        sent = letter(wished)
        if sent is None:
            continue
        planned = session(KNOWLEDGE, plan, held, DAY, 0)
        assert planned is not None
        assert sent.shows == planned.shows
        text = plain(told(sent))
        for item in planned.items:
            assert ruling(KNOWLEDGE, item.technique, held).allows
            assert item.technique.title in text
        unheld = session(KNOWLEDGE, planned.shows, (), DAY, 0)
        assert unheld is not None
        if [item.technique for item in unheld.items] == [item.technique for item in planned.items]:
            expected = plain(Reply(tuple(session_blocks(KNOWLEDGE, unheld, None))))
            assert text.startswith(expected)
        assert "You mentioned" not in text


def test_conditions_of_the_knowledge_change_something() -> None:
    """Or else the test before would have nothing to look at."""
    sessions = [session(KNOWLEDGE, plan, held, DAY, 0) for plan in PLANS for held in ALONE]
    known = [one for one in sessions if one is not None]
    assert any(one.replaced for one in known)
    assert any(i.ruling.verdict is not Verdict.OK for one in known for i in one.items)


@pytest.mark.parametrize("sent", [0, HARD_FROM - 1, HARD_FROM, HARD_FROM + 200])
def test_a_group_never_gets_what_is_hard(sent: int) -> None:
    """However long it has been at it: there are people of all levels in it."""
    days = (DAY + timedelta(days=n) for n in range(60))
    shown = [letter(replace(due(VARIED, sent=sent), day=day)) for day in days]
    levels = {KNOWLEDGE.techniques[one.shows].level for one in shown if one}
    assert Level.HARD not in levels
    assert Level.EASY in levels


def test_a_person_gets_it_in_time() -> None:
    days = (DAY + timedelta(days=n) for n in range(60))
    mine = replace(due(VARIED, sent=HARD_FROM + 60), reminder=replace(REMINDER, chat=42))
    shown = [persons_letter(KNOWLEDGE, replace(mine, day=day), (), NINE) for day in days]
    assert Level.HARD in {KNOWLEDGE.techniques[one.shows].level for one in shown if one}


@pytest.mark.parametrize(
    ("after", "late"), [(timedelta(0), False), (LATE, False), (LATE + timedelta(seconds=1), True)]
)
def test_whether_it_is_late(after: timedelta, late: bool) -> None:
    """The edits go on saying so."""
    sent = letter(DUE, NINE + after)
    assert (SENT.late in plain(told(sent))) is late
    state = State.LATE if late else State.SENT
    assert sent is not None
    again = board_letter(KNOWLEDGE, board(DUE, sent.shows, state), link)
    assert messages(again) == messages(told(sent))


def test_how_it_went_before_is_told() -> None:
    texts = KNOWLEDGE.messages.board
    text = plain(told(letter(DUE)))
    assert texts.streak.format(n=4) in text
    assert texts.week.format(done=12, people=5, days=6) in text
    first = plain(told(groups_letter(KNOWLEDGE, DUE, NEW, NINE, link)))
    assert texts.streak.partition("}")[2] not in first
    assert texts.nobody in first


@pytest.mark.parametrize("paused", [None, *Pause])
def test_the_word_on_a_topic_that_is_gone_stays(paused: Pause | None) -> None:
    resting = replace(DUE, reminder=replace(REMINDER, paused=paused))
    text = plain(board_letter(KNOWLEDGE, board(resting, "pelvic-tilt"), link))
    assert (SENT.topic_gone in text) is (paused is Pause.TOPIC_GONE)
    assert text.endswith(KNOWLEDGE.messages.caveat.short)


@pytest.mark.parametrize("showed", ["gone", None, VARIED])
def test_a_stretch_that_is_not_known_any_more(showed: str | None) -> None:
    text = plain(board_letter(KNOWLEDGE, board(DUE, showed), link))
    assert text.startswith(KNOWLEDGE.messages.board.stretch_gone)
    assert text.endswith(KNOWLEDGE.messages.caveat.short)


@pytest.mark.parametrize("number", range(3))
def test_a_quiz(number: int) -> None:
    sent = letter(due(QUIZ, sent=number))
    assert sent == Letter(QUIZ, poll=quiz_of(KNOWLEDGE, number))
    assert sent is not None
    assert sent.poll is not None


def test_nothing_is_sent_where_there_is_nothing_to_send() -> None:
    without = replace(KNOWLEDGE, quiz={})
    assert groups_letter(without, due(QUIZ), NEW, NINE, link) is None
    nothing = due("couch-stretch", "other-condition", "lung-disease")
    assert letter(nothing) is None
    assert persons_letter(KNOWLEDGE, nothing, nothing.conditions, NINE) is None
