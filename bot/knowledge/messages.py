"""messages.yaml: every sentence of the bot that is not part of an entry, by where it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.entry import Frozen, Grade, Id, Job, Verdict
from bot.knowledge.group_texts import BoardTexts, RulesTexts
from bot.knowledge.inline_texts import InlineTexts
from bot.knowledge.reminder_texts import ReminderTexts
from bot.knowledge.texts import ButtonText, Text


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
    fine_for_you: Text


class FacetTexts(Frozen):
    """How one aspect of a technique is told; {n} and {m} are the least and the most."""

    dose: Text
    frequency: Text
    days: Text
    days_range: Text
    daily: Text
    times_a_day: Text
    times_a_day_range: Text
    no_rule: Text
    equipment: Text
    needed: Text
    nothing_needed: Text
    optional: Text
    feel: Text
    mistakes: Text
    easier: Text
    harder: Text
    targets: Text
    evidence: Text
    grades: Mapping[Grade, Text]
    jobs: Mapping[Job, Text]
    whole: ButtonText


class SearchTexts(Frozen):
    """A list of techniques that fit what was asked for."""

    found: Text
    found_any: Text
    dropped: Text
    no_stretch: Text
    minded: Text
    ruled: Mapping[Verdict, str]
    with_care: Text


class ConversationTexts(Frozen):
    """What is said about the conversation itself."""

    cleared: Text
    restarted: Text
    forgotten: Text
    held: Text
    held_nothing: Text
    kept: Text
    standing: Text
    looked_at: ButtonText
    forget: ButtonText
    forget_all: ButtonText


class WhyTexts(Frozen):
    """Why an answer was given."""

    title: Text
    nothing: Text
    entry: Text
    confidence: Text
    sure: Text
    fairly: Text
    hardly: Text
    opened: Text
    fits: Text
    others: Text
    conditions: Text
    sources: Text
    reviewed: Text
    button: ButtonText


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
    easier: ButtonText
    harder: ButtonText
    other: ButtonText
    options: Text
    gone: Text


class GroupTexts(Frozen):
    """What is said in groups."""

    hello: Text
    introduction: tuple[Text, ...] = Field(min_length=1)
    how: Text
    again: Text
    more: ButtonText
    private: ButtonText
    add: ButtonText
    personal: Text
    reminders: Text
    unknown: Text
    not_for_all: Text
    in_private: Text
    standing: Text
    kept: Text
    no_stretch: Text
    fine: Text
    ruled: Mapping[Verdict, Text]
    care: Mapping[Verdict, Text]
    how_in_private: Text
    pages: Text
    not_yours: Text
    not_yours_unnamed: Text
    gone: Text
    wait: Text


class OfferTexts(Frozen):
    """The poster of something that the bot can do."""

    title: Text
    summary: Text
    how: Text


class PosterTexts(Frozen):
    """What stands on posters beside the entry: how to use the code, by kind."""

    technique: Text
    symptom: Text
    topic: Text
    remind: OfferTexts
    group: OfferTexts
    name: Text


Commands = Mapping[
    Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,32}$")],
    Annotated[str, StringConstraints(min_length=1, max_length=256)],
]


class ProfileTexts(Frozen):
    """What Telegram shows of the bot itself; the limits are Telegram's."""

    short_description: Annotated[str, StringConstraints(max_length=120)]
    description: Annotated[str, StringConstraints(max_length=512)]
    commands: Commands
    group_commands: Commands
    administrator_commands: Commands


class Messages(Frozen):
    language: Text
    caveat: Caveat
    technique: TechniqueTexts
    facet: FacetTexts
    search: SearchTexts
    reminder: ReminderTexts
    conversation: ConversationTexts
    why: WhyTexts
    things: Mapping[Id, Text]
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
    group: GroupTexts
    board: BoardTexts
    rules: RulesTexts
    poster: PosterTexts
    inline: InlineTexts
    profile: ProfileTexts
