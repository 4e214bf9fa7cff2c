"""What the buttons do: each action as callback data and back.

The data holds all there is to know, so a button works weeks later and after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.replies import house_actions, reminder_actions
from bot.replies.digits import is_number
from bot.replies.house_actions import HouseAction
from bot.replies.reminder_actions import ReminderAction


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Answer with the entry, as a new message."""

    entry: str


@dataclass(frozen=True, slots=True)
class OpenFamily:
    """Show one family's techniques in the menu, in place."""

    family: str


@dataclass(frozen=True, slots=True)
class OpenTechniques:
    """Show the families in the menu, in place."""


@dataclass(frozen=True, slots=True)
class OpenSymptoms:
    """Show the symptoms, in place."""


@dataclass(frozen=True, slots=True)
class AskExample:
    """Answer one of the example questions of /start."""

    number: int


@dataclass(frozen=True, slots=True)
class ExplainEntry:
    """Say where an entry's answer comes from, as a new message."""

    entry: str


@dataclass(frozen=True, slots=True)
class ForgetCondition:
    """Forget one condition of the person, or all of them where there is no id, in place."""

    condition: str | None = None


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The red flag in force has been looked at."""


Action = (
    OpenEntry
    | OpenFamily
    | OpenTechniques
    | OpenSymptoms
    | AskExample
    | ExplainEntry
    | ForgetCondition
    | LookedAt
    | ReminderAction
    | HouseAction
)


def encode(action: Action) -> str:
    """The callback data of `action`; an id has at most 40 characters, so it fits in 64 bytes."""
    match action:
        case OpenEntry(entry):
            return f"open:{entry}"
        case OpenFamily(family):
            return f"family:{family}"
        case OpenTechniques():
            return "techniques"
        case OpenSymptoms():
            return "symptoms"
        case AskExample(number):
            return f"example:{number}"
        case ExplainEntry(entry):
            return f"why:{entry}"
        case ForgetCondition(condition):
            return f"forget:{condition}" if condition else "forget"
        case LookedAt():
            return "looked-at"
        case _ if isinstance(action, HouseAction):
            return house_actions.encode(action)
        case _:
            return reminder_actions.encode(action)


def decode(data: str) -> Action | None:
    """The action of callback data, or None where it is of no kind known here."""
    name, _, value = data.partition(":")
    match name, value:
        case "open", str() if value:
            return OpenEntry(value)
        case "family", str() if value:
            return OpenFamily(value)
        case "techniques", "":
            return OpenTechniques()
        case "symptoms", "":
            return OpenSymptoms()
        case "why", str() if value:
            return ExplainEntry(value)
        case "forget", _:
            return ForgetCondition(value or None)
        case "looked-at", "":
            return LookedAt()
        case "example", str() if is_number(value):
            return AskExample(int(value))
    return reminder_actions.decode(data) or house_actions.decode(data)
