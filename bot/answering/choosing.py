"""Which of the entries offered a person picks: "the second one", "2", "yes", "the yoga one"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.conversation import Conversation
from bot.answering.look import Look
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.language import Act

LEANING = 0.5  # likelihood from which a turn is taken to lean on what was said before
FEW = 6  # words

_PLACES: Mapping[Act, int] = {Act.FIRST: 0, Act.SECOND: 1, Act.THIRD: 2, Act.LAST: -1}


@dataclass(frozen=True, slots=True)
class Turn:
    """One message seen together with the conversation that it belongs to."""

    look: Look
    before: Conversation
    conditions: tuple[str, ...]  # that hold now, those said before included


def chosen(knowledge: Knowledge, turn: Turn) -> str | None:
    """Which of the entries offered the person picks, by place, by name or by its kind."""
    look, before = turn.look, turn.before
    if not before.offered:
        return None
    if len(look.said) == 1 and look.said[0].isdecimal():
        place = int(look.said[0]) - 1
        return before.offered[place] if 0 <= place < len(before.offered) else None
    label = look.aspect.label if look.aspect.likely >= LEANING else Act.NEW
    if isinstance(label, Act) and label in _PLACES and not look.mentioned:
        place = _PLACES[label]
        return before.offered[place] if place < len(before.offered) else None
    if label is Act.YES and before.asked:
        return before.offered[0]
    named = [id for id in look.mentioned if id in before.offered]
    if named and len(look.mentioned) == 1 and before.asked:
        return named[0]
    return _of_a_kind(knowledge, turn) if look.wanted and len(look.said) <= FEW else None


def _of_a_kind(knowledge: Knowledge, turn: Turn) -> str | None:
    """ "the yoga one": the one of the entries offered that fits."""
    techniques = knowledge.techniques
    fitting = [
        id
        for id in turn.before.offered
        if id in techniques and all(w.met_by(techniques[id]) for w in turn.look.wanted)
    ]
    return fitting[0] if fitting and (turn.before.asked or len(fitting) == 1) else None
