"""What the knowledge is made of: one frozen model per kind of YAML file.

The field order of each model is the key order that `psoas-bot check` asks of the files, and the
JSON Schema for editors is generated from these same classes.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

# An id is a file's stem, a condition, a sign or a concept: it also travels in callback data.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=800)]
Range = tuple[int, int]


class Frozen(BaseModel):
    """A record of the knowledge: read-only, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Job(StrEnum):
    """What a technique really does."""

    LENGTHENS_HIP_FLEXORS = "lengthens-hip-flexors"
    LENGTHENS_OTHER = "lengthens-other"
    SOOTHES = "soothes"
    STRENGTHENS = "strengthens"
    MOVES = "moves"
    PERSON_TO_SEE = "person-to-see"


class Level(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Verdict(StrEnum):
    """What a condition means for a technique, mildest first."""

    OK = "ok"
    SUPPORT = "support"  # only while holding on to a wall or chair
    EASIER = "easier"  # only the easier or supported form
    AS_TOLD = "as-told"  # only as the surgeon or physiotherapist said
    ASK = "ask"  # only after a professional's yes
    NO = "no"  # not offered

    @property
    def severity(self) -> int:
        return list(Verdict).index(self)


class Tier(StrEnum):
    """How fast a red flag needs help, most urgent first."""

    EMERGENCY = "E"  # now
    TODAY = "S"  # a doctor today
    PROMPT = "P"  # within days


class Grade(StrEnum):
    """How well a technique has been studied."""

    STRONG = "strong"
    MODERATE = "moderate"
    LIMITED = "limited"
    TRADITIONAL = "traditional"


class Facet(StrEnum):
    """One aspect of a technique that may be asked for alone."""

    STEPS = "steps"
    DOSE = "dose"
    FREQUENCY = "frequency"
    EQUIPMENT = "equipment"
    FEEL = "feel"
    MISTAKES = "mistakes"
    CAUTIONS = "cautions"
    EASIER = "easier"
    HARDER = "harder"
    TARGETS = "targets"
    EVIDENCE = "evidence"


class Dose(Frozen):
    """How much. `text` is what a person reads, the numbers ([least, most]) are for code."""

    text: Line
    hold_seconds: Range | None = None
    repeats: Range | None = None
    sets: Range | None = None
    minutes: Range | None = None
    times_a_day: Range | None = None
    days_a_week: Range | None = None
    per_side: bool = False


class Equipment(Frozen):
    needed: tuple[Id, ...] = ()
    optional: tuple[Id, ...] = ()


class Variation(Frozen):
    """An easier or harder form: in words, and the techniques it may lead to."""

    text: Line
    techniques: tuple[Id, ...] = ()


class Caution(Frozen):
    """What one condition (an id of conditions.yaml) means for this technique."""

    condition: Id
    verdict: Verdict
    note: Line | None = None


class Evidence(Frozen):
    grade: Grade
    text: Line


class Sourced(Frozen):
    """What every entry ends with."""

    sources: tuple[Id, ...] = Field(min_length=1)
    reviewed: date
    phrases: tuple[Phrase, ...]


class Technique(Sourced):
    """`nicknames` are how people refer to it inside a sentence."""

    id: Id
    title: Title
    other_names: tuple[Phrase, ...] = Field(min_length=1)
    nicknames: tuple[Phrase, ...] = ()
    family: Id
    jobs: tuple[Job, ...] = Field(min_length=1)
    summary: Line
    targets: Line
    position: tuple[Id, ...] = Field(min_length=1)
    places: tuple[Id, ...] = Field(min_length=1)
    equipment: Equipment
    level: Level
    start: Line
    steps: tuple[Line, ...] = Field(min_length=3, max_length=8)
    dose: Dose
    feel: Line
    mistakes: tuple[Line, ...] = Field(min_length=2)
    easier: Variation
    harder: Variation
    warning: Line | None = None
    cautions: tuple[Caution, ...] = Field(min_length=1)
    evidence: Evidence


class Help(Frozen):
    """A technique that helps with a symptom; the note must be shown with it."""

    technique: Id
    note: Line | None = None


class SeeSomeone(Frozen):
    """When to see a professional: within days or weeks, the same day, or at once."""

    soon: tuple[Line, ...] = Field(min_length=1)
    today: tuple[Line, ...] = ()
    now: tuple[Line, ...] = ()


class Symptom(Sourced):
    """One that is `private` is never named in a group, neither by its title nor in a link."""

    id: Id
    title: Title
    other_names: tuple[Phrase, ...] = Field(min_length=1)
    conditions: tuple[Id, ...] = ()
    private: bool = False
    summary: Line
    may_come_from: tuple[Line, ...] = Field(min_length=1)
    helps: tuple[Help, ...] = Field(min_length=2)
    also: tuple[Line, ...] = ()
    worse: tuple[Line, ...] = Field(min_length=1)
    self_check: Line | None = None
    course: Line | None = None
    evidence: Line | None = None
    see_someone: SeeSomeone
    red_flags: tuple[Id, ...] = ()


class Topic(Sourced):
    """One that is `private` speaks of conditions: in a group, whoever has told of one is not
    answered with it.
    """

    id: Id
    title: Title
    other_names: tuple[Phrase, ...] = Field(min_length=1)
    private: bool = False
    answer: tuple[Line, ...] = Field(min_length=2)
    related: tuple[Id, ...] = Field(min_length=1)


# A sign, or alternatives of which one is enough: "bladder-change|bowel-change".
SignId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\|[a-z0-9-]+)*$")]


