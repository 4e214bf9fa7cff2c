"""The parts of messages.yaml that are about a group's own stretch of the day and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.entry import Frozen
from bot.knowledge.texts import ButtonText, Text

Toast = Annotated[str, StringConstraints(min_length=1, max_length=200)]  # Telegram's limit
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
Hours = Annotated[str, StringConstraints(pattern=rf"^{_CLOCK}-{_CLOCK}$")]


class BoardTexts(Frozen):
    """What stands under a group's stretch of the day, and what pops up when it is pressed."""

    nobody: Text
    one: Text
    many: Text
    named: Text
    others: Text
    streak: Text
    week: Text
    stretch_gone: Text
    done: ButtonText
    name: ButtonText
    too: ButtonText
    counted: Toast
    counted_before: Toast
    gone: Toast
    name_shown: Toast
    name_hidden: Toast
    failed: Toast


class RulesTexts(Frozen):
    """The settings of a group; `paces` by Pace, `quiet_choices` as they are offered."""

    title: Text
    topic_all: Text
    topic_one: Text
    topic_general: Text
    paces: Mapping[str, Text]
    quiet: Text
    quiet_none: Text
    stretch: Text
    stretch_none: Text
    quiz_on: Text
    quiz_off: Text
    language: Text
    topic_button: ButtonText
    topics_button: ButtonText
    pace_buttons: Mapping[str, ButtonText]
    chosen: Text
    quiet_button: ButtonText
    quiet_question: Text
    quiet_choices: tuple[Hours, ...] = Field(min_length=1)
    quiet_off_button: ButtonText
    stretch_button: ButtonText
    stretch_set_button: ButtonText
    quiz_button: ButtonText
    quiz_off_button: ButtonText
    back: ButtonText
    by_reply: Text
    clock_first: Toast
    no_room: Toast
    not_here: Toast
    refused: Toast
    refused_at_length: Text
