"""What the administrators of a group have set for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.reminders.schedule import zone

GENERAL = 0  # the topic of a forum that Telegram gives no number


class Pace(StrEnum):
    """How often the bot speaks."""

    NORMAL = "normal"
    CALM = "calm"
    RARE = "rare"


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours on the clock in which the bot is silent; they may reach over midnight."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class HouseRules:
    """The rules of one group. Without a zone there are no quiet hours.

    `topic`: the only one to answer in; None: in all of them.
    """

    group: int
    zone: str | None = None
    topic: int | None = None
    pace: Pace = Pace.NORMAL
    quiet: Quiet | None = None
    language: str | None = None


def is_quiet(rules: HouseRules, now: datetime) -> bool:
    """Whether `now` is in the group's quiet hours."""
    if rules.quiet is None or rules.zone is None:
        return False
    clock = now.astimezone(zone(rules.zone)).time()
    begins, ends = rules.quiet.begins, rules.quiet.ends
    if begins <= ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def may_answer_in(rules: HouseRules, topic: int | None) -> bool:
    """Whether a question of the topic (None: of the General one, or of no forum) is answered."""
    return rules.topic is None or rules.topic == (topic or GENERAL)
