"""What is said in a group: short, and nothing of anybody's health."""

from __future__ import annotations

from dataclasses import replace

from bot.answering.answers import (
    Answer,
    Choice,
    EntryAnswer,
    Explained,
    Fallback,
    Found,
    Note,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.knowledge.entry import Facet, Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge
from bot.replies.compose import reply_to
from bot.replies.discreet import FEW, discreet_reply, is_personal, is_telling
from bot.replies.entries import closing
from bot.replies.group_actions import ANYBODY, Choose, encode
from bot.replies.links import ASK, REMIND, Link, entry_link
from bot.replies.reply import Block, Button, Heading, Items, Paragraph, Reply, Warn
from bot.replies.sentences import ended
from bot.replies.sessions import first_sentence


def group_reply(
    knowledge: Knowledge, answer: Answer, link: Link, *, asker: int | None = ANYBODY
) -> Reply:
    """What a group reads; the rest, and all that is personal, is a button away in private.

    A choice is for `asker`, an id of Telegram's, or for ANYBODY; None: nobody can press there.
    """
    texts = knowledge.messages.group
    match answer:
        case EntryAnswer() | Found() if is_personal(knowledge, answer):
            return discreet_reply(knowledge, answer, link)
        case Urgent():
            return _with_button(_urgent(knowledge, answer), texts.private, link(ASK))
        case EntryAnswer(entry, facet=facet):
            return _with_button(
                _entry(knowledge, answer, entry, facet), texts.more, link(entry_link(entry.id))
            )
        case Found(suggestions):
            lines = tuple(f"{s.technique.title}: {s.technique.summary}" for s in suggestions)
            blocks = (Items(lines, knowledge.messages.search.found_any.removesuffix(":")),)
            reply = Reply((*blocks, closing(knowledge, full=False)))
            return _with_button(reply, texts.more, link(entry_link(suggestions[0].technique.id)))
        case Choice():
            return _choice(knowledge, answer, link, asker)
        case SmallTalk(talk):
            return Reply((Paragraph(knowledge.small_talk[talk].replies[0]),))
        case Reminding() | Noted() | Explained() | Fallback():
            payload = REMIND if isinstance(answer, Reminding) else ASK
            return _said(knowledge, _text(knowledge, answer), link(payload))


def in_private(knowledge: Knowledge, link: Link) -> Reply:
    """Said where nothing may be said, not even why."""
    return _said(knowledge, knowledge.messages.group.in_private, link(ASK))


def page_link(knowledge: Knowledge, name: str, link: Link) -> Reply:
    """Said to somebody who asks in a group for a page, which is one of LINKED_PAGES."""
    return _said(knowledge, knowledge.messages.group.pages, link(name))


def not_yours(knowledge: Knowledge, name: str | None) -> str:
    """What pops up for somebody who presses a button that is there for `name`."""
    texts = knowledge.messages.group
    return texts.not_yours.format(name=name) if name else texts.not_yours_unnamed


def how_to_ask(knowledge: Knowledge, name: str, link: Link | None = None) -> Reply:
    """Said to somebody who calls the bot and asks nothing, or, with the `link`, for help."""
    reply = Reply((Paragraph(knowledge.messages.group.how.format(name=name)),))
    return _with_button(reply, knowledge.messages.group.private, link(ASK)) if link else reply


def introduction(knowledge: Knowledge, name: str) -> Reply:
    """Said once when the bot comes into a group."""
    texts = knowledge.messages.group
    lines = tuple(line.format(name=name) for line in texts.introduction)
    return Reply((Heading(texts.hello), Items(lines), closing(knowledge, full=False)))


def pointer(knowledge: Knowledge) -> Reply:
    """Said in reply to the answer that the same question was given."""
    return Reply((Paragraph(knowledge.messages.group.again),))


def _urgent(knowledge: Knowledge, urgent: Urgent) -> Reply:
    """The red flag, whole; one that stands says first why nothing else is answered."""
    told = reply_to(knowledge, replace(urgent, standing=False))
    before = [Paragraph(knowledge.messages.group.standing)] if urgent.standing else []
    return Reply((*before, *told.blocks))


def _choice(knowledge: Knowledge, choice: Choice, link: Link, asker: int | None) -> Reply:
    """What may be meant, as buttons; a guess at what somebody has is none of them."""
    texts = knowledge.messages.choice
    found = [entry for match in choice.candidates if (entry := knowledge.entry(match.entry))]
    entries = [
        entry
        for entry in found
        if isinstance(entry, Technique | Topic | Symptom)
        and not is_telling(entry, choice.conditions)
    ]
    if not entries:
        return in_private(knowledge, link)
    private = (Button(knowledge.messages.group.private, url=link(ASK)),)
    end = closing(knowledge, full=False)
    if asker is None:
        titles = Items(tuple(entry.title for entry in entries))
        return Reply((Paragraph(texts.question), titles, end), (private,))
    rows = tuple((Button(entry.title, encode(Choose(entry.id, asker))),) for entry in entries)
    return Reply((Paragraph(texts.question), Paragraph(texts.hint), end), (*rows, private))


def _text(knowledge: Knowledge, answer: Reminding | Noted | Explained | Fallback) -> str:
    texts, conversation = knowledge.messages.group, knowledge.messages.conversation
    match answer:
        case Reminding():
            return texts.reminders
        case Fallback():
            return texts.unknown
        case Noted(Note.CLEARED):
            return conversation.cleared
        case Noted(Note.RESTARTED):
            return conversation.restarted
        case Noted(Note.FORGOTTEN):
            return conversation.forgotten
        case Noted(Note.KEPT):
            return texts.kept
        case Noted() | Explained():
            return texts.personal


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
    blocks = (
        Heading(symptom.title),
        Paragraph(symptom.summary),
        Items(helps, texts.helps, numbered=True),
        Warn(_see_someone(knowledge, symptom)),
        closing(knowledge, full=True),
    )
    return Reply(blocks)


def _see_someone(knowledge: Knowledge, symptom: Symptom) -> tuple[Paragraph, ...]:
    """What is urgent; the rest only where nothing is, since the caveat says as much."""
    texts, see = knowledge.messages.symptom, symptom.see_someone
    urgent = (see.now, texts.see_now), (see.today, texts.see_today)
    lines = [(lines, label) for lines, label in urgent if lines] or [(see.soon, texts.see_soon)]
    return tuple(Paragraph(" ".join(map(ended, told)), label) for told, label in lines)


def _said(knowledge: Knowledge, text: str, address: str) -> Reply:
    reply = Reply((Paragraph(text), closing(knowledge, full=False)))
    return _with_button(reply, knowledge.messages.group.private, address)


def _with_button(reply: Reply, text: str, address: str) -> Reply:
    return Reply(reply.blocks, ((Button(text, url=address),),))
