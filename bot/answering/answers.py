"""What may be said to a query: one small type for each kind of answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.answering.fitting import Wanted
from bot.answering.matcher import Match
from bot.answering.safety import Ruling
from bot.answering.triage import Alarm
from bot.knowledge.entry import Facet, Symptom, Technique, Topic
from bot.reminders.wording import ReminderWish


@dataclass(frozen=True, slots=True)
class EntryAnswer:
    """The entry that answers, the runners-up, and what the person said about themselves.

    `facet` is the one aspect of a technique that was asked for, None for the whole; `wanted` is
    what else the person asked for, which narrows what is listed on a symptom's page.
    """

    entry: Technique | Symptom | Topic
    candidates: tuple[Match, ...]
    conditions: tuple[str, ...] = ()
    lasting: bool = False
    facet: Facet | None = None
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A technique that fits, how well it matches (0 to 100), and what conditions mean for it."""

    technique: Technique
    score: float
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Found:
    """Techniques that fit wishes and conditions, best first; never empty.

    `wishes` are met by all of them, `dropped` are not; `no_stretch`: a stretch was asked for, and
    what is safe is none.
    """

    suggestions: tuple[Suggestion, ...]
    wishes: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    no_stretch: bool = False
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Several entries may be meant: the person chooses."""

    candidates: tuple[Match, ...]
    conditions: tuple[str, ...] = ()
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Urgent:
    """Red flags were raised, the one that answers first; `standing`: in an earlier message."""

    alarms: tuple[Alarm, ...]
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Reminding:
    """A wish about reminders, and the technique that is to be reminded of, if one was meant.

    `mentioned`: the message names it; otherwise it is the one that was talked about.
    """

    wish: ReminderWish
    technique: Technique | None = None
    conditions: tuple[str, ...] = ()
    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A greeting and the like: `talk` is its id."""

    talk: str


class Note(Enum):
    """What the bot confirms about the conversation itself."""

    CLEARED = "cleared"
    RESTARTED = "restarted"
    FORGOTTEN = "forgotten"
    HELD = "held"
    KEPT = "kept"  # a condition was stated, and nothing asked


@dataclass(frozen=True, slots=True)
class Noted:
    """A confirmation, and what is still held about the person."""

    note: Note
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """Why the answer before was given; None where there was none."""

    answer: EntryAnswer | Found | Choice | None


@dataclass(frozen=True, slots=True)
class Fallback:
    """Not known. `empty`: the query has no word; `outside`: it is about other things."""

    candidates: tuple[Match, ...] = ()
    empty: bool = False
    outside: bool = False


Answer = (
    EntryAnswer | Found | Choice | Urgent | Reminding | SmallTalk | Noted | Explained | Fallback
)
