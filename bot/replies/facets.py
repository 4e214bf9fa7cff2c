"""One aspect of a technique: told in a sentence or two, then the whole is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.answering.answers import EntryAnswer
from bot.answering.safety import allowed, ruling
from bot.knowledge.entry import Facet, Range, Technique, Variation
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.messages import FacetTexts
from bot.replies import actions
from bot.replies.cautions import for_you, warnings
from bot.replies.reply import Block, Button, Items, Paragraph, Rows, Warn

WEEK = 7


def facet_blocks(
    knowledge: Knowledge, technique: Technique, answer: EntryAnswer
) -> Iterator[Block]:
    """What is said of `technique` under the facet that was asked for; none for the steps."""
    if answer.facet is Facet.CAUTIONS:
        yield from _cautions(knowledge, technique, answer.conditions)
    elif answer.facet is Facet.MISTAKES:
        yield Items(technique.mistakes, knowledge.messages.facet.mistakes)
    elif answer.facet is not None and answer.facet is not Facet.STEPS:
        label = getattr(knowledge.messages.facet, answer.facet)
        yield Paragraph(_TOLD[answer.facet](knowledge, technique), label)


def facet_buttons(knowledge: Knowledge, technique: Technique, answer: EntryAnswer) -> Rows:
    """The whole technique, and where an easier or harder form leads."""
    way = technique.easier if answer.facet is Facet.EASIER else technique.harder
    leads = way.techniques if answer.facet in (Facet.EASIER, Facet.HARDER) else ()
    others = allowed(knowledge, leads, answer.conditions)
    whole = knowledge.messages.facet.whole.format(title=technique.title)
    rows = [(Button(whole, actions.encode(actions.OpenEntry(technique.id))),)]
    rows += [(Button(o.title, actions.encode(actions.OpenEntry(o.id))),) for o in others]
    return tuple(rows)


def _dose(_: Knowledge, technique: Technique) -> str:
    return technique.dose.text


def _frequency(knowledge: Knowledge, technique: Technique) -> str:
    texts, dose = knowledge.messages.facet, technique.dose
    told = []
    if dose.days_a_week:
        told.append(_days(texts, dose.days_a_week))
    if dose.times_a_day:
        one, more = texts.times_a_day, texts.times_a_day_range
        told.append(_range(one, more, dose.times_a_day))
    return " ".join([*(told or [texts.no_rule]), dose.text])


def _days(texts: FacetTexts, days: Range) -> str:
    if days[1] == WEEK:
        return texts.daily.format(n=days[0])
    return _range(texts.days, texts.days_range, days)


def _range(one: str, more: str, numbers: Range) -> str:
    least, most = numbers
    return (one if least == most else more).format(n=least, m=most)


def _equipment(knowledge: Knowledge, technique: Technique) -> str:
    texts, things = knowledge.messages.facet, knowledge.messages.things
    needed, optional = (
        ", ".join(things[id] for id in ids)
        for ids in (technique.equipment.needed, technique.equipment.optional)
    )
    told = [texts.needed.format(things=needed) if needed else texts.nothing_needed]
    if optional:
        told.append(texts.optional.format(things=optional))
    return " ".join(told)


def _feel(_: Knowledge, technique: Technique) -> str:
    return technique.feel


def _variation(way: Callable[[Technique], Variation]) -> Callable[[Knowledge, Technique], str]:
    return lambda _, technique: way(technique).text


def _targets(knowledge: Knowledge, technique: Technique) -> str:
    jobs = knowledge.messages.facet.jobs
    return " ".join([technique.targets, *(jobs[job] for job in technique.jobs)])


def _evidence(knowledge: Knowledge, technique: Technique) -> str:
    grade = knowledge.messages.facet.grades[technique.evidence.grade]
    return f"{grade} {technique.evidence.text}"


_TOLD: Mapping[Facet, Callable[[Knowledge, Technique], str]] = {
    Facet.DOSE: _dose,
    Facet.FREQUENCY: _frequency,
    Facet.EQUIPMENT: _equipment,
    Facet.FEEL: _feel,
    Facet.EASIER: _variation(lambda technique: technique.easier),
    Facet.HARDER: _variation(lambda technique: technique.harder),
    Facet.TARGETS: _targets,
    Facet.EVIDENCE: _evidence,
}


def _cautions(
    knowledge: Knowledge, technique: Technique, conditions: tuple[str, ...]
) -> Iterator[Block]:
    """What the conditions stated mean for it, then what holds for everybody."""
    if conditions:
        ruled = ruling(knowledge, technique, conditions)
        yield Warn((for_you(knowledge, technique, ruled),))
    yield from warnings(knowledge, technique)
