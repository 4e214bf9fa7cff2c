"""What a button says when it is pressed, on Telegram and in the terminal alike."""

from __future__ import annotations

from bot.answering.answer import Answerer, EntryAnswer
from bot.knowledge.entry import RedFlag
from bot.knowledge.knowledge import Knowledge
from bot.replies import pages
from bot.replies.actions import (
    Action,
    AskExample,
    OpenEntry,
    OpenFamily,
    OpenSymptoms,
    OpenTechniques,
)
from bot.replies.compose import red_flag_reply, reply_to
from bot.replies.entries import entry_reply
from bot.replies.reply import Reply


def menu(knowledge: Knowledge, action: Action | None) -> Reply | None:
    """The menu that takes the place of the one whose button was pressed, if `action` is of that."""
    match action:
        case OpenTechniques():
            return pages.techniques(knowledge)
        case OpenFamily(id):
            return pages.family(knowledge, id)
        case OpenSymptoms():
            return pages.symptoms(knowledge)
        case _:
            return None


def reply(answerer: Answerer, action: Action | None) -> Reply:
    """What any other `action` is answered with, as a new message; None is an unknown button's."""
    knowledge = answerer.knowledge
    examples = knowledge.messages.start.examples
    match action:
        case AskExample(number) if number < len(examples):
            return reply_to(knowledge, answerer.answer(examples[number]))
        case OpenEntry(id) if entry := knowledge.entry(id):
            if isinstance(entry, RedFlag):
                return red_flag_reply(knowledge, entry)
            return entry_reply(knowledge, EntryAnswer(entry, ()))
        case _:
            return menu(knowledge, action) or pages.gone(knowledge)
