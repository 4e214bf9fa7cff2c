"""The part of messages.yaml that is about reminders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.entry import Frozen
from bot.knowledge.texts import ButtonText, Text

Names = tuple[Text, ...]


class WishTexts(Frozen):
    """What is said to a wish as it was understood, where reminders cannot be kept."""

    set: Text
    change: Text
    stop: Text
    pause: Text
    resume: Text
    list: Text
    unsupported: Text
    invalid: Mapping[str, Text]
    at: Text
    zone: Text
    of: Text
    not_for_you: Text
    not_here: Text


class CalendarTexts(Frozen):
    """Names of days and months, and how a moment and a while are written."""

    days: Mapping[str, Text]
    but: Text
    weekdays: Annotated[Names, Field(min_length=7, max_length=7)]
    short_weekdays: Annotated[Names, Field(min_length=7, max_length=7)]
    months: Annotated[Names, Field(min_length=12, max_length=12)]
    date: Text
    moment: Text
    days_hours: Text
    hours_minutes: Text
    minutes: Text
    now: Text


class AskTexts(Frozen):
    """What is asked for while a reminder is set."""

    time: Text
    time_buttons: tuple[Annotated[str, StringConstraints(pattern=r"^[0-2]\d:[0-5]\d$")], ...]
    days: Text
    plan: Text
    zone: Text
    zone_unknown: Text
    zone_like: Text
    zone_offset: Text
    which: Mapping[str, Text]


class PlanTexts(Frozen):
    """What a plan is called."""

    varied: ButtonText
    varied_text: Text
    one: Text
    quiz: Text
    line: Text


class SentTexts(Frozen):
    """What stands in a reminder besides what is to be done."""

    title: Text
    plan_title: Text
    again: Text
    late: Text
    topic_gone: Text
    replaced: Mapping[str, Text]
    item: Text
    optional: Text
    dose: Text
    done: ButtonText
    undo: ButtonText
    skip: ButtonText
    soon: ButtonText
    hour: ButtonText
    evening: ButtonText
    steps: ButtonText
    stop: ButtonText


class ReminderTexts(Frozen):
    wish: WishTexts
    calendar: CalendarTexts
    ask: AskTexts
    plan: PlanTexts
    sent: SentTexts
    set: Text
    changed: Text
    set_group: Text
    listed_group: Text
    next: Text
    crowded: Text
    minded: Text
    kept_with: Text
    too_many: Text
    too_close: Text
    none: Text
    gone: Text
    failed: Text
    paused: Text
    paused_until: Text
    past_date: Text
    unknown_date: Text
    far_date: Text
    resumed: Text
    stopped: Text
    stopped_all: Text
    listed: Text
    line: Text
    line_paused: Text
    line_until: Text
    line_blocked: Text
    line_zone_gone: Text
    on_hold: Text
    held: Text
    goes_on: Text
    change_time: ButtonText
    change_days: ButtonText
    change_plan: ButtonText
    pause: ButtonText
    pause_days: ButtonText
    pause_open: ButtonText
    resume: ButtonText
    delete: ButtonText
    all: ButtonText
    back: ButtonText
    coming: Text
    coming_line: Text
    coming_none: Text
    clocks: Mapping[str, Text]
    log: Text
    log_none: Text
    log_line: Text
    log_snooze: Text
    states: Mapping[str, Text]
    reasons: Mapping[str, Text]
    reactions: Mapping[str, Text]
    done: Text
    skipped: Text
    undone: Text
    snoozed: Text
    snoozed_enough: Text
    streak: Text
    streak_one: Text
    streak_none: Text
    best: Text
    month_legend: Text
    silent: ButtonText
    loud: ButtonText
