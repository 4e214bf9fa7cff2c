"""A second look for red flags: a learned model, for wordings that no pattern has thought of.

It sees the words with their status, so that "no fever" and "fever" are two things. Each sentence
is looked at on its own as well as the whole, or a sign said in passing would drown in a long
message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answering.features import PAIR, PIECE, Features, pieces
from bot.answering.model import Model, pack
from bot.answering.signs import ToldWords
from bot.answering.status import Status
from bot.knowledge.entry import RedFlag

_MARKS = {Status.CURRENT: "", Status.DENIED: "no-", Status.PAST: "was-", Status.ASKED: "if-"}


class Screening:
    """Says which red flag a message sounds like, if it sounds like one."""

    def __init__(self, flags: Sequence[RedFlag], model: Model) -> None:
        """`model` has learnt one class for each of `flags`, in their order, and one for none."""
        self._flags = flags
        self._model = model

    def likeliest(self, sentences: Sequence[ToldWords]) -> tuple[RedFlag, float]:
        """The flag that the message, or one of its sentences, sounds most like, and how likely."""
        looks = [self._model.probabilities(pack(view)) for view in _views(sentences)]
        alarming = min(looks, key=lambda likely: float(likely[-1]))
        return self._flags[int(alarming[:-1].argmax())], 1 - float(alarming[-1])


def screening_features(sentences: Iterable[ToldWords]) -> Features:
    """What the model sees of `sentences` taken together."""
    found: Features = {}
    for sentence in sentences:
        found |= _of_sentence(sentence)
    return found


def _views(sentences: Sequence[ToldWords]) -> Iterator[Features]:
    """The whole, then each sentence on its own where there are several."""
    alone = [_of_sentence(sentence) for sentence in sentences]
    whole: Features = {}
    for features in alone:
        whole |= features
    yield whole
    if len(alone) > 1:
        yield from alone


def _of_sentence(sentence: ToldWords) -> Features:
    marked = tuple(f"{_MARKS[status]}{word}" for word, status in sentence)
    found: Features = {f"w{word}": 1.0 for word in marked}
    for word, status in sentence:
        if status is Status.CURRENT:
            found.update((f"p{piece}", PIECE) for piece in pieces(word))
    pairs = zip(("^", *marked), (*marked, "$"), strict=True)
    found.update((f"b{one} {other}", PAIR) for one, other in pairs)
    return found
