"""What one language's folder holds beside its entries: words, grammar, conditions, messages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from bot.knowledge.entry import Frozen, Id, Job, Level, Line, Pattern, Phrase, Verdict


class Condition(Frozen):
    """What a person may say about themselves that changes which techniques fit.

    `otherwise` is the verdict of a technique that does not name the condition; "stated" asks each
    technique to name it. `strictest_of` takes the stricter verdict of other conditions instead.
    `prefers` are the jobs of techniques that the condition calls for, before others that it allows.
    """

    id: Id
    name: Line
    otherwise: Verdict | Literal["stated"] = "stated"
    strictest_of: tuple[Id, ...] = ()
    prefers: tuple[Job, ...] = ()
    past: bool = False
    says: tuple[Pattern, ...] = ()


class Fit(Frozen):
    """What a wish asks of a technique: every key given must be met, a list by any of its values.

    `uses`: it needs or may use one of these; `only_needs`: it needs nothing but these.
    `techniques` come best first; `most_minutes` is the time that there is for it.
    """

    places: tuple[Id, ...] = ()
    positions: tuple[Id, ...] = ()
    uses: tuple[Id, ...] = ()
    only_needs: tuple[Id, ...] | None = None
    families: tuple[Id, ...] = ()
    jobs: tuple[Job, ...] = ()
    levels: tuple[Level, ...] = ()
    techniques: tuple[Id, ...] = ()
    most_minutes: int | None = Field(None, ge=1)


class Wish(Frozen):
    """A condition that is no matter of health: a place, a position, the time there is.

    `says` words it, `refuses` words its opposite. One that is not `firm` only puts what fits
    first. The order of the file is that of importance.
    """

    id: Id
    name: Line
    fits: Fit
    firm: bool = True
    says: tuple[Pattern, ...] = Field(min_length=1)
    refuses: tuple[Pattern, ...] = ()


class Source(Frozen):
    id: Id
    title: Line
    url: str = Field(pattern=r"^https?://\S+$")
    read: Literal["own", "copy"]


class Grammar(Frozen):
    """How the language says that a sign is absent, past, or only asked about."""

    deny: tuple[str, ...]
    deny_before: tuple[str, ...]
    not_denied: tuple[str, ...]
    self_standing: tuple[str, ...]
    turn: tuple[str, ...]
    subject: tuple[str, ...]
    and_: tuple[str, ...] = Field(alias="and")
    or_: tuple[str, ...] = Field(alias="or")
    past: tuple[str, ...]
    past_years: tuple[int, int]
    since: tuple[str, ...]
    still: tuple[str, ...]
    ask: tuple[str, ...]
    not_asked: tuple[str, ...]
    mine: tuple[str, ...]
    somebody: tuple[str, ...]
    others: tuple[str, ...]
    plain_names: tuple[str, ...]
    muscle: tuple[str, ...]
    own: tuple[str, ...]
    refer: tuple[str, ...]
    reject: tuple[str, ...]
    nods: tuple[str, ...]
    forget: tuple[str, ...]
    all_of_it: tuple[str, ...]
    prepositions: tuple[str, ...]
    bot_told_of_before: tuple[str, ...]
    bot_told_of_after: tuple[str, ...]
    bot_pointed_at: tuple[str, ...]


class ReminderWords(Frozen):
    """How the language words a wish about reminders; see bot/reminders/wording.py."""

    about: tuple[Pattern, ...]
    not_about: tuple[Pattern, ...]
    hints: tuple[str, ...]
    surely: Mapping[str, tuple[Pattern, ...]]
    unsupported: tuple[Pattern, ...]
    begins: tuple[str, ...]
    days: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    except_: tuple[str, ...] = Field(alias="except")
    ranges: tuple[str, ...]
    numbers: Mapping[str, int]
    half: tuple[str, ...]
    quarter: tuple[str, ...]
    past: tuple[str, ...]
    before: tuple[str, ...]
    afternoon: tuple[str, ...]
    forenoon: tuple[str, ...]
    noon: tuple[str, ...]
    midnight: tuple[str, ...]
    oclock: tuple[str, ...]
    hours: tuple[str, ...]
    unwanted: tuple[str, ...]
    at: tuple[str, ...]
    units: tuple[str, ...]
    zones: Mapping[str, tuple[str, ...]]
    place_after: tuple[str, ...]
    place_surely_after: tuple[str, ...]
    place_before: tuple[str, ...]
    not_places: tuple[str, ...]
    until: tuple[str, ...]
    through: tuple[str, ...]
    over: tuple[str, ...]
    last: tuple[str, ...]
    middle: tuple[str, ...]
    date_fillers: tuple[str, ...]
    pause_units: Mapping[str, tuple[str, ...]]
    amounts: Mapping[str, int]
    rates: tuple[str, ...]
    per: tuple[str, ...]
    this: tuple[str, ...]
    following: tuple[str, ...]
    next_week: tuple[str, ...]
    week_later: tuple[str, ...]
    joins: tuple[str, ...]
    relative: Mapping[int, tuple[str, ...]]
    months: Mapping[int, tuple[str, ...]]
    ordinals: Mapping[str, int]
    ordinal_ends: tuple[str, ...]
    articles: tuple[str, ...]
    feasts: Mapping[str, tuple[str, ...]]
    place_fillers: tuple[str, ...]
    towns: tuple[str, ...]
    no_towns: tuple[str, ...]
    wide: Mapping[str, tuple[str, ...]]
    states: Mapping[str, tuple[str, ...]]
    only_capitals: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    offsets: tuple[str, ...]
    well_known: Mapping[str, str]
    done: tuple[str, ...]
    later: tuple[str, ...]
    skip: tuple[str, ...]
    minutes: tuple[str, ...]
    aside_fillers: tuple[str, ...]
    varied: tuple[str, ...]
    pronouns: tuple[str, ...]
    pointing: tuple[str, ...]


class SmallTalk(Frozen):
    id: Id
    replies: tuple[Line, ...] = Field(min_length=1)
    phrases: tuple[Phrase, ...] = Field(min_length=5)


class Asked(StrEnum):
    """What a message may ask for instead of an entry."""

    SEARCH = "search"  # a technique that fits what the person says
    SET = "set"  # ... and the others something about reminders
    CHANGE = "change"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    LIST = "list"


class Act(StrEnum):
    """What a turn of a conversation does, beside asking for a facet of what was talked about."""

    ANOTHER = "another"
    GENTLER = "gentler"
    STRONGER = "stronger"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    LAST = "last"
    YES = "yes"
    NO = "no"
    AGAIN = "again"
    WHY = "why"
    CLEARED = "cleared"
    RESTART = "restart"
    FORGET = "forget"
    HELD = "held"
    NEW = "new"


class Request(Frozen):
    """Messages that ask for what an `Asked` of this id says."""

    id: Id
    phrases: tuple[Phrase, ...] = Field(min_length=5)


class Turn(Frozen):
    """Messages that mean, in a running conversation, the `Act` or the `Facet` of this id."""

    id: Id
    phrases: tuple[Phrase, ...] = Field(min_length=5)


class OutOfScope(Frozen):
    """Messages about something else, so that the matcher knows what else there is."""

    id: Id
    phrases: tuple[Phrase, ...] = Field(min_length=5)
