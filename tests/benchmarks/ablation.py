"""What each part of understanding buys: the questions answered again with the part taken out.

    python -m tests.benchmarks.ablation

Parts are taken out of the running answerer, nothing is learnt anew, so it takes a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from bot.answering import answer as answering
from bot.answering import dialogue as talking
from bot.answering.answer import Answerer
from bot.answering.dialogue import Dialogue
from bot.answering.names import Names
from bot.answering.spelling import Spelling
from bot.evaluating.evaluation import Report, evaluate
from bot.evaluating.questions import Labelled, Talk, read_questions
from bot.knowledge.loader import load
from bot.learned import open_answerer
from tests.conftest import ENGLISH, QUESTIONS

KINDS = ("entry", "red-flag", "look-alike", "outside", "facet", "condition", "reminder", "turn")

# Name of the part, and what is patched: the owner, the attribute, what stands in its place.
PARTS: dict[str, list[tuple[object, str, object]]] = {
    "nothing": [],
    "spelling": [(Spelling, "correct", lambda _, said: said)],
    "names of techniques": [(Names, "named", lambda *_: ())],
    "masking of names": [(Names, "masked", lambda _, said: said)],
    "screening": [(answering, "ALARMING", 9.0), (answering, "UNMISTAKABLE", 9.0)],
    "doubt of rules": [(answering, "DOUBTFUL", 0.0)],
    "search": [(Answerer, "searches", lambda *_: False), (answering, "PERHAPS", 9.0)],
    "search when unsure": [(answering, "PERHAPS", 9.0)],
    "one aspect": [(Answerer, "facet_of", lambda *_: None)],
    "aspects alone": [(Dialogue, "_facet", lambda *_: None)],
    "what words surely say": [(answering, "SURE_WORDS", 1)],
    "alarms over two messages": [(Dialogue, "_joined", lambda *_: ())],
    "a condition after a technique": [(Dialogue, "_in_light_of", lambda *_: None)],
    "hints from being unsure": [(talking, "HINTING", 9.0)],
}


def main() -> None:
    answerer = open_answerer(load(ENGLISH, examples=False))
    questions = list(read_questions([QUESTIONS]))
    print(f"{'without':32}" + "".join(f"{kind:>12}" for kind in KINDS))
    for name, patches in PARTS.items():
        with _taken_out(patches):
            shares = _shares(evaluate(answerer, questions), questions)
        print(f"{name:32}" + "".join(f"{shares[kind]:>12.1%}" for kind in KINDS))


@contextmanager
def _taken_out(patches: Sequence[tuple[object, str, object]]) -> Iterator[None]:
    with ExitStack() as stack:
        for owner, name, instead in patches:
            stack.enter_context(patch.object(owner, name, instead))
        yield


def _shares(report: Report, questions: Sequence[Labelled]) -> dict[str, float]:
    """Share of each kind that is right; of red flags those found."""
    kinds = {
        question.group: question.kind
        for item in questions
        for question in (item.turns if isinstance(item, Talk) else (item,))
    }
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in {*KINDS, *kinds.values()}}
    for group, outcomes in report.counts.items():
        counted[kinds[group]] += outcomes
    return {
        kind: (outcomes["right"] + (outcomes["offered"] if kind == "red-flag" else 0))
        / (outcomes.total() or 1)
        for kind, outcomes in counted.items()
    }


if __name__ == "__main__":
    main()
