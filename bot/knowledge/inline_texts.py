"""The part of messages.yaml that is said in chats in which the bot is not."""

from __future__ import annotations

from pydantic import Field

from bot.knowledge.entry import Frozen, Id
from bot.knowledge.texts import ButtonText, Text

MOST = 10  # entries in a list


class InlineTexts(Frozen):
    """Lists under the bot's name, and answers where somebody has called it."""

    favourites: tuple[Id, ...] = Field(min_length=1, max_length=MOST)
    private: ButtonText
    nothing: ButtonText
    withheld: ButtonText
    reminders: ButtonText
    aspect: Text
    again: Text
