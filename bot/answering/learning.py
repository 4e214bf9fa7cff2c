"""What is learnt from the knowledge: which entry a text is about, and whether it is alarming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering import training
from bot.answering.aspects import LABELS, labelled
from bot.answering.centroids import Centroids
from bot.answering.model import Model
from bot.answering.names import Names
from bot.answering.reader import Reader
from bot.knowledge.entry import Facet, Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge

# Of a text in screening, about that of eight words: the two words "hip hurts" alone are no proof.
FULL_LENGTH = 22.0
ASKS_EVERY = 2  # all of them would draw complaints that name a technique away from symptoms
TRAINED_UP_TO = 1000  # entries; beyond, training would take minutes, and centroids do


@dataclass(frozen=True, slots=True)
class Learned:
    """Models of one knowledge: entries (see `classes`), red flags, turns (see aspects.py), facets.

    `vocabulary` is what mistyped words are corrected to, see reader.py.
    """

    matching: Model | Centroids
    screening: Model
    turns: Model
    facets: Model
    vocabulary: tuple[str, ...]


def learn(knowledge: Knowledge, reader: Reader) -> Learned:
    """Learns all models; some seconds for a knowledge of a hundred entries."""
    return Learned(
        learn_matching(knowledge, reader),
        learn_screening(knowledge, reader),
        learn_turns(knowledge, reader),
        learn_facets(knowledge, reader),
        reader.vocabulary,
    )


def learn_matching(knowledge: Knowledge, reader: Reader) -> Model | Centroids:
    """The model of `classes`, in their order."""
    labelled = [
        (text, number) for number, (_, texts) in enumerate(classes(knowledge)) for text in texts
    ]
    features = (reader.matching_features(reader.words(text)) for text, _ in labelled)
    numbers = [number for _, number in labelled]
    count = numbers[-1] + 1
    learner = training.learn if count <= TRAINED_UP_TO else Centroids
    return learner(features, numbers, count)


def learn_screening(knowledge: Knowledge, reader: Reader) -> Model:
    """The model of the red flags, in their order, and of what is none."""
    labelled = list(_screening_texts(knowledge))
    features = (reader.screening_features(text) for text, _ in labelled)
    numbers = [number for _, number in labelled]
    return training.learn(features, numbers, len(knowledge.red_flags) + 1, FULL_LENGTH)


def learn_turns(knowledge: Knowledge, reader: Reader) -> Model:
    """The model of aspects.LABELS."""
    return _learn_masked(knowledge, reader, labelled(knowledge), len(LABELS))


def learn_facets(knowledge: Knowledge, reader: Reader) -> Model:
    """The model of Facet: which one a message asks for, if it asks for one."""
    count = len(Facet)
    of_facets = ((text, number) for text, number in labelled(knowledge) if number < count)
    return _learn_masked(knowledge, reader, of_facets, count)


def _learn_masked(
    knowledge: Knowledge, reader: Reader, texts: Iterable[tuple[str, int]], count: int
) -> Model:
    """A model of labelled texts in which the names of techniques count all the same."""
    names = Names(knowledge.techniques.values(), knowledge.grammar.plain_names)
    listed = list(texts)
    masked = (names.masked(reader.words(text)) for text, _ in listed)
    features = map(reader.matching_features, masked)
    return training.learn(features, [number for _, number in listed], count)


def classes(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and texts of each class that a text may belong to; red flags are none of them."""
    for technique in knowledge.techniques.values():
        yield (
            technique.id,
            (*_named(technique), *_described(technique), *_asks(knowledge, technique)),
        )
    for symptom in knowledge.symptoms.values():
        yield (
            symptom.id,
            (*_named(symptom), symptom.summary, *symptom.may_come_from, *symptom.worse),
        )
    for topic in knowledge.topics.values():
        yield topic.id, (*_named(topic), *topic.answer)
    for talk in knowledge.small_talk.values():
        yield talk.id, talk.phrases
    for theme in knowledge.out_of_scope.values():
        yield theme.id, theme.phrases


def _named(entry: Technique | Symptom | Topic) -> tuple[str, ...]:
    return (entry.title, *entry.other_names, *entry.phrases)


def _described(technique: Technique) -> tuple[str, ...]:
    lines = (technique.summary, technique.targets, technique.start, technique.feel)
    return (*lines, *technique.steps, *technique.mistakes)


def _asks(knowledge: Knowledge, technique: Technique) -> Iterator[str]:
    asks = knowledge.asks.get(technique.id)
    if asks is not None:
        for facet in Facet:
            yield from asks.of(facet)[::ASKS_EVERY]


def _screening_texts(knowledge: Knowledge) -> Iterator[tuple[str, int]]:
    """Alarming texts with the number of their flag, calm ones with the number after the last."""
    calm = len(knowledge.red_flags)
    for number, flag in enumerate(knowledge.red_flags.values()):
        examples = knowledge.examples[flag.id]
        yield from ((phrase, number) for phrase in (*flag.phrases, *examples.phrases))
        yield from ((phrase, calm) for phrase in examples.harmless)
    for entry in knowledge.advice():
        yield from ((phrase, calm) for phrase in entry.phrases)
    for talk in knowledge.small_talk.values():
        yield from ((phrase, calm) for phrase in talk.phrases)
    for request in knowledge.requests.values():
        yield from ((phrase, calm) for phrase in request.phrases)
    for turn in knowledge.turns.values():
        yield from ((phrase, calm) for phrase in turn.phrases)
    for theme in knowledge.out_of_scope.values():
        yield from ((phrase, calm) for phrase in theme.phrases)
