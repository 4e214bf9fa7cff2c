"""How often the bot speaks in a group: never too much, and not the same thing twice. No clock."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from bot.reminders.house_rules import Pace

MINUTE = timedelta(minutes=1)
# Answers a minute to one person, and in one group, where what is edited counts, too ...
PERSON, GROUP = 4, 14
PACES = {Pace.NORMAL: (PERSON, GROUP), Pace.CALM: (2, 6), Pace.RARE: (1, 3)}
# ... and so many where it is a red flag. Telegram takes 20 in a group.
URGENT_PERSON, URGENT = 8, 18
FRESH = timedelta(minutes=10)  # how long an answer stands for the same question again
GROUPS, ANSWERS = 2_000, 5_000  # remembered; the oldest goes first


class May(Enum):
    """Whether to speak."""

    ANSWER = auto()
    POINT = auto()  # to the answer that was given to the same question
    BE_SILENT = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the group and its topic, who asks, the question's words, and its answer.

    The same words are another question where what is known of the person answers them otherwise.
    """

    group: int
    topic: int | None
    person: int
    question: tuple[str, ...]
    answer: str = ""


class Manners:
    """Remembers what was answered lately, in memory only."""

    def __init__(self) -> None:
        self._spoken: OrderedDict[tuple[int, int | None], deque[datetime]] = OrderedDict()
        self._answers: OrderedDict[object, tuple[datetime, int]] = OrderedDict()
        self._shown: OrderedDict[tuple[int, int], str] = OrderedDict()
        self._warned: OrderedDict[tuple[int, int], frozenset[str]] = OrderedDict()

    def may(
        self, asked: Asked, now: datetime, pace: Pace = Pace.NORMAL, *, urgent: bool = False
    ) -> May:
        """Whether to answer; for a red flag there is a reserve that nothing else uses up."""
        if not self.has_room(asked, now, pace, urgent=urgent):
            return May.BE_SILENT
        return May.POINT if not urgent and self.answered(asked, now) else May.ANSWER

    def has_room(
        self, asked: Asked, now: datetime, pace: Pace = Pace.NORMAL, *, urgent: bool = False
    ) -> bool:
        """Whether one more may be sent or edited, in the group and for the person."""
        person, group = (URGENT_PERSON, URGENT) if urgent else PACES[pace]
        in_group = self._room(asked.group, None, group, now)
        return in_group and self._room(asked.group, asked.person, person, now)

    def answered(self, asked: Asked, now: datetime) -> int | None:
        """The message that answered the same question lately, or None."""
        at, message = self._answers.get(_key(asked), (now - FRESH, 0))
        return message if now - at < FRESH else None

    def spoke(self, asked: Asked, message: int, now: datetime, *, answer: bool = True) -> None:
        """Notes that the bot has sent or edited `message`; as an `answer`, it may be pointed to."""
        for key in ((asked.group, None), (asked.group, asked.person)):
            self._spoken.setdefault(key, deque()).append(now)
            self._spoken.move_to_end(key)
        if answer:
            self._answers[_key(asked)] = now, message
            self._answers.move_to_end(_key(asked))
        _bound(self._spoken, GROUPS)
        _bound(self._answers, ANSWERS)

    def showed(self, group: int, message: int, entry: str) -> None:
        """Notes which entry a message was about, for those who reply to it."""
        self._shown[group, message] = entry
        _bound(self._shown, ANSWERS)

    def about(self, group: int, message: int) -> str | None:
        """The entry that a message of the bot's was about, or None."""
        return self._shown.get((group, message))

    def warned(self, group: int, person: int, flags: frozenset[str]) -> None:
        """Notes that the group has read these red flags, in answer to the person."""
        self._warned[group, person] = flags | self._warned.pop((group, person), frozenset())
        _bound(self._warned, ANSWERS)

    def has_warned(self, group: int, person: int, flags: frozenset[str]) -> bool:
        """Whether the group has read all of these red flags, in answer to the person."""
        return flags <= self._warned.get((group, person), frozenset())

    def _room(self, group: int, person: int | None, most: int, now: datetime) -> bool:
        spoken = self._spoken.get((group, person), deque())
        while spoken and now - spoken[0] >= MINUTE:
            spoken.popleft()
        return len(spoken) < most


def _bound(remembered: OrderedDict[Any, Any], most: int) -> None:
    while len(remembered) > most:
        remembered.popitem(last=False)


def _key(asked: Asked) -> object:
    return asked.group, asked.topic, asked.question, asked.answer
