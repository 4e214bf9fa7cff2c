"""Where groups' rules are kept, and who lets their name stand on a group's boards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from bot.reminders.chats import come_back
from bot.reminders.database import Database, insert_if_new
from bot.reminders.house_rules import HouseRules, Pace, Quiet
from bot.reminders.reminder import QUIZ, Reminder
from bot.reminders.rows import reminder_of
from bot.reminders.tables import BOARDS, GROUPS, NAMES, OCCURRENCES, REMINDERS, TAPS

NAME = 64  # characters of a name that are kept


class Rulebook:
    """Every call is one transaction and may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, group: int) -> HouseRules:
        """The group's rules; for one that nothing is set for, the usual ones."""
        with self._database.reading() as connection:
            row = connection.execute(select(GROUPS).where(GROUPS.c.id == group)).first()
        return _rules(row) if row else HouseRules(group)

    def keep(self, rules: HouseRules) -> HouseRules:
        """Puts `rules` in the place of the group's own."""
        with self._database.writing() as connection:
            _be_there(connection, rules.group)
            quiet = rules.quiet
            connection.execute(
                update(GROUPS)
                .where(GROUPS.c.id == rules.group)
                .values(
                    zone=rules.zone,
                    topic=rules.topic,
                    pace=rules.pace,
                    quiet_from=f"{quiet.begins:%H:%M}" if quiet else None,
                    quiet_to=f"{quiet.ends:%H:%M}" if quiet else None,
                    language=rules.language,
                )
            )
        return rules

    def come_back(self, group: int) -> None:
        """Keeps what was set for a group that the bot had left."""
        with self._database.writing() as connection:
            come_back(connection, group)

    def stretch(self, reminder: int) -> Reminder | None:
        """A group's stretch of the day, for those who want the same; a person's own is none."""
        with self._database.reading() as connection:
            found = connection.execute(select(REMINDERS).where(REMINDERS.c.id == reminder)).first()
        known = reminder_of(found) if found else None
        return known if known and known.is_groups and known.plan != QUIZ else None

    def show_name(self, group: int, person: int, name: str) -> bool:
        """Lets the name stand on the group's boards, or no more; whether it does so now.

        The boards that the person has tapped are to be shown anew.
        """
        one = (NAMES.c.chat == group, NAMES.c.person == person)
        with self._database.writing() as connection:
            _be_there(connection, group)
            hidden = connection.execute(delete(NAMES).where(*one)).rowcount > 0
            if not hidden:
                values = {"chat": group, "person": person, "name": name[:NAME]}
                connection.execute(insert(NAMES).values(values))
            tapped = (
                select(TAPS.c.occurrence)
                .join(OCCURRENCES, OCCURRENCES.c.id == TAPS.c.occurrence)
                .join(REMINDERS, REMINDERS.c.id == OCCURRENCES.c.reminder)
                .where(TAPS.c.person == person, REMINDERS.c.chat == group)
            )
            changed = update(BOARDS).where(BOARDS.c.occurrence.in_(tapped))
            connection.execute(changed.values(version=BOARDS.c.version + 1))
            return not hidden

    def put_into_topic(self, group: int, ids: Iterable[int], topic: int | None) -> None:
        """Lets these reminders of the group come in the topic, or in the chat's root."""
        mine = and_(REMINDERS.c.chat == group, REMINDERS.c.id.in_(tuple(ids)))
        with self._database.writing() as connection:
            connection.execute(update(REMINDERS).where(mine).values(topic=topic))


def _be_there(connection: Connection, group: int) -> None:
    connection.execute(insert_if_new(connection, GROUPS).values(id=group))
    come_back(connection, group)


def _rules(row: Row[tuple[object, ...]]) -> HouseRules:
    quiet = row.quiet_from and Quiet(
        time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_to)
    )
    return HouseRules(
        group=row.id,
        zone=row.zone,
        topic=row.topic,
        pace=Pace(row.pace),
        quiet=quiet or None,
        language=row.language,
    )
