"""What a message asks of a technique, or does in a conversation: a learned look at its wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.answering.model import Model, Packed
from bot.knowledge.entry import Facet
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.language import Act, Asked
from bot.reminders.wording import Action

LABELS: tuple[Facet | Act | Asked, ...] = (*Facet, *Act, *Asked)
STANDS_ALONE = LABELS.index(Act.NEW)
EVERY = 3  # one in so many phrases of symptoms and topics shows what asks or does nothing
_ABOUT_REMINDERS = tuple(asked for asked in Asked if asked is not Asked.SEARCH)


@dataclass(frozen=True, slots=True)
class Aspect:
    """What a message most likely asks or does, how likely, and how likely it stands alone."""

    label: Facet | Act | Asked
    likely: float
    facet: Facet  # the likeliest, if one is asked for
    facet_likely: float  # ... and how likely then
    of_facet: float  # how likely one is asked for
    search: float  # how likely techniques that fit are asked for
    reminder: float  # how likely it is about reminders
    actions: Mapping[Action, float]  # ... and wants this of them

    @property
    def action(self) -> Action:
        """What it most likely wants of reminders, if it is about them."""
        return max(self.actions, key=self.actions.__getitem__)


class Aspects:
    """Reads aspects."""

    def __init__(self, turns: Model, facets: Model) -> None:
        self._turns = turns
        self._facets = facets

    def read(self, masked: Packed) -> Aspect:
        """The aspect of a message, given as features of its words with the names masked."""
        likely = dict(zip(LABELS, self._turns.probabilities(masked).tolist(), strict=True))
        facets = dict(zip(Facet, self._facets.probabilities(masked).tolist(), strict=True))
        label = max(LABELS, key=likely.__getitem__)
        facet = max(Facet, key=facets.__getitem__)
        return Aspect(
            label=label,
            likely=likely[label],
            facet=facet,
            facet_likely=facets[facet],
            of_facet=sum(likely[one] for one in Facet),
            search=likely[Asked.SEARCH],
            reminder=sum(likely[asked] for asked in _ABOUT_REMINDERS),
            actions={Action(asked): likely[asked] for asked in _ABOUT_REMINDERS},
        )


def labelled(knowledge: Knowledge) -> Iterator[tuple[str, int]]:
    """The texts to learn from, each with the place of its label in LABELS."""
    said = {id: turn.phrases for id, turn in knowledge.turns.items()}
    said |= {id: request.phrases for id, request in knowledge.requests.items()}
    for number, label in enumerate(LABELS):
        yield from ((phrase, number) for phrase in said[label])
    for asks in knowledge.asks.values():
        for number, facet in enumerate(Facet):
            yield from ((phrase, number) for phrase in asks.of(facet))
    for entry in (*knowledge.symptoms.values(), *knowledge.topics.values()):
        yield from ((phrase, STANDS_ALONE) for phrase in entry.phrases[::EVERY])
    for talk in knowledge.small_talk.values():
        yield from ((phrase, STANDS_ALONE) for phrase in talk.phrases[::EVERY])
    for theme in knowledge.out_of_scope.values():
        yield from ((phrase, STANDS_ALONE) for phrase in theme.phrases)
