"""What is said in a group: short, and nothing of anybody's health."""

from __future__ import annotations

from collections.abc import Callable

from bot.answering.answers import (
    Answer,
    Choice,
    EntryAnswer,
    Explained,
    Fallback,
    Found,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.knowledge.entry import Facet, Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge
from bot.replies.compose import reply_to
from bot.replies.entries import closing
from bot.replies.links import ASK, REMIND, entry_link
from bot.replies.reply import Block, Button, Heading, Items, Paragraph, Reply, Warn
from bot.replies.sentences import ended
from bot.replies.sessions import first_sentence

FEW = 3  # lines of a topic, techniques of a complaint

Link = Callable[[str], str]  # a payload -> the address that opens the private chat with it


def group_reply(knowledge: Knowledge, answer: Answer, link: Link) -> Reply:
    """What a group reads; the rest, and all that is personal, is a button away in private."""
    texts = knowledge.messages.group
    match answer:
        case Urgent():
            told = reply_to(knowledge, answer)
            return _with_button(Reply(told.blocks), texts.private, link(ASK))
        case EntryAnswer(conditions=conditions) | Found(conditions=conditions) if conditions:
            return _said(knowledge, texts.personal, link(ASK))
        case EntryAnswer(entry, facet=facet):
            return _with_button(
                _entry(knowledge, answer, entry, facet), texts.more, link(entry_link(entry.id))
            )
        case Found(suggestions):
            lines = tuple(f"{s.technique.title}: {s.technique.summary}" for s in suggestions)
            blocks = (Items(lines, knowledge.messages.search.found_any.removesuffix(":")),)
            reply = Reply((*blocks, closing(knowledge, full=False)))
            return _with_button(reply, texts.more, link(entry_link(suggestions[0].technique.id)))
        case Choice(candidates):
            entries = [knowledge.entry(match.entry) for match in candidates]
            titles = tuple(entry.title for entry in entries if entry)
            question = Paragraph(knowledge.messages.choice.question)
            reply = Reply((question, Items(titles), closing(knowledge, full=False)))
            return _with_button(reply, texts.private, link(ASK))
        case Reminding():
            return _said(knowledge, texts.reminders, link(REMIND))
        case SmallTalk(talk):
            return Reply((Paragraph(knowledge.small_talk[talk].replies[0]),))
        case Noted() | Explained():
            return _said(knowledge, texts.personal, link(ASK))
        case Fallback():
            return _said(knowledge, texts.unknown, link(ASK))


def how_to_ask(knowledge: Knowledge, name: str) -> Reply:
    """Said to somebody who calls the bot and asks nothing."""
    return Reply((Paragraph(knowledge.messages.group.how.format(name=name)),))


def introduction(knowledge: Knowledge, name: str) -> Reply:
    """Said once when the bot comes into a group."""
    texts = knowledge.messages.group
    lines = tuple(line.format(name=name) for line in texts.introduction)
    return Reply((Heading(texts.hello), Items(lines), closing(knowledge, full=False)))


def pointer(knowledge: Knowledge) -> Reply:
    """Said in reply to the answer that the same question was given."""
    return Reply((Paragraph(knowledge.messages.group.again),))


def _entry(
    knowledge: Knowledge,
    answer: EntryAnswer,
    entry: Technique | Symptom | Topic,
    facet: Facet | None,
) -> Reply:
    match entry:
        case Technique() if facet is None or facet is Facet.STEPS:
            return _technique(knowledge, entry)
        case Technique():
            return Reply(reply_to(knowledge, answer).blocks)
        case Symptom():
            return _symptom(knowledge, entry)
        case Topic():
            lines = Items(entry.answer[:FEW])
            return Reply((Heading(entry.title), lines, closing(knowledge, full=False)))


def _technique(knowledge: Knowledge, technique: Technique) -> Reply:
    texts = knowledge.messages
    blocks: list[Block] = [Heading(technique.title)]
    care = [Paragraph(technique.warning, texts.technique.warning)] if technique.warning else []
    blocks.append(Warn((*care, Paragraph(texts.group.not_for_all))))
    blocks.append(Items(tuple(map(first_sentence, technique.steps)), numbered=True))
    blocks.append(Paragraph(technique.dose.text, texts.technique.dose))
    return Reply((*blocks, closing(knowledge, full=False)))


def _symptom(knowledge: Knowledge, symptom: Symptom) -> Reply:
    texts = knowledge.messages.symptom
    helps = tuple(
        f"{knowledge.techniques[help.technique].title} ({help.note})"
        if help.note
        else knowledge.techniques[help.technique].title
        for help in symptom.helps[:FEW]
    )
    see = " ".join(ended(line) for line in (*symptom.see_someone.now, *symptom.see_someone.soon))
    blocks = (
        Heading(symptom.title),
        Paragraph(symptom.summary),
        Items(helps, texts.helps, numbered=True),
        Warn((Paragraph(see, texts.see_soon),)),
        closing(knowledge, full=True),
    )
    return Reply(blocks)


def _said(knowledge: Knowledge, text: str, address: str) -> Reply:
    reply = Reply((Paragraph(text), closing(knowledge, full=False)))
    return _with_button(reply, knowledge.messages.group.private, address)


def _with_button(reply: Reply, text: str, address: str) -> Reply:
    return Reply(reply.blocks, ((Button(text, url=address),),))
