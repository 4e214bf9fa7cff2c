"""What conditions mean for a technique, in words: for this person, and for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.answering.safety import Ruling, rulings
from bot.knowledge.entry import Technique, Verdict
from bot.knowledge.knowledge import Knowledge
from bot.replies.reply import Paragraph, Warn
from bot.replies.sentences import ended, listed

# Verdicts that must be seen before the steps, and those that change how the steps are done.
WARNED = (Verdict.NO, Verdict.ASK, Verdict.AS_TOLD)
ADAPTED = (Verdict.EASIER, Verdict.SUPPORT)


def for_you(knowledge: Knowledge, technique: Technique, ruled: Ruling) -> Paragraph:
    """The first thing to be said to somebody with the condition that rules."""
    texts = knowledge.messages.technique
    text = {
        Verdict.OK: texts.fine_for_you,
        Verdict.SUPPORT: texts.support_for_you,
        Verdict.EASIER: texts.easier_for_you,
        Verdict.AS_TOLD: texts.as_told_for_you,
        Verdict.ASK: texts.ask_you,
        Verdict.NO: texts.forbidden,
    }[ruled.verdict]
    name = knowledge.conditions[ruled.condition].name if ruled.condition else ""
    said = text.format(condition=name, technique=technique.title)
    return Paragraph(f"{said.removesuffix('.')}: {ruled.note}." if ruled.note else ended(said))


def cautions(
    knowledge: Knowledge, technique: Technique, verdicts: tuple[Verdict, ...]
) -> Iterator[Paragraph]:
    """Who must not, should ask or should adapt it, a line a verdict; the warning with a "no"."""
    texts = knowledge.messages.technique
    labels = {
        Verdict.NO: texts.not_with,
        Verdict.ASK: texts.ask_first,
        Verdict.AS_TOLD: texts.as_told,
        Verdict.EASIER: texts.easier_only,
        Verdict.SUPPORT: texts.support_only,
    }
    named = defaultdict(list)
    for verdict, name, note in rulings(knowledge, technique):
        named[verdict].append(f"{name} ({note})" if note else name)
    if technique.warning and Verdict.NO in verdicts:
        yield Paragraph(technique.warning, texts.warning)
    for verdict in verdicts:
        if named[verdict]:
            yield Paragraph(f"{listed(named[verdict])}.", labels[verdict])


def warnings(knowledge: Knowledge, technique: Technique) -> Iterator[Warn | Paragraph]:
    """Everything that `technique` asks care for."""
    yield Warn(tuple(cautions(knowledge, technique, WARNED)))
    yield from cautions(knowledge, technique, ADAPTED)
