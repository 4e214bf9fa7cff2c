"""All that is seen in one message, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from bot.answering.aspects import Aspect
from bot.answering.fitting import Wanted
from bot.answering.matcher import Ranking
from bot.answering.reader import Reader
from bot.answering.signs import Reading
from bot.answering.status import Status
from bot.answering.text import Words
from bot.answering.triage import Alarm
from bot.knowledge.entry import Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge

LASTING = "lasting-or-worse"  # the sign that asks for the caveat in full
UNKNOWN_CONDITION = "other-condition"  # stated, and the knowledge has no verdicts for it


@dataclass(frozen=True, slots=True)
class Stated:
    """What a message says about its writer, or about whom it speaks of: ids of conditions."""

    now: tuple[str, ...] = ()
    of_other: frozenset[str] = frozenset()  # of them those of somebody else, and not of the writer
    denied: frozenset[str] = frozenset()
    unknown: bool = False  # an illness that the knowledge has no verdicts for
    lasting: bool = False


@dataclass(frozen=True)
class Look:
    """All that is seen in one message, before anything is decided."""

    query: str
    reading: Reading
    said: Words
    alarms: tuple[Alarm, ...]
    ranking: Ranking
    named: Technique | Symptom | Topic | None  # the whole message is its name
    mentioned: tuple[str, ...]  # techniques that it names
    stated: Stated
    aspect: Aspect
    reader: Reader = field(repr=False)

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """What it asks for besides health; looked for only when somebody wants to know."""
        return self.reader.wanted(self.reading)


def stated(knowledge: Knowledge, reading: Reading) -> Stated:
    """The conditions that hold, in the order in which the knowledge lists them.

    One that is only asked about ("is it ok when pregnant") holds: better once too often.
    """
    told: dict[Status, set[str]] = {status: set() for status in Status}
    for sign in reading.signs:
        told[sign.status].add(sign.id)
    holding = told[Status.CURRENT] | told[Status.ASKED]
    conditions = knowledge.conditions.values()
    now = tuple(
        c.id for c in conditions if c.id in holding or (c.past and c.id in told[Status.PAST])
    )
    writers = {sign.id for sign in reading.signs if sign.of_self or not sign.of_other}
    denied = frozenset(told[Status.DENIED] - set(now)) & knowledge.conditions.keys()
    return Stated(
        now=tuple(id for id in now if id != UNKNOWN_CONDITION),
        denied=denied,
        unknown=UNKNOWN_CONDITION in now,
        of_other=frozenset(now) - writers,
        lasting=LASTING in told[Status.CURRENT],
    )