class Rule(Frozen):
    """Signs that raise a red flag when all of them are present, with their own tier if it differs.

    YAML may write a rule without a tier as a plain sign or a list of signs.
    """

    signs: tuple[SignId, ...] = Field(min_length=1)
    tier: Tier | None = None


def _as_rule(value: object) -> object:
    if isinstance(value, str):
        return {"signs": [value]}
    return {"signs": value} if isinstance(value, list) else value


AnyRule = Annotated[Rule, BeforeValidator(_as_rule)]


class WhatToDo(Frozen):
    """What to do at one tier."""

    tier: Tier
    text: Line


class RedFlag(Sourced):
    """Signs that need a person to be seen, and how fast.

    `precedence` decides between flags of the same tier, lowest first; one that is `never_dropped`
    is told as well when another answers, and one whose whole instruction is the caveat
    `closes_with_caveat`. Where `asked_too`, a general question ("ways to die") counts as well.

    `signs` are this flag's own, as patterns; `strong` and `pairs` may name any sign of the
    knowledge and any condition. `past` are signs that count when told in the past tense too.
    `not_this` are harmless wordings that hide the words they cover from this flag.
    """

    id: Id
    title: Title
    tier: Tier
    precedence: int = Field(ge=1)
    never_dropped: bool = False
    closes_with_caveat: bool = False
    asked_too: bool = False
    serious: Line
    what_to_do: tuple[WhatToDo, ...] = Field(min_length=1)
    do_not: Line
    calm: Line
    signs: dict[Id, tuple[Pattern, ...]]
    strong: tuple[AnyRule, ...] = Field(min_length=1)
    pairs: tuple[AnyRule, ...] = ()
    past: tuple[Id, ...] = ()
    not_this: tuple[Pattern, ...] = Field(min_length=1)


class Asks(Frozen):
    """Messages that ask for one aspect of the technique of this id, by facet."""

    id: Id
    steps: tuple[Phrase, ...] = Field(min_length=1)
    dose: tuple[Phrase, ...] = Field(min_length=1)
    frequency: tuple[Phrase, ...] = Field(min_length=1)
    equipment: tuple[Phrase, ...] = Field(min_length=1)
    feel: tuple[Phrase, ...] = Field(min_length=1)
    mistakes: tuple[Phrase, ...] = Field(min_length=1)
    cautions: tuple[Phrase, ...] = Field(min_length=1)
    easier: tuple[Phrase, ...] = Field(min_length=1)
    harder: tuple[Phrase, ...] = Field(min_length=1)
    targets: tuple[Phrase, ...] = Field(min_length=1)
    evidence: tuple[Phrase, ...] = Field(min_length=1)

    def of(self, facet: Facet) -> tuple[Phrase, ...]:
        phrases: tuple[Phrase, ...] = getattr(self, facet)
        return phrases


class Examples(Frozen):
    """Messages that screening learns from: some that mean the red flag of this id, and some that
    only sound like it.
    """

    id: Id
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    harmless: tuple[Phrase, ...] = Field(min_length=1)
