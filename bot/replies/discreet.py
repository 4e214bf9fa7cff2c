"""What a group reads where somebody has told of themselves: plain, and nothing of it named.

Their conditions decide what is said; neither these nor the notes that go with them are in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.answers import Answer, EntryAnswer, Found
from bot.answering.safety import Ruling, allowed, instead, ruling
from bot.answering.search import helping
from bot.knowledge.entry import Facet, Help, Symptom, Technique, Topic, Verdict
from bot.knowledge.knowledge import Knowledge
from bot.replies.entries import closing
from bot.replies.links import LAST, Link, entry_link
from bot.replies.reply import Block, Button, Heading, Items, Paragraph, Reply, Warn

FEW = 3


def is_personal(knowledge: Knowledge, answer: Answer) -> bool:
    """Whether what everybody would be told does not fit, or would name what somebody has."""
    match answer:
        case Found(conditions=conditions):
            return bool(conditions)
        case EntryAnswer(entry=Symptom() as symptom, conditions=conditions):
            return symptom.private or bool(conditions)
        case EntryAnswer(entry=Topic() as topic, conditions=conditions):
            return is_telling(topic, conditions)
        case EntryAnswer(entry=Technique() as technique, conditions=conditions):
            ruled = ruling(knowledge, technique, conditions)
            plainly = ruled.verdict is Verdict.OK and not ruled.note
            return bool(conditions) and (not plainly or answer.facet is Facet.CAUTIONS)
        case _:
            return False


def is_telling(entry: Technique | Symptom | Topic, conditions: tuple[str, ...]) -> bool:
    """Whether so much as the title could tell others what somebody with `conditions` has."""
    match entry:
        case Symptom():
            return entry.private
        case Topic():
            return entry.private and bool(conditions)
        case Technique():
            return False


def discreet_reply(knowledge: Knowledge, answer: EntryAnswer | Found, link: Link) -> Reply:
    """The reply to somebody of whom more is known than a group is to hear."""
    texts = knowledge.messages.group
    match answer:
        case Found(suggestions, conditions=conditions):
            blocks = _found(knowledge, [s.technique for s in suggestions], conditions)
            if answer.no_stretch:
                blocks = [Warn((Paragraph(texts.no_stretch),)), *blocks]
            payload = entry_link(suggestions[0].technique.id)
        case EntryAnswer(entry=Technique() as technique, conditions=conditions):
            blocks = _technique(knowledge, technique, conditions)
            payload = entry_link(technique.id)
        case EntryAnswer(entry=Symptom() as symptom):
            blocks = _symptom(knowledge, symptom, answer)
            payload = LAST if symptom.private else entry_link(symptom.id)
        case EntryAnswer(entry=Topic() as topic, conditions=conditions):
            blocks = _topic(knowledge, topic, conditions)
            payload = entry_link(topic.id)
    end = closing(knowledge, full=True)
    return Reply((*blocks, end), ((Button(texts.more, url=link(payload)),),))


def _technique(
    knowledge: Knowledge, technique: Technique, conditions: tuple[str, ...]
) -> list[Block]:
    """Whether it fits, and where it does not, what does."""
    ruled = ruling(knowledge, technique, conditions)
    blocks: list[Block] = [Heading(technique.title)]
    blocks.append(Warn((Paragraph(_ruled(knowledge, ruled)),)))
    if ruled.allows:
        return blocks
    others = instead(knowledge, technique, conditions, FEW)
    return [*blocks, *_listed(knowledge, others, conditions, knowledge.messages.technique.instead)]


def _ruled(knowledge: Knowledge, ruled: Ruling) -> str:
    texts = knowledge.messages.group
    plainly = ruled.verdict is Verdict.OK and not ruled.note
    return texts.fine if plainly else texts.ruled[ruled.verdict]


def _symptom(knowledge: Knowledge, symptom: Symptom, answer: EntryAnswer) -> list[Block]:
    """What helps, for somebody who has what the page is about; of the page itself nothing."""
    conditions = tuple(dict.fromkeys((*answer.conditions, *symptom.conditions)))
    helps = helping(knowledge, symptom, conditions, answer.wanted)[:FEW]
    if not helps:
        return [Paragraph(knowledge.messages.symptom.nothing_left)]
    techniques = [knowledge.techniques[help.technique] for help in helps]
    return _found(knowledge, techniques, conditions, helps)


def _topic(knowledge: Knowledge, topic: Topic, conditions: tuple[str, ...]) -> list[Block]:
    """That it is better told in private, and what the topic leads to that fits."""
    ids = [id for id in topic.related if id in knowledge.techniques]
    fitting = allowed(knowledge, ids, conditions)[:FEW]
    said = Paragraph(knowledge.messages.group.in_private)
    return [said, *(_found(knowledge, fitting, conditions) if fitting else ())]


def _found(
    knowledge: Knowledge,
    techniques: Iterable[Technique],
    conditions: tuple[str, ...],
    helps: tuple[Help, ...] = (),
) -> list[Block]:
    label = knowledge.messages.search.found_any.removesuffix(":")
    return _listed(knowledge, techniques, conditions, label, helps)


def _listed(
    knowledge: Knowledge,
    techniques: Iterable[Technique],
    conditions: tuple[str, ...],
    label: str,
    helps: tuple[Help, ...] = (),
) -> list[Block]:
    """Techniques with the care that each asks for; that of a note is told in private."""
    noted = {help.technique for help in helps if help.note}
    lines, with_care = [], False
    for technique in techniques:
        care = _care(knowledge, ruling(knowledge, technique, conditions), technique.id in noted)
        with_care = with_care or bool(care)
        job = knowledge.messages.facet.jobs[technique.jobs[0]]
        lines.append(f"{technique.title}: {job} {care}".rstrip())
    blocks: list[Block] = [Items(tuple(lines), label)]
    if with_care:
        blocks.append(Paragraph(knowledge.messages.group.how_in_private))
    return blocks


def _care(knowledge: Knowledge, ruled: Ruling, noted: bool) -> str:
    if ruled.verdict is Verdict.OK and not ruled.note and not noted:
        return ""
    care = knowledge.messages.group.care[ruled.verdict]
    return knowledge.messages.search.with_care.format(care=care)
