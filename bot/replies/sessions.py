"""The reminder itself: what is to be done today, in short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answering.safety import allowed
from bot.knowledge.entry import Technique, Verdict
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.plans import Plan
from bot.reminders.due import Due
from bot.reminders.reminder import Reaction
from bot.reminders.sessions import Replaced, Session, SessionItem
from bot.replies import actions
from bot.replies.cautions import for_you
from bot.replies.entries import closing, open_button
from bot.replies.reminder_actions import OpenReminder, React, ShowSteps, Snooze
from bot.replies.reply import Block, Button, Heading, Items, Paragraph, Reply, Rows, Warn

SOON, HOUR = 10, 60  # minutes to put it off by

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def session_reply(knowledge: Knowledge, session: Session, due: Due, *, late: bool) -> Reply:
    """What is sent for `due`; `late` says that it is."""
    texts = knowledge.messages.reminder.sent
    remark = texts.again if due.snooze else texts.late if late else None
    blocks = session_blocks(knowledge, session, remark)
    buttons = occurrence_buttons(knowledge, due.id, due.reminder.id)
    return Reply((*blocks, closing(knowledge, full=False)), buttons)


def session_blocks(knowledge: Knowledge, session: Session, remark: str | None) -> list[Block]:
    """What is to be done, after a `remark` on its coming."""
    texts = knowledge.messages.reminder.sent
    single = len(session.items) == 1
    title = texts.title if single else texts.plan_title
    blocks: list[Block] = [Heading(title.format(title=session.title))]
    if remark is not None:
        blocks.append(Paragraph(remark))
    if session.replaced is not None:
        blocks.append(Paragraph(_replaced(knowledge, session.replaced)))
    if single:
        blocks += _technique(knowledge, session.items[0])
    else:
        blocks += _plan(knowledge, session)
    return blocks


def with_topic_gone(knowledge: Knowledge, reply: Reply | None) -> Reply:
    """`reply`, with word that the topic it was meant for is no more."""
    told = Paragraph(knowledge.messages.reminder.sent.topic_gone)
    if reply is None:
        return Reply((told,))
    *first, last = reply.blocks
    return Reply((*first, told, last), reply.buttons)


def occurrence_buttons(
    knowledge: Knowledge, occurrence: int, reminder: int, reaction: Reaction | None = None
) -> Rows:
    """The buttons under what was sent; after Done or Skip they offer to take that back."""
    texts = knowledge.messages.reminder.sent

    def button(text: str, action: actions.Action) -> Button:
        return Button(text, actions.encode(action))

    last = (
        button(texts.steps, ShowSteps(occurrence)),
        button(texts.stop, OpenReminder(reminder, anew=True)),
    )
    if reaction is Reaction.DONE:
        return ((button(texts.undo, React(occurrence, None)),), last)
    done = button(texts.done, React(occurrence, Reaction.DONE))
    if reaction is Reaction.SKIPPED:
        return ((done,), last)
    later = (
        button(texts.soon, Snooze(occurrence, SOON)),
        button(texts.hour, Snooze(occurrence, HOUR)),
        button(texts.evening, Snooze(occurrence, None)),
    )
    skip = button(texts.skip, React(occurrence, Reaction.SKIPPED))
    return ((done, skip), later, last)


def steps_reply(knowledge: Knowledge, plan: Plan, conditions: tuple[str, ...]) -> Reply:
    """The techniques of a plan, each to be opened in full; those that conditions allow."""
    ids = dict.fromkeys(item.technique for item in plan.items)
    swapped = {s.technique: s.instead for s in plan.swaps if s.condition in conditions}
    chosen = allowed(knowledge, (swapped.get(id, id) for id in ids), conditions)
    rows = tuple((open_button(knowledge, technique.id),) for technique in chosen)
    lines = tuple(f"{technique.title}: {technique.summary}" for technique in chosen)
    return Reply((Heading(plan.title), Items(lines), closing(knowledge, full=False)), rows)


def _technique(knowledge: Knowledge, item: SessionItem) -> Iterator[Block]:
    technique = item.technique
    yield Paragraph(technique.summary)
    warned = list(_warned(knowledge, item))
    if warned:
        yield Warn(tuple(warned))
    yield Items(tuple(first_sentence(step) for step in technique.steps), numbered=True)
    yield Paragraph(technique.dose.text, knowledge.messages.reminder.sent.dose)


def _plan(knowledge: Knowledge, session: Session) -> Iterator[Block]:
    yield Items(tuple(_item(knowledge, item) for item in session.items), numbered=True)
    warned = [for_you(knowledge, i.technique, i.ruling) for i in session.items if _careful(i)]
    if warned:
        yield Warn(tuple(warned))


def _item(knowledge: Knowledge, item: SessionItem) -> str:
    texts = knowledge.messages.reminder.sent
    text = texts.optional if item.optional else texts.item
    return text.format(title=item.technique.title, amount=item.amount or item.technique.dose.text)


def _warned(knowledge: Knowledge, item: SessionItem) -> Iterator[Paragraph]:
    technique: Technique = item.technique
    if _careful(item):
        yield for_you(knowledge, technique, item.ruling)
    if technique.warning:
        yield Paragraph(technique.warning, knowledge.messages.technique.warning)


def _careful(item: SessionItem) -> bool:
    return item.ruling.verdict is not Verdict.OK


def _replaced(knowledge: Knowledge, replaced: Replaced) -> str:
    text = knowledge.messages.reminder.sent.replaced[replaced.why]
    condition = knowledge.conditions.get(replaced.condition or "")
    return text.format(
        wished=replaced.title or replaced.wished, condition=condition.name if condition else ""
    )


def first_sentence(step: str) -> str:
    """A step in short."""
    return _SENTENCE.split(step, maxsplit=1)[0]
