"""What a group's administrators set, and its members tap. Knows nothing of Telegram.

Who is an administrator is seen to by the caller.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bot.handlers.hearing import Hearing
from bot.handlers.notebook import Notebook
from bot.handlers.pressing import Pressed
from bot.knowledge.knowledge import Knowledge
from bot.reminders.board import Tap, Week
from bot.reminders.boards import Boards
from bot.reminders.house_rules import GENERAL, HouseRules
from bot.reminders.reminder import QUIZ, Pause, Reminder, Schedule
from bot.reminders.rulebook import Rulebook
from bot.reminders.streaks import Streak
from bot.reminders.wording import Action as Wished
from bot.replies.actions import Action
from bot.replies.house_actions import (
    OpenRules,
    SetLanguage,
    SetPace,
    SetQuiet,
    SetQuiz,
    SetTopic,
)
from bot.replies.house_rules import quiet_reply, rules_reply
from bot.replies.reply import Paragraph, Reply
from bot.replies.talk import Talk

Told = TypeVar("Told")

BRIEF = 6  # words that may answer "at what time?"
QUIZ_DAY = ("fri",)
QUIZ_AFTER = timedelta(hours=2)  # after the stretch of the day


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a group something is pressed; `topic` is None outside of topics."""

    group: int
    topic: int | None = None
    is_forum: bool = False


