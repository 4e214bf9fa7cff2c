"""What is remembered of one person's conversation, and the memory of all of them.

Kept in memory only, for an hour and for so many people. Losing it costs a question, never a wrong
answer: what leans on it is not understood without it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.answering.answers import Answer, Choice, EntryAnswer, Found, Reminding, Urgent
from bot.answering.fitting import Wanted
from bot.answering.signs import Reading
from bot.answering.triage import Alarm
from bot.knowledge.entry import Symptom, Technique, Topic

LASTS = timedelta(hours=1)
PEOPLE = 5_000  # conversations kept; the oldest goes first

NOTHING_SAID = Reading(frozenset(), ())


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's conversation in one chat, up to now."""

    technique: str | None = None  # what "it" is
    entry: str | None = None  # what was answered last
    offered: tuple[str, ...] = ()  # what the person may choose from, in the order shown
    asked: bool = False  # whether the last answer was a "did you mean"
    shown: tuple[str, ...] = ()  # techniques answered or suggested so far
    wanted: tuple[Wanted, ...] = ()  # what the last search asked for
    held: tuple[str, ...] = ()  # conditions of the person
    held_of_other: tuple[str, ...] = ()  # ... and of somebody the person speaks of
    alarms: tuple[Alarm, ...] = ()  # red flags in force
    reading: Reading = NOTHING_SAID  # all signs so far, and the last message
    last: Answer | None = None

    def after(self, answer: Answer) -> Conversation:
        """The conversation after `answer`: what "it" is now, and what may be chosen."""
        said = replace(self, last=answer, asked=isinstance(answer, Choice))
        match answer:
            case EntryAnswer(entry=Technique(id=id)):
                shown = (*[s for s in self.shown if s != id], id)
                same = self.technique == id
                offered = self.offered if id in self.offered or same else ()
                wanted = self.wanted if id in self.offered else ()
                return replace(
                    said, technique=id, entry=id, shown=shown, offered=offered, wanted=wanted
                )
            case EntryAnswer(entry=Symptom() as symptom):
                # "I'm pregnant" right after a technique leaves that technique the topic.
                technique = self.technique if symptom.conditions else None
                return replace(said, technique=technique, entry=symptom.id, offered=(), shown=())
            case EntryAnswer(entry=Topic() as topic):
                return replace(said, entry=topic.id, offered=topic.related)
            case Found(suggestions):
                ids = tuple(s.technique.id for s in suggestions)
                shown = tuple(dict.fromkeys((*self.shown, *ids)))
                return replace(said, technique=None, entry=None, offered=ids, shown=shown)
            case Choice(candidates):
                return replace(said, offered=tuple(match.entry for match in candidates))
            case Reminding(technique=Technique(id=id)):
                return replace(said, technique=id, entry=id)
            case Urgent(alarms):
                return replace(said, alarms=alarms, technique=None, entry=None, offered=())
            case _:
                return said

    def without(self, condition: str) -> Conversation:
        """The conversation with `condition` forgotten."""
        return replace(
            self,
            held=tuple(id for id in self.held if id != condition),
            held_of_other=tuple(id for id in self.held_of_other if id != condition),
        )

    def forgetting(self) -> Conversation:
        """The conversation with every condition forgotten."""
        return replace(self, held=(), held_of_other=())


class Conversations:
    """The conversations of the last hour, by whatever tells chats and people apart."""

    def __init__(self, people: int = PEOPLE, lasts: timedelta = LASTS) -> None:
        self._people = people
        self._lasts = lasts
        self._kept: OrderedDict[object, tuple[datetime, Conversation]] = OrderedDict()

    def of(self, key: object, now: datetime) -> Conversation:
        """The conversation of `key`, an empty one after an hour's silence."""
        at, conversation = self._kept.get(key, (now, Conversation()))
        return conversation if now - at <= self._lasts else Conversation()

    def keep(self, key: object, conversation: Conversation, now: datetime) -> None:
        self._kept[key] = (now, conversation)
        self._kept.move_to_end(key)
        while len(self._kept) > self._people:
            self._kept.popitem(last=False)

    def forget(self, key: object) -> None:
        self._kept.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)
