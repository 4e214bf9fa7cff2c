"""How often the bot speaks in a group, with times written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.handlers.manners import (
    ANSWERS,
    FRESH,
    GROUP,
    MINUTE,
    PERSON,
    URGENT,
    URGENT_PERSON,
    Asked,
    Manners,
    May,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = Asked(-5, None, 1, ("tight", "hips"))


def other(number: int) -> Asked:
    return replace(ASKED, person=number, question=(str(number),))


def test_the_same_question_again_is_pointed_to_its_answer() -> None:
    manners = Manners()
    assert manners.may(ASKED, NOW) is May.ANSWER
    manners.spoke(ASKED, 70, NOW)
    again = replace(ASKED, person=2)
    assert manners.may(again, NOW) is May.POINT
    assert manners.answered(again, NOW) == 70
    assert manners.may(replace(again, topic=3), NOW) is May.ANSWER
    assert manners.may(replace(again, group=-6), NOW) is May.ANSWER
    assert manners.may(again, NOW + FRESH) is May.ANSWER


def test_one_person_does_not_have_the_bot_to_themselves() -> None:
    manners = Manners()
    for number in range(PERSON):
        manners.spoke(replace(ASKED, question=(str(number),)), number, NOW)
    assert manners.may(ASKED, NOW) is May.BE_SILENT
    assert manners.may(other(99), NOW) is May.ANSWER
    assert manners.may(ASKED, NOW + MINUTE) is May.ANSWER


def test_a_group_is_not_flooded_and_red_flags_have_a_reserve() -> None:
    manners = Manners()
    for number in range(GROUP):
        manners.spoke(other(number), number, NOW)
    assert manners.may(other(99), NOW) is May.BE_SILENT
    assert manners.may(other(99), NOW, urgent=True) is May.ANSWER
    for number in range(GROUP, URGENT):
        manners.spoke(other(number), number, NOW)
    assert manners.may(other(99), NOW, urgent=True) is May.BE_SILENT
    assert manners.may(other(99), NOW + MINUTE) is May.ANSWER


def test_what_a_message_was_about_is_known_for_a_while() -> None:
    manners = Manners()
    manners.showed(-5, 70, "pigeon-pose")
    assert manners.about(-5, 70) == "pigeon-pose"
    assert manners.about(-6, 70) is None
    for number in range(ANSWERS):
        manners.showed(-7, number, "cobra-pose")
    assert manners.about(-5, 70) is None


def test_memory_is_bounded() -> None:
    manners = Manners()
    for number in range(ANSWERS + 10):
        manners.spoke(other(number), number, NOW + timedelta(seconds=number))
    assert len(manners._answers) == ANSWERS
    assert len(manners._spoken) <= ANSWERS


def test_the_same_words_with_another_answer_are_another_question() -> None:
    manners = Manners()
    manners.spoke(replace(ASKED, answer="the lunge"), 70, NOW)
    assert manners.may(replace(ASKED, person=2, answer="the lunge"), NOW) is May.POINT
    assert manners.may(replace(ASKED, person=2, answer="leave it out"), NOW) is May.ANSWER


def test_one_person_does_not_use_up_what_is_kept_for_red_flags() -> None:
    manners = Manners()
    for number in range(URGENT_PERSON):
        assert manners.may(ASKED, NOW, urgent=True) is May.ANSWER
        manners.spoke(ASKED, number, NOW, answer=False)
    assert manners.may(ASKED, NOW, urgent=True) is May.BE_SILENT
    assert manners.may(other(2), NOW, urgent=True) is May.ANSWER


def test_the_limits_leave_room_below_telegrams() -> None:
    assert PERSON < URGENT_PERSON < URGENT
    assert GROUP + 4 <= URGENT <= 19  # a board's edits, and the reserve


def test_red_flags_that_the_group_has_read() -> None:
    manners = Manners()
    assert not manners.has_warned(-5, 1, frozenset({"chest-pain"}))
    manners.warned(-5, 1, frozenset({"chest-pain"}))
    assert manners.has_warned(-5, 1, frozenset({"chest-pain"}))
    assert not manners.has_warned(-5, 1, frozenset({"chest-pain", "crisis"}))
    assert not manners.has_warned(-5, 2, frozenset({"chest-pain"}))
    assert not manners.has_warned(-6, 1, frozenset({"chest-pain"}))
    manners.warned(-5, 1, frozenset({"crisis"}))
    assert manners.has_warned(-5, 1, frozenset({"chest-pain", "crisis"}))
