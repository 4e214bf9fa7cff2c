"""Replies that give an entry: a technique, a symptom or a topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.answering.answers import EntryAnswer
from bot.answering.safety import ALTERNATIVES, Ruling, instead, ruling
from bot.answering.search import helping
from bot.knowledge.entry import Facet, Job, Symptom, Technique, Topic, Verdict
from bot.knowledge.knowledge import Knowledge
from bot.replies import actions
from bot.replies.cautions import ADAPTED, WARNED, cautions, for_you
from bot.replies.facets import facet_blocks, facet_buttons
from bot.replies.reply import Block, Button, Closing, Heading, Items, Paragraph, Reply, Rows, Warn
from bot.replies.sentences import ended, listed


def entry_reply(knowledge: Knowledge, answer: EntryAnswer) -> Reply:
    match answer.entry:
        case Technique() as technique:
            return _technique_reply(knowledge, technique, answer)
        case Symptom() as symptom:
            return _symptom_reply(knowledge, symptom, answer)
        case Topic() as topic:
            return _topic_reply(knowledge, topic, answer)


def closing(knowledge: Knowledge, *, full: bool) -> Closing:
    caveat = knowledge.messages.caveat
    return Closing(caveat.full if full else caveat.short)


def open_button(knowledge: Knowledge, id: str, text: str = "{title}") -> Button:
    entry = knowledge.entry(id)
    title = entry.title if entry else id
    return Button(text.format(title=title), actions.encode(actions.OpenEntry(id)))


def _technique_reply(knowledge: Knowledge, technique: Technique, answer: EntryAnswer) -> Reply:
    ruled = ruling(knowledge, technique, answer.conditions)
    to_see_somebody = Job.PERSON_TO_SEE in technique.jobs
    full = answer.lasting or to_see_somebody or bool(answer.conditions)
    end = closing(knowledge, full=full)
    if not ruled.allows:
        return _forbidden(knowledge, technique, ruled, answer.conditions, end)
    if answer.facet is not None and answer.facet is not Facet.STEPS:
        return _facet(knowledge, technique, answer, end)
    texts = knowledge.messages.technique
    blocks: list[Block] = [Heading(technique.title), Paragraph(technique.summary)]
    if answer.conditions and ruled.verdict is not Verdict.OK:
        blocks.append(Warn((for_you(knowledge, technique, ruled),)))
    blocks += [
        Warn(tuple(cautions(knowledge, technique, WARNED))),
        Paragraph(technique.start, texts.start),
        Items(technique.steps, numbered=True),
        Paragraph(technique.dose.text, texts.dose),
        Paragraph(technique.feel, texts.feel),
        *cautions(knowledge, technique, ADAPTED),
        Paragraph(technique.easier.text, texts.easier),
        Paragraph(technique.harder.text, texts.harder),
        end,
    ]
    return Reply(tuple(blocks), _technique_buttons(knowledge, technique, answer.conditions))


def _facet(knowledge: Knowledge, technique: Technique, answer: EntryAnswer, end: Closing) -> Reply:
    """Only the aspect that was asked for, and what the conditions stated change about it."""
    ruled = ruling(knowledge, technique, answer.conditions)
    blocks: list[Block] = [Heading(technique.title)]
    if ruled.verdict is not Verdict.OK and answer.facet is not Facet.CAUTIONS:
        blocks.append(Warn((for_you(knowledge, technique, ruled),)))
    blocks += facet_blocks(knowledge, technique, answer)
    return Reply((*blocks, end), facet_buttons(knowledge, technique, answer))


def _forbidden(
    knowledge: Knowledge,
    technique: Technique,
    ruled: Ruling,
    conditions: tuple[str, ...],
    end: Closing,
) -> Reply:
    others = instead(knowledge, technique, conditions, ALTERNATIVES)
    warned = Warn((for_you(knowledge, technique, ruled),))
    listed = Items(
        tuple(f"{other.title}: {other.summary}" for other in others),
        label=knowledge.messages.technique.instead,
    )
    rows = tuple((open_button(knowledge, other.id),) for other in others)
    return Reply((Heading(technique.title), warned, listed, end), rows)


def _technique_buttons(
    knowledge: Knowledge, technique: Technique, conditions: tuple[str, ...]
) -> Rows:
    menu = knowledge.messages.menu
    easier, harder = technique.easier.techniques, technique.harder.techniques
    near = instead(knowledge, technique, conditions, ALTERNATIVES + len(easier) + len(harder))
    other = [
        o.id for o in near if o.id not in (*easier, *harder) and set(o.jobs) & set(technique.jobs)
    ]
    wanted = [(menu.easier, id) for id in easier] + [(menu.harder, id) for id in harder]
    wanted += [(menu.other, id) for id in other[:ALTERNATIVES]]
    return tuple(
        (open_button(knowledge, id, text),)
        for text, id in wanted
        if ruling(knowledge, knowledge.techniques[id], conditions).allows
    )


def _symptom_reply(knowledge: Knowledge, symptom: Symptom, answer: EntryAnswer) -> Reply:
    texts, conditions = knowledge.messages.symptom, answer.conditions
    others = tuple(id for id in conditions if id not in symptom.conditions)
    helps = [
        (knowledge.techniques[help.technique], help.note)
        for help in helping(knowledge, symptom, conditions, answer.wanted)
    ]
    lines = [_help_line(knowledge, technique, note, others) for technique, note in helps]
    blocks: list[Block] = [Heading(symptom.title), Paragraph(symptom.summary)]
    if others:
        names = listed([knowledge.conditions[id].name for id in others])
        text = knowledge.messages.technique.with_condition.format(condition=names)
        blocks.append(Warn((Paragraph(text),)))
    blocks.append(Items(symptom.may_come_from, texts.may_come_from))
    if lines:
        blocks.append(Items(tuple(lines), texts.helps, numbered=True))
    else:
        blocks.append(Paragraph(texts.nothing_left))
    blocks += _items(symptom.also, texts.also)
    blocks += _items(symptom.worse, texts.worse)
    blocks += _optional(symptom.self_check, texts.self_check)
    blocks += _optional(symptom.course, texts.course)
    blocks += [Warn(tuple(_see_someone(knowledge, symptom))), closing(knowledge, full=True)]
    return Reply(tuple(blocks), tuple((open_button(knowledge, t.id),) for t, _ in helps))


def _help_line(
    knowledge: Knowledge, technique: Technique, note: str | None, conditions: Iterable[str]
) -> str:
    own = ruling(knowledge, technique, conditions).note
    notes = "; ".join(dict.fromkeys(n for n in (note, own) if n))
    return f"{technique.title} ({notes})" if notes else technique.title


def _see_someone(knowledge: Knowledge, symptom: Symptom) -> Iterator[Paragraph]:
    texts = knowledge.messages.symptom
    see = symptom.see_someone
    for lines, label in (
        (see.now, texts.see_now),
        (see.today, texts.see_today),
        (see.soon, texts.see_soon),
    ):
        if lines:
            yield Paragraph(" ".join(map(ended, lines)), label)


def _topic_reply(knowledge: Knowledge, topic: Topic, answer: EntryAnswer) -> Reply:
    blocks = (
        Heading(topic.title),
        Items(topic.answer),
        closing(knowledge, full=answer.lasting or bool(answer.conditions)),
    )
    related = [
        id
        for id in topic.related
        if not isinstance(entry := knowledge.entry(id), Technique)
        or ruling(knowledge, entry, answer.conditions).allows
    ]
    return Reply(blocks, tuple((open_button(knowledge, id),) for id in related))


def _items(lines: tuple[str, ...], label: str) -> list[Block]:
    return [Items(lines, label)] if lines else []


def _optional(text: str | None, label: str) -> list[Block]:
    return [Paragraph(text, label)] if text else []
