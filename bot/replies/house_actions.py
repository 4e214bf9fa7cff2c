"""What the buttons in groups do: each action as callback data and back, at most 64 bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.reminders.house_rules import Pace, Quiet
from bot.replies.digits import read_number


@dataclass(frozen=True, slots=True)
class TapDone:
    """The person has done what was sent to the group."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class SwitchName:
    """Let the person's name stand on the group's boards, or no more."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class OpenRules:
    """Show the group's settings, or of them the choice of quiet hours, in place."""

    quiet: bool = False


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Answer in the topic of the message alone, or in all."""

    only_here: bool


@dataclass(frozen=True, slots=True)
class SetPace:
    pace: Pace


@dataclass(frozen=True, slots=True)
class SetQuiet:
    quiet: Quiet | None


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class SetQuiz:
    wished: bool


HouseAction = (
    TapDone | SwitchName | OpenRules | SetTopic | SetPace | SetQuiet | SetLanguage | SetQuiz
)

_NONE = "-"
_HOURS = re.compile(r"(\d\d):?(\d\d)-(\d\d):?(\d\d)", re.ASCII)


def encode(action: HouseAction) -> str:
    """The callback data of `action`."""
    match action:
        case TapDone(occurrence):
            return f"b-done:{occurrence}"
        case SwitchName(occurrence):
            return f"b-name:{occurrence}"
        case OpenRules(quiet):
            return "h-quiet" if quiet else "h"
        case SetTopic(only_here):
            return f"h-topic:{int(only_here)}"
        case SetPace(pace):
            return f"h-pace:{pace}"
        case SetQuiet(quiet):
            return f"h-quiet:{_hours(quiet) if quiet else _NONE}"
        case SetLanguage(language):
            return f"h-lang:{language}"
        case SetQuiz(wished):
            return f"h-quiz:{int(wished)}"


def decode(data: str) -> HouseAction | None:
    """The action of callback data, or None where it is of no kind known here."""
    name, _, rest = data.partition(":")
    try:
        return _decoded(name, rest)
    except ValueError:
        return None


def _decoded(name: str, rest: str) -> HouseAction | None:
    """ValueError for data that is not ours."""
    match name, rest:
        case "b-done", _:
            return TapDone(read_number(rest))
        case "b-name", _:
            return SwitchName(read_number(rest))
        case "h", "":
            return OpenRules()
        case "h-quiet", "":
            return OpenRules(quiet=True)
        case "h-quiet", _:
            return SetQuiet(None if rest == _NONE else read_hours(rest))
        case "h-topic", "0" | "1":
            return SetTopic(rest == "1")
        case "h-pace", _:
            return SetPace(Pace(rest))
        case "h-lang", str() if rest:
            return SetLanguage(rest)
        case "h-quiz", "0" | "1":
            return SetQuiz(rest == "1")
    return None


def read_hours(text: str) -> Quiet:
    """The hours written as "22:00-07:00" or "2200-0700"; ValueError for anything else."""
    found = _HOURS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    begins, begins_at, ends, ends_at = map(int, found.groups())
    return Quiet(time(begins, begins_at), time(ends, ends_at))


def _hours(quiet: Quiet) -> str:
    return f"{quiet.begins:%H%M}-{quiet.ends:%H%M}"
