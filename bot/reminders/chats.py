"""What becomes of everything kept about a chat when it is gone, or has another id."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, select, update

from bot.reminders.reminder import WENT, Pause
from bot.reminders.rows import Values
from bot.reminders.tables import BOARDS, CHATS, GROUPS, NAMES, OCCURRENCES, REMINDERS


def leave(connection: Connection, chat: int, now: datetime) -> None:
    """Pauses everything of a chat that is gone; its rows are kept for a while."""
    for table in (CHATS, GROUPS):
        connection.execute(update(table).where(table.c.id == chat).values(gone_at=now))
    connection.execute(
        update(REMINDERS)
        .where(REMINDERS.c.chat == chat)
        .values(paused=Pause.BLOCKED, paused_until=None, next_due_at=None)
    )


def come_back(connection: Connection, chat: int) -> None:
    """Whoever sets something is there: what is kept is not deleted as that of a gone chat."""
    for table in (CHATS, GROUPS):
        connection.execute(update(table).where(table.c.id == chat).values(gone_at=None))


def move(connection: Connection, old: int, new: int) -> None:
    """Gives everything of the chat `old` to the chat `new`; doing it twice changes nothing."""
    if old == new:
        return
    _move_rules(connection, old, new)
    both = connection.execute(select(CHATS).where(CHATS.c.id.in_((old, new))))
    kept = {row.id: row for row in both}
    if old not in kept:
        return
    _leave_behind(connection, old)
    if new not in kept:
        connection.execute(update(CHATS).where(CHATS.c.id == old).values(id=new))
        return
    safe = _safest(kept[old], kept[new])
    connection.execute(update(CHATS).where(CHATS.c.id == new).values(safe))
    connection.execute(update(REMINDERS).where(REMINDERS.c.chat == old).values(chat=new))
    connection.execute(delete(CHATS).where(CHATS.c.id == old))


def _move_rules(connection: Connection, old: int, new: int) -> None:
    """What was set for the old group holds, but for what was set for the new one already."""
    known = connection.execute(select(GROUPS.c.id).where(GROUPS.c.id.in_((old, new)))).scalars()
    if set(known) == {old}:
        connection.execute(update(GROUPS).where(GROUPS.c.id == old).values(id=new))
        return
    there = select(NAMES.c.person).where(NAMES.c.chat == new)
    mine = and_(NAMES.c.chat == old, NAMES.c.person.not_in(there))
    connection.execute(update(NAMES).where(mine).values(chat=new))
    connection.execute(delete(GROUPS).where(GROUPS.c.id == old))


def _leave_behind(connection: Connection, old: int) -> None:
    """The messages stay in the old group: the last board of each reminder is to be shown anew."""
    mine = and_(REMINDERS.c.chat == old, OCCURRENCES.c.state.in_(WENT))
    sent = select(OCCURRENCES.c.id).join(REMINDERS, REMINDERS.c.id == OCCURRENCES.c.reminder)
    last = sent.with_only_columns(func.max(OCCURRENCES.c.id)).where(mine)
    last = last.group_by(OCCURRENCES.c.reminder)
    changed: Values = {"version": BOARDS.c.version + 1}
    connection.execute(update(BOARDS).where(BOARDS.c.occurrence.in_(last)).values(changed))
    left = OCCURRENCES.c.id.in_(sent.where(mine))
    connection.execute(update(OCCURRENCES).where(left).values(message=None))


def _safest(old: Row[Any], new: Row[Any]) -> Values:
    """What either chat has told, since it may forbid techniques or hold all back."""
    conditions = filter(None, f"{old.conditions},{new.conditions}".split(","))
    return {"conditions": ",".join(dict.fromkeys(conditions)), "flag": new.flag or old.flag}
