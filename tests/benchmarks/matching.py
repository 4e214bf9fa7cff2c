"""How well and how fast queries find their entry: this engine beside what one would pick first.

    python -m tests.benchmarks.matching

One run, on the real knowledge and the test questions: the engine (triage, screening and matching
together), rapidfuzz `process.extractOne` over the same phrases with WRatio and with
token_set_ratio, and then the matcher alone on 10,000 synthetic entries of 30 phrases.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process, utils

from bot.answering.answer import Answerer
from bot.answering.answers import EntryAnswer
from bot.answering.conversation import Conversation
from bot.answering.dialogue import Dialogue
from bot.answering.learning import Learned, learn_matching
from bot.answering.matcher import Matcher
from bot.answering.reader import Reader
from bot.evaluating.questions import Expected, Question, Talk, read_questions
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from bot.learned import open_answerer
from tests.conftest import ENGLISH, QUESTIONS

SYNTHETIC_ENTRIES, SYNTHETIC_PHRASES = 10_000, 30


@dataclass(frozen=True)
class Result:
    """Share of questions answered with an expected entry, and milliseconds a message."""

    name: str
    right: float
    p50: float
    p99: float

    def __str__(self) -> str:
        return f"{self.name:34}{self.right:>8.1%}{self.p50:>10.3f}{self.p99:>10.3f}"


def main() -> None:
    started = time.perf_counter()
    knowledge = load(ENGLISH)
    loaded = time.perf_counter() - started
    answerer = open_answerer(knowledge)  # learns, if nothing was kept
    started = time.perf_counter()
    answerer = open_answerer(knowledge)
    opened = time.perf_counter() - started
    print(f"knowledge loaded in {loaded:.2f} s, answerer opened in {opened:.2f} s\n")
    gc.collect()
    gc.freeze()
    labelled = list(read_questions([QUESTIONS]))
    questions = [q for q in labelled if isinstance(q, Question) and q.kind == "entry"]
    print(f"{len(questions)} questions{'':20}{'right':>8}{'p50 ms':>10}{'p99 ms':>10}")
    results = [
        measured("this engine", questions, lambda text: answered(answerer, text)),
        *(
            measured(f"extractOne, {scorer.__name__}", questions, naive(knowledge, scorer))
            for scorer in (fuzz.WRatio, fuzz.token_set_ratio)
        ),
    ]
    for result in results:
        print(result)
    ours, *others = results
    for other in others:
        print(
            f"against {other.name}: {ours.right / other.right:.1f} times as often right,"
            f" p50 {other.p50 / ours.p50:.0f} times as fast"
        )
    print(f"\n{measured_turns(answerer, (q for q in labelled if isinstance(q, Talk)))}")
    print(f"\n{measured_synthetic(knowledge, answerer.learned)}")


def answered(answerer: Answerer, text: str) -> str | None:
    answer = answerer.answer(text)
    return answer.entry.id if isinstance(answer, EntryAnswer) else None


def naive(knowledge: Knowledge, scorer: Callable[..., float]) -> Callable[[str], str | None]:
    """What one would write first: the entry of the phrase that is most like the message."""
    owners = [(phrase, e.id) for e in knowledge.advice() for phrase in (*e.other_names, *e.phrases)]
    phrases = [utils.default_process(phrase) for phrase, _ in owners]

    def match(text: str) -> str | None:
        found = process.extractOne(utils.default_process(text), phrases, scorer=scorer)
        return owners[found[2]][1] if found else None

    return match


def measured(
    name: str, questions: Sequence[Question], match: Callable[[str], str | None]
) -> Result:
    right, times = 0, []
    for question in questions:
        started = time.perf_counter()
        found = match(question.text)
        times.append(1000 * (time.perf_counter() - started))
        right += found in (question.expected.entries or ())
    return Result(name, right / len(questions), quantile(times, 0.5), quantile(times, 0.99))


def measured_synthetic(knowledge: Knowledge, learned: Learned) -> Result:
    """The matcher on many entries of random phrases: can it tell whose phrase one is?"""
    chance = random.Random(1)
    words = sorted(learned.vocabulary)
    phrases = {
        f"entry-{number}": tuple(
            " ".join(chance.choices(words, k=7)) for _ in range(SYNTHETIC_PHRASES)
        )
        for number in range(SYNTHETIC_ENTRIES)
    }
    model = knowledge.topics["equipment"]
    topics = {
        id: model.model_copy(update={"id": id, "title": said[0], "phrases": said, "answer": ()})
        for id, said in phrases.items()
    }
    large = replace(knowledge, techniques={}, symptoms={}, topics=topics, red_flags={})
    reader = Reader(large, learned.vocabulary)
    matcher = Matcher(large, reader, replace(learned, matching=learn_matching(large, reader)))
    asked = chance.sample(list(phrases.items()), 500)
    questions = [
        Question(" ".join(said[3].split()[1:]), "entry", "synthetic", Expected(frozenset({id})))
        for id, said in asked
    ]
    return measured(
        f"matcher, {SYNTHETIC_ENTRIES:,} entries",
        questions,
        lambda text: ranked(matcher, reader, text),
    )


def ranked(matcher: Matcher, reader: Reader, text: str) -> str:
    said = reader.words(text)
    return matcher.rank(said, reader.packed(said)).matches[0].entry


def measured_turns(answerer: Answerer, talks: Iterable[Talk]) -> str:
    """How long a turn with its context takes."""
    dialogue, times = Dialogue(answerer), []
    for talk in talks:
        conversation = Conversation()
        for turn in talk.turns:
            started = time.perf_counter()
            _, conversation = dialogue.turn(conversation, turn.text)
            times.append(1000 * (time.perf_counter() - started))
    p50, p99 = quantile(times, 0.5), quantile(times, 0.99)
    return f"{len(times)} turns with their context: p50 {p50:.2f} ms, p99 {p99:.2f} ms"


def quantile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    main()
