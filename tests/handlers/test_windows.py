"""The windows and the line, with times written by hand."""

from __future__ import annotations

from math import inf

import pytest

from bot.handlers.windows import Chat, Limits, Line, Ticket, Window, Windows


def test_a_message_counts_while_in_flight_and_then_for_the_window() -> None:
    window = Window(2, 1.0)
    assert window.opens_at(0.0) == 0.0
    assert window.opens_at(0.0, spare=1) == 0.0
    window.start()
    assert window.opens_at(0.0, spare=1) == inf
    window.start()
    assert window.opens_at(9.0) == inf
    window.answer(10.0)
    window.answer(10.5)
    assert window.opens_at(10.6) == 11.0
    assert window.opens_at(10.6, spare=1) == 11.5
    assert window.opens_at(11.0) == 11.0
    assert not window.empty(11.0)
    assert window.empty(11.5)


def test_windows_of_quiet_chats_are_dropped() -> None:
    windows = Windows(3, 3.0)
    for chat in range(1, 1001):
        windows.start(chat)
        windows.answer(chat, float(chat))
    assert len(windows) == 3


@pytest.mark.parametrize(
    ("waiting", "gone"),
    [
        ([(0, 1, True), (1, 2, False)], [1, 0]),
        ([(1, 1, False), (0, 2, False)], [0, 1]),
        ([(0, 7, False), (1, 7, False), (2, 7, False), (3, 7, False), (4, 8, False)], [0, 1, 4]),
        ([(0, 7, True), (1, 7, False), (2, 7, False), (3, 8, True)], [1, 2, 3]),
        ([(0, "@a", False), (1, -7, False), (2, 7, False)], [0, 1, 2]),
    ],
)
def test_who_goes_first(waiting: list[tuple[int, Chat, bool]], gone: list[int]) -> None:
    line = Line(Limits(private=2))
    for number, chat, reminder in waiting:
        line.join(Ticket(number, chat, reminder))
    assert [ticket.number for ticket in line.let_go(0.0)[0]] == gone


def test_reminders_are_evenly_spaced_and_catch_up_with_little() -> None:
    line = Line(Limits(overall=11))
    for number in range(20):
        line.join(Ticket(number, number + 1, reminder=True))
    gone, again = line.let_go(5.0)
    assert len(gone) == 3
    assert again == pytest.approx(5.1)
    assert len(line.let_go(5.15)[0]) == 1
    assert len(line.let_go(5.25)[0]) == 1
    assert len(line.let_go(5.7)[0]) == 3
    assert line.let_go(5.7)[1] == pytest.approx(5.8)


def test_reminders_leave_room_for_an_answer() -> None:
    line = Line(Limits(overall=4, spare=1))
    for number in range(9):
        line.join(Ticket(number, number + 1, reminder=True))
    assert sum(len(line.let_go(step / 10)[0]) for step in range(100)) == 3
    line.join(Ticket(9, 50, reminder=False))
    line.join(Ticket(10, 51, reminder=False))
    assert [ticket.number for ticket in line.let_go(10.0)[0]] == [9]


@pytest.mark.parametrize(
    "wrong", [{"overall": 1}, {"private": 0}, {"group_seconds": 0.0}, {"spare": -1}]
)
def test_limits_that_let_nothing_go(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="limits"):
        Limits(**wrong)
