"""A group's stretch of the day, with the board under it: who has done it, and how it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.knowledge import Knowledge
from bot.reminders.board import Week
from bot.reminders.sessions import Session
from bot.reminders.streaks import Streak
from bot.replies import actions
from bot.replies.entries import closing
from bot.replies.house_actions import SwitchName, TapDone
from bot.replies.links import Link, entry_link, joining_link
from bot.replies.reply import Block, Button, Paragraph, Reply, Rows, Warn
from bot.replies.sentences import listed
from bot.replies.sessions import session_blocks

NAMES, LONGEST = 20, 24  # names on one board, and characters of each: the message must hold them

# Out of these Telegram makes mentions, commands, tags and links by itself; or they turn about the
# direction of what follows them.
_NO_NAME = re.compile(r"[@/\\#$\u200e\u200f\u202a-\u202e\u2066-\u2069]|\.(?=\w)")


@dataclass(frozen=True, slots=True)
class Showing:
    """What a board shows, under the occurrence of a reminder.

    `remark`: what is said of the message's coming, such as that it is late.
    """

    occurrence: int
    reminder: int
    streak: Streak
    week: Week | None = None
    done: int = 0
    names: tuple[str, ...] = ()
    remark: str | None = None


def board_reply(
    knowledge: Knowledge, session: Session | None, showing: Showing, link: Link
) -> Reply:
    """The message for a group; a session of None is one that the knowledge knows no more."""
    texts = knowledge.messages.board
    blocks: list[Block] = []
    if session is None:
        blocks.append(Paragraph(texts.stretch_gone))
    else:
        blocks += session_blocks(knowledge, session, showing.remark)
        blocks.append(Warn((Paragraph(knowledge.messages.group.not_for_all),)))
    blocks += (Paragraph(line) for line in _lines(knowledge, showing))
    buttons = (*_buttons(knowledge, showing, link), *_in_full(knowledge, session, link))
    return Reply((*blocks, closing(knowledge, full=False)), buttons)


def _lines(knowledge: Knowledge, showing: Showing) -> Iterator[str]:
    texts = knowledge.messages.board
    if showing.week is not None:
        week = showing.week
        yield texts.week.format(done=week.done, people=week.people, days=week.days)
    if showing.streak.days > 1:
        yield texts.streak.format(n=showing.streak.days)
    yield _count(knowledge, showing)


def _count(knowledge: Knowledge, showing: Showing) -> str:
    """ "7 done today: Ada, Bob and 5 more"."""
    texts = knowledge.messages.board
    if not showing.done:
        return texts.nobody
    count = texts.one if showing.done == 1 else texts.many.format(n=showing.done)
    names = [name for name in map(_plain, showing.names) if name][:NAMES]
    if not names:
        return count
    others = showing.done - len(names)
    told = listed(names)
    if others:
        told = f"{told} {texts.others.format(n=others)}"
    return texts.named.format(count=count, names=told)


def _plain(name: str) -> str:
    """A name that mentions nobody and leads nowhere, cut where it is too long."""
    words = " ".join(_NO_NAME.sub(" ", name).split())
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _buttons(knowledge: Knowledge, showing: Showing, link: Link) -> Rows:
    texts = knowledge.messages.board
    done = Button(texts.done, actions.encode(TapDone(showing.occurrence)))
    name = Button(texts.name, actions.encode(SwitchName(showing.occurrence)))
    too = Button(texts.too, url=link(joining_link(showing.reminder)))
    return ((done,), (name, too))


def _in_full(knowledge: Knowledge, session: Session | None, link: Link) -> Rows:
    """The way to each technique's full answer, in which stands who should leave it out."""
    if session is None:
        return ()
    techniques = {item.technique.id: item.technique.title for item in session.items}
    more = knowledge.messages.group.more
    return tuple(
        (Button(title if len(techniques) > 1 else more, url=link(entry_link(id))),)
        for id, title in techniques.items()
    )