class Hosting:
    """Keeps groups' rules and boards.

    `tongues` are the languages in which a group may be spoken to, by the names of their folders;
    the notebook's own is the usual one.
    """

    def __init__(
        self,
        notebook: Notebook,
        rulebook: Rulebook,
        boards: Boards,
        tongues: Mapping[str, Talk] | None = None,
    ) -> None:
        self._book = notebook
        self._rulebook = rulebook
        self.boards = boards
        self.tongues = tongues or {}

    async def rules(self, group: int) -> HouseRules:
        """The group's rules; the usual ones where they cannot be read."""
        return await self._book.tried(lambda: self._rulebook.of(group)) or HouseRules(group)

    def talk(self, rules: HouseRules) -> Talk:
        """The talk in the language of the group."""
        return self.tongues.get(rules.language or "", self._book.talk)

    async def settings(self, place: Place) -> Reply:
        """The page of the settings."""
        rules = await self.rules(place.group)
        reminders = await self._book.tried(lambda: self._book.subscriptions.of(place.group)) or ()
        return rules_reply(
            self.talk(rules).knowledge,
            rules,
            reminders,
            is_forum=place.is_forum,
            languages={n: t.knowledge.messages.language for n, t in self.tongues.items()},
        )

    async def presses(self, place: Place, action: Action | None, now: datetime) -> Pressed:
        """What an administrator's press leads to."""
        rules = await self._book.tried(lambda: self._rulebook.of(place.group))
        if rules is None:  # the usual ones must not be kept in their place
            return Pressed(toast=self._book.talk.knowledge.messages.reminder.failed)
        return await self._pressed(place, rules, action, now)

    async def page(self, place: Place, name: str, now: datetime) -> Reply:
        """A page of the group's reminders."""
        return await self._hearing(await self.rules(place.group)).page(place.group, name, now)

    async def wishes(self, place: Place, text: str, now: datetime) -> Reply:
        """What comes of an administrator's wish for the group, in words."""
        rules = await self.rules(place.group)
        wished = self._hearing(rules).wishes(place.group, text, now)
        return await self._by_reply(place, rules, await self._in_topic(place, wished))

    async def is_waiting(self, group: int) -> bool:
        """Whether an administrator has been asked for what a reminder lacks."""
        kept = await self._book.tried(lambda: self._book.subscriptions.chat(group))
        return kept is not None and kept.pending is not None

    async def continues(self, place: Place, text: str, now: datetime) -> Reply | None:
        """What comes of an administrator's answer to "which city?" or "at what time?".

        None where it is none.
        """
        rules = await self.rules(place.group)
        hearing = self._hearing(rules)
        placed = await self._in_topic(place, hearing.places(place.group, text, now))
        if placed is not None:
            return await self._by_reply(place, rules, placed)
        wish = hearing.talk.answerer.wording.read(text, Wished.SET)
        answers = wish.time is not None and len(text.split()) <= BRIEF
        return await self.wishes(place, text, now) if answers else None

    async def comes(self, group: int) -> None:
        """The bot is in the group again: what was set for it stays."""
        await self._book.tried(lambda: self._rulebook.come_back(group))

    async def shared(self, reminder: int) -> Reminder | None:
        """A stretch of some group, for a person who wants the same."""
        return await self._book.tried(lambda: self._rulebook.stretch(reminder))

    async def history(self, reminder: int, day: date) -> tuple[Streak, Week | None]:
        """How it went before the stretch of `day`; nothing where that cannot be read."""
        before = await self._book.tried(lambda: self.boards.before(reminder, day))
        return before or (Streak(0, 0, missed_this_week=False), None)

    async def taps(
        self, place: Place, occurrence: int, person: int, message: int, now: datetime
    ) -> Tap | None:
        """Counts a person as having done what came as `message`.

        None where the database has failed.
        """
        return await self._book.tried(
            lambda: self.boards.tap(place.group, occurrence, person, now, message)
        )

    async def switches_name(self, group: int, person: int, name: str) -> bool | None:
        """Shows a person's name on the boards or hides it; whether it is shown now.

        None where the database has failed.
        """
        return await self._book.tried(lambda: self._rulebook.show_name(group, person, name))

    async def _pressed(
        self, place: Place, rules: HouseRules, action: Action | None, now: datetime
    ) -> Pressed:
        knowledge = self.talk(rules).knowledge
        match action:
            case OpenRules(quiet=True):
                if await self._zone(rules) is None:
                    return Pressed(toast=knowledge.messages.rules.clock_first)
                return Pressed(edit=quiet_reply(knowledge, rules))
            case OpenRules():
                return Pressed(edit=await self.settings(place))
            case SetTopic(only_here):
                topic = (place.topic or GENERAL) if only_here else None
                return await self._keep(place, replace(rules, topic=topic))
            case SetPace(pace):
                return await self._keep(place, replace(rules, pace=pace))
            case SetQuiet(quiet):
                there = await self._zone(rules)
                return await self._keep(place, replace(rules, quiet=quiet, zone=there))
            case SetLanguage(language) if language in self.tongues:
                return await self._keep(place, replace(rules, language=language))
            case SetLanguage():
                return Pressed(toast=knowledge.messages.rules.not_here)
            case SetQuiz(wished):
                return await self._set_quiz(place, knowledge, now, wished=wished)
        pressing = self._hearing(rules).presses(place.group, action, now)
        pressed = await self._in_topic(place, pressing)
        edit = pressed.edit and await self._by_reply(place, rules, pressed.edit)
        return replace(pressed, edit=edit)

    async def _by_reply(self, place: Place, rules: HouseRules, reply: Reply) -> Reply:
        """`reply`, with word on how to answer what it asks: privacy mode hides the rest."""
        if not await self.is_waiting(place.group):
            return reply
        told = Paragraph(self.talk(rules).knowledge.messages.rules.by_reply)
        *first, last = reply.blocks
        return Reply((*first, told, last), reply.buttons)

    async def _in_topic(self, place: Place, doing: Awaitable[Told]) -> Told:
        """Lets reminders that are set by `doing`, or resumed from a topic that is gone, come here.

        What `doing` returns.
        """
        store, group = self._book.subscriptions, place.group
        known = await self._book.tried(lambda: store.of(group))
        told = await doing
        after = await self._book.tried(lambda: store.of(group))
        if known is None or after is None:  # which are new cannot be told
            return told
        before = {r.id: r.paused for r in known}
        new = [r.id for r in after if r.id not in before]
        lost = [r.id for r in after if before.get(r.id) is Pause.TOPIC_GONE and not r.paused]
        if new or lost:
            await self._book.tried(
                lambda: self._rulebook.put_into_topic(group, (*new, *lost), place.topic)
            )
        return told

    def _hearing(self, rules: HouseRules) -> Hearing:
        """What is said and pressed about the group's reminders, in its language."""
        return Hearing(self.talk(rules), self._book.subscriptions)

    async def _keep(self, place: Place, rules: HouseRules) -> Pressed:
        kept = await self._book.tried(lambda: self._rulebook.keep(rules))
        if kept is None:
            return Pressed(toast=self.talk(rules).knowledge.messages.reminder.failed)
        return Pressed(edit=await self.settings(place))

    async def _zone(self, rules: HouseRules) -> str | None:
        """The clock that the group lives by: that of its reminders, or the one it had."""
        kept = await self._book.tried(lambda: self._book.subscriptions.chat(rules.group))
        return (kept.zone if kept else None) or rules.zone

    async def _set_quiz(
        self, place: Place, knowledge: Knowledge, now: datetime, *, wished: bool
    ) -> Pressed:
        """Adds the quiz after the stretch of the day, or ends it."""
        store, texts = self._book.subscriptions, knowledge.messages.rules
        reminders = await self._book.tried(lambda: store.of(place.group))
        if reminders is None:
            return Pressed(toast=knowledge.messages.reminder.failed)
        quizzes = [reminder for reminder in reminders if reminder.plan == QUIZ]
        stretch = next((reminder for reminder in reminders if reminder.plan != QUIZ), None)
        if not wished:
            await self._book.tried(lambda: [store.delete(place.group, q.id) for q in quizzes])
        elif stretch is None:
            return Pressed(toast=texts.clock_first)
        elif not quizzes:
            schedule = _after(stretch)
            made = await self._book.tried(
                lambda: store.add(place.group, schedule, QUIZ, now, place.topic)
            )
            if not isinstance(made, Reminder):
                return Pressed(toast=texts.no_room)
        return Pressed(edit=await self.settings(place))


def _after(stretch: Reminder) -> Schedule:
    """Once a week, some time after the stretch of the day."""
    at = stretch.schedule.at
    hour = (at.hour + QUIZ_AFTER // timedelta(hours=1)) % 24
    return Schedule(time(hour, at.minute), QUIZ_DAY, stretch.schedule.zone)
