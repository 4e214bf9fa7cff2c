"""What is said to a wish about reminders."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.answers import Reminding
from bot.answering.safety import ruling
from bot.knowledge.knowledge import Knowledge
from bot.reminders.days import WEEK
from bot.reminders.wording import Action, ReminderWish
from bot.replies import moments
from bot.replies.entries import closing
from bot.replies.reply import Block, Paragraph, Reply
from bot.replies.sentences import listed


def reminding_reply(knowledge: Knowledge, reminding: Reminding) -> Reply:
    """The wish as it was understood, or what is possible instead."""
    texts, wish = knowledge.messages.reminder.wish, reminding.wish
    blocks: list[Block] = []
    match wish.action:
        case Action.UNSUPPORTED:
            blocks.append(Paragraph(texts.unsupported))
        case Action.INVALID:
            blocks.append(Paragraph(texts.invalid[wish.fault or "time"]))
        case action:
            said = getattr(texts, action).format(when=_when(knowledge, reminding))
            blocks += [Paragraph(said), *_refused(knowledge, reminding), Paragraph(texts.not_here)]
    return Reply((*blocks, closing(knowledge, full=False)))


def _when(knowledge: Knowledge, reminding: Reminding) -> str:
    """ "every day at 07:30, Europe/Berlin time, for Pigeon pose", as far as it was said."""
    texts, wish = knowledge.messages.reminder.wish, reminding.wish
    told = [_days(knowledge, wish)]
    if wish.time:
        told.append(texts.at.format(time=wish.time.strftime("%H:%M")))
    if reminding.technique and _allowed(knowledge, reminding):
        told.append(texts.of.format(technique=reminding.technique.title))
    said = " ".join(part for part in told if part)
    return ", ".join([said, texts.zone.format(zone=wish.timezone)]) if wish.timezone else said


def _days(knowledge: Knowledge, wish: ReminderWish) -> str:
    if wish.days is None:
        return moments.days(knowledge, WEEK) if wish.action is Action.SET else ""
    return moments.days(knowledge, wish.days)


def _refused(knowledge: Knowledge, reminding: Reminding) -> Iterator[Paragraph]:
    """Why the technique that was meant is left out."""
    if reminding.technique and not _allowed(knowledge, reminding):
        names = listed(knowledge.conditions[id].name for id in reminding.conditions)
        text = knowledge.messages.reminder.wish.not_for_you
        yield Paragraph(text.format(technique=reminding.technique.title, conditions=names))


def _allowed(knowledge: Knowledge, reminding: Reminding) -> bool:
    technique = reminding.technique
    return technique is None or ruling(knowledge, technique, reminding.conditions).allows
