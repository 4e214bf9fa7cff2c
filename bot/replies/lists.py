"""Techniques found for what a person asked: each with the reason in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.answers import Found, Suggestion
from bot.knowledge.knowledge import Knowledge
from bot.replies.entries import closing, open_button
from bot.replies.reply import Block, Items, Paragraph, Reply, Warn
from bot.replies.sentences import listed


def found_reply(knowledge: Knowledge, found: Found) -> Reply:
    """What fits, best first; before it what was dropped, and what the choice has minded."""
    texts = knowledge.messages.search
    label = texts.found_any
    if found.wishes:
        label = texts.found.format(wishes=_wishes(knowledge, found.wishes))
    lines = tuple(_line(knowledge, suggestion) for suggestion in found.suggestions)
    blocks: list[Block] = [
        *_remarks(knowledge, found),
        Items(lines, label.removesuffix(":"), numbered=True),
        closing(knowledge, full=found.lasting or bool(found.conditions)),
    ]
    rows = tuple((open_button(knowledge, s.technique.id),) for s in found.suggestions)
    return Reply(tuple(blocks), rows)


def _remarks(knowledge: Knowledge, found: Found) -> Iterable[Block]:
    texts = knowledge.messages.search
    names = listed(knowledge.conditions[id].name for id in found.conditions)
    if found.no_stretch and found.conditions:
        yield Warn((Paragraph(texts.no_stretch.format(conditions=names)),))
    elif found.conditions:
        yield Warn((Paragraph(texts.minded.format(conditions=names)),))
    if found.dropped:
        yield Paragraph(texts.dropped.format(wishes=_wishes(knowledge, found.dropped)))


def _line(knowledge: Knowledge, suggestion: Suggestion) -> str:
    """Its title, what it does, and what the conditions ask of how it is done."""
    technique, ruled = suggestion.technique, suggestion.ruling
    texts = knowledge.messages
    told = texts.facet.jobs[technique.jobs[0]]
    said = f"{technique.title}: {told}"
    care = ruled.note or texts.search.ruled[ruled.verdict]
    return f"{said} {texts.search.with_care.format(care=care)}" if care else said


def _wishes(knowledge: Knowledge, ids: Iterable[str]) -> str:
    return listed(knowledge.wishes[id].name for id in ids)
