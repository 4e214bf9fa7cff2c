"""Whether a message in a group is meant for the bot, and what of it is the question."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.text import Words, words
from bot.answering.wordings import Wordings
from bot.knowledge.language import Grammar

NAME = "@"  # what stands for the bot's name where it was mentioned

NOTHING = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a group, as far as it matters whom it is for.

    In `text` a mention of the bot stands as NAME, and a command for it is left out. `answers_bot`:
    it replies to a message of the bot's. `about`: the text of somebody else's that it replies to.
    """

    text: str
    mentions: bool = False
    commands: bool = False
    answers_bot: bool = False
    about: str | None = None

    @property
    def is_for_bot(self) -> bool:
        """Whether it may be: what is only said about the bot is told from that by Addressing."""
        return self.mentions or self.commands or self.answers_bot


class Addressing:
    """Tells what is asked of the bot from what is only said within its hearing, or about it."""

    def __init__(self, grammar: Grammar) -> None:
        self._told_of_before = Wordings(grammar.bot_told_of_before)
        self._told_of_after = Wordings(grammar.bot_told_of_after)
        self._pointing = frozenset(grammar.bot_pointed_at)

    def question(self, message: Message) -> str | None:
        """What is asked; NOTHING where the bot is addressed without a question, None where not."""
        if not message.is_for_bot:
            return None
        if message.mentions and not message.answers_bot and self._is_about_bot(message.text):
            return None
        asked = " ".join(message.text.replace(NAME, " ").split()).strip(" ,:;-")
        if message.about is not None and self._only_points(words(asked)):
            return message.about
        return asked

    def _is_about_bot(self, text: str) -> bool:
        """Whether the bot is told of to others: "I asked @bot", "@bot is great"."""
        before, _, after = text.partition(NAME)
        told_before, told_after = words(before), words(after)
        ends = any(
            at + length == len(told_before)
            for at, length in self._told_of_before.within(told_before)
        )
        return ends or bool(told_after and self._told_of_after.at(told_after, 0))

    def _only_points(self, said: Words) -> bool:
        """Whether nothing is said but that something else is the question: "what about this?"."""
        return self._pointing.issuperset(said)
