"""What is sent for an occurrence that is due: to a person, or to a group with its board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.knowledge.knowledge import Knowledge
from bot.reminders.board import Board, Week
from bot.reminders.due import Due
from bot.reminders.reminder import QUIZ, State
from bot.reminders.sessions import HARD_FROM, session
from bot.reminders.streaks import Streak
from bot.replies.boards import Showing, board_reply
from bot.replies.links import Link
from bot.replies.quiz import Poll, quiz_of
from bot.replies.reply import Reply
from bot.replies.sessions import session_reply


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply, or a question; `shows` is the id of the plan or technique in it."""

    shows: str
    reply: Reply | None = None
    poll: Poll | None = None


def persons_letter(
    knowledge: Knowledge, due: Due, conditions: tuple[str, ...], now: datetime
) -> Letter | None:
    """What a person with these conditions is sent; None where nothing fits."""
    planned = session(knowledge, due.reminder.plan, conditions, due.day, due.sent)
    if planned is None:
        return None
    return Letter(planned.shows, session_reply(knowledge, planned, due, late=due.is_late(now)))


def groups_letter(
    knowledge: Knowledge, due: Due, history: tuple[Streak, Week | None], now: datetime, link: Link
) -> Letter | None:
    """What a group is sent: a stretch with its board, or a question; None where nothing fits.

    `history` is how it went before; `link` makes the addresses that lead to the private chat.
    """
    plan = due.reminder.plan
    if plan == QUIZ:
        poll = quiz_of(knowledge, due.sent)
        return Letter(QUIZ, poll=poll) if poll else None
    number = min(due.sent, HARD_FROM - 1)  # in a group there are people of all levels
    planned = session(knowledge, plan, due.conditions, due.day, number)
    if planned is None:
        return None
    streak, week = history
    late = knowledge.messages.reminder.sent.late if due.is_late(now) else None
    showing = Showing(due.id, due.reminder.id, streak, week, remark=late)
    return Letter(planned.shows, board_reply(knowledge, planned, showing, link))


def board_letter(knowledge: Knowledge, board: Board, link: Link) -> Reply:
    """The group's message again, with the board as it is now."""
    sent = board.occurrence
    known = sent.showed in knowledge.techniques or sent.showed in knowledge.plans.starters
    planned = session(knowledge, sent.showed, (), sent.day, 0) if known and sent.showed else None
    late = knowledge.messages.reminder.sent.late if sent.state is State.LATE else None
    showing = Showing(
        occurrence=sent.id,
        reminder=board.reminder.id,
        streak=board.streak,
        week=board.week,
        done=board.done,
        names=board.names,
        remark=late,
    )
    return board_reply(knowledge, planned, showing, link)
