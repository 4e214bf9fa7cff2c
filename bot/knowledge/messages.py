"""messages.yaml: every sentence of the bot that is not part of an entry, by where it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.entry import Frozen, Id

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
ButtonText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class Caveat(Frozen):
    """The advice to see a professional: one line, and in full."""

    short: Text
    full: Text


class TechniqueTexts(Frozen):
    start: Text
    dose: Text
    feel: Text
    warning: Text
    not_with: Text
    ask_first: Text
    easier_only: Text
    support_only: Text
    as_told: Text
    easier: Text
    harder: Text
    mistakes: Text
    forbidden: Text
    ask_you: Text
    easier_for_you: Text
    support_for_you: Text
    as_told_for_you: Text
    instead: Text
    with_condition: Text


class SymptomTexts(Frozen):
    may_come_from: Text
    helps: Text
    nothing_left: Text
    also: Text
    worse: Text
    self_check: Text
    course: Text
    evidence: Text
    see_soon: Text
    see_today: Text
    see_now: Text


class TopicTexts(Frozen):
    related: Text


class UrgentTexts(Frozen):
    to_do: Text
    for_other: Text
    do_not: Text


class ChoiceTexts(Frozen):
    question: Text
    hint: Text


class FallbackTexts(Frozen):
    unknown: Text
    outside: Text
    empty: Text
    menu: Text


class StartTexts(Frozen):
    hello: Text
    does: Text
    is_not: Text
    try_: Text = Field(alias="try")
    examples: tuple[ButtonText, ...] = Field(min_length=1, max_length=5)


class HelpTexts(Frozen):
    title: Text
    lines: tuple[Text, ...]
    stop: Text


class PageTexts(Frozen):
    title: Text
    lines: tuple[Text, ...]


class MenuTexts(Frozen):
    techniques: Text
    family: Text
    symptoms: Text
    back: ButtonText
    all_families: ButtonText
    easier: ButtonText
    harder: ButtonText
    other: ButtonText
    options: Text
    gone: Text


class ProfileTexts(Frozen):
    """What Telegram shows of the bot itself; the limits are Telegram's."""

    short_description: Annotated[str, StringConstraints(max_length=120)]
    description: Annotated[str, StringConstraints(max_length=512)]
    commands: Mapping[
        Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,32}$")],
        Annotated[str, StringConstraints(min_length=1, max_length=256)],
    ]


class Messages(Frozen):
    language: Text
    caveat: Caveat
    technique: TechniqueTexts
    symptom: SymptomTexts
    topic: TopicTexts
    urgent: UrgentTexts
    choice: ChoiceTexts
    fallback: FallbackTexts
    start: StartTexts
    help: HelpTexts
    privacy: PageTexts
    settings: PageTexts
    menu: MenuTexts
    families: Mapping[Id, ButtonText]
    profile: ProfileTexts
