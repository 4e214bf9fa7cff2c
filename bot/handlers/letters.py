"""What is sent for an occurrence that is due: to a person, or to a group with its board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.answering.safety import ruling
from bot.knowledge.knowledge import Knowledge
from bot.reminders.board import Board, Week
from bot.reminders.due import Due
from bot.reminders.reminder import QUIZ, Pause, State
from bot.reminders.sessions import HARD_FROM, Session, session
from bot.reminders.streaks import Streak
from bot.replies.boards import Showing, board_reply
from bot.replies.links import Link
from bot.replies.quiz import Poll, quiz_of
from bot.replies.reply import Reply
from bot.replies.sessions import session_reply, with_topic_gone


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
    planned = _stretch(knowledge, plan, due.conditions, due.day, number)
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
    planned = None
    if known and sent.showed:
        planned = _stretch(knowledge, sent.showed, board.conditions, sent.day, 0)
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
    reply = board_reply(knowledge, planned, showing, link)
    gone = board.reminder.paused is Pause.TOPIC_GONE
    return with_topic_gone(knowledge, reply) if gone else reply


def _stretch(
    knowledge: Knowledge, plan: str, conditions: Iterable[str], day: date, number: int
) -> Session | None:
    """What a group does. What somebody has told leaves techniques out, and is told to nobody."""
    planned = session(knowledge, plan, conditions, day, number)
    if planned is None:
        return None
    items = (replace(i, ruling=ruling(knowledge, i.technique, ())) for i in planned.items)
    return replace(planned, items=tuple(items), replaced=None)
