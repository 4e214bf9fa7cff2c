"""What is said about the conversation itself: what is held, and why an answer was given."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.answers import Choice, EntryAnswer, Explained, Found, Note, Noted
from bot.answering.matcher import Match
from bot.knowledge.entry import Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge
from bot.replies import actions
from bot.replies.entries import closing
from bot.replies.reply import Block, Button, Heading, Items, Paragraph, Reply, Rows
from bot.replies.sentences import listed

SURE, FAIRLY = 80.0, 35.0  # scores from which the bot was quite, and fairly, sure


def noted_reply(knowledge: Knowledge, noted: Noted) -> Reply:
    """The confirmation; where conditions are held, which, with a button to forget each."""
    texts = knowledge.messages.conversation
    match noted.note:
        case Note.CLEARED:
            said = texts.cleared
        case Note.RESTARTED:
            said = texts.restarted
        case Note.FORGOTTEN:
            said = texts.forgotten
        case Note.KEPT:
            names = listed(knowledge.conditions[id].name for id in noted.conditions)
            said = texts.kept.format(conditions=names)
        case Note.HELD:
            return held_reply(knowledge, noted.conditions)
    return Reply((Paragraph(said), closing(knowledge, full=False)))


def held_reply(knowledge: Knowledge, conditions: tuple[str, ...]) -> Reply:
    """What is kept in mind about the person."""
    return Reply(
        (*held_blocks(knowledge, conditions), closing(knowledge, full=False)),
        forget_buttons(knowledge, conditions),
    )


def held_blocks(knowledge: Knowledge, conditions: tuple[str, ...]) -> Iterator[Block]:
    texts = knowledge.messages.conversation
    if not conditions:
        yield Paragraph(texts.held_nothing)
        return
    yield Paragraph(texts.held)
    yield Items(tuple(knowledge.conditions[id].name for id in conditions))


def forget_buttons(knowledge: Knowledge, conditions: tuple[str, ...]) -> Rows:
    texts = knowledge.messages.conversation
    rows = [
        (
            Button(
                texts.forget.format(condition=knowledge.conditions[id].name),
                actions.encode(actions.ForgetCondition(id)),
            ),
        )
        for id in conditions
    ]
    if len(conditions) > 1:
        rows.append((Button(texts.forget_all, actions.encode(actions.ForgetCondition())),))
    return tuple(rows)


def explained_reply(knowledge: Knowledge, explained: Explained) -> Reply:
    """Why the last answer was given: what it was, how sure, what else, from where, how old."""
    texts, answer = knowledge.messages.why, explained.answer
    if answer is None:
        return Reply((Paragraph(texts.nothing), closing(knowledge, full=False)))
    blocks: list[Block] = [Heading(texts.title)]
    entries = list(_entries(knowledge, answer))
    blocks.append(Paragraph(listed(entry.title for entry in entries), texts.entry))
    blocks.append(Paragraph(_confidence(knowledge, answer), texts.confidence))
    others = [m for m in _matches(answer) if m.entry not in {e.id for e in entries}]
    if others:
        blocks.append(Items(tuple(_titles(knowledge, others)), texts.others))
    if answer.conditions:
        names = listed(knowledge.conditions[id].name for id in answer.conditions)
        blocks.append(Paragraph(names, texts.conditions))
    blocks += _sources(knowledge, entries)
    return Reply((*blocks, closing(knowledge, full=False)))


def _entries(
    knowledge: Knowledge, answer: EntryAnswer | Found | Choice
) -> Iterator[Technique | Symptom | Topic]:
    match answer:
        case EntryAnswer(entry):
            yield entry
        case Found(suggestions):
            yield from (suggestion.technique for suggestion in suggestions)
        case Choice(candidates):
            known = {entry.id: entry for entry in knowledge.advice()}
            yield from (known[match.entry] for match in candidates if match.entry in known)


def _matches(answer: EntryAnswer | Found | Choice) -> tuple[Match, ...]:
    return () if isinstance(answer, Found) else answer.candidates


def _confidence(knowledge: Knowledge, answer: EntryAnswer | Found | Choice) -> str:
    texts = knowledge.messages.why
    if isinstance(answer, Choice):
        return texts.hardly
    if isinstance(answer, EntryAnswer):
        score = next((m.score for m in answer.candidates if m.entry == answer.entry.id), None)
        if score is None:
            return texts.opened
        return texts.sure if score >= SURE else texts.fairly if score >= FAIRLY else texts.hardly
    return texts.fits


def _titles(knowledge: Knowledge, matches: list[Match]) -> Iterator[str]:
    for match in matches:
        entry = knowledge.entry(match.entry)
        if entry is not None:
            yield entry.title


def _sources(knowledge: Knowledge, entries: list[Technique | Symptom | Topic]) -> Iterator[Block]:
    texts = knowledge.messages.why
    named = dict.fromkeys(id for entry in entries for id in entry.sources)
    yield Items(
        tuple(f"{knowledge.sources[id].title}: {knowledge.sources[id].url}" for id in named),
        texts.sources,
    )
    oldest = min(entry.reviewed for entry in entries)
    yield Paragraph(oldest.isoformat(), texts.reviewed)
