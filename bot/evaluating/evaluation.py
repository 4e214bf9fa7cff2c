"""Putting labelled questions to the bot, and the figures that come of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.answering.answer import Answerer
from bot.answering.answers import Answer, Urgent
from bot.answering.conversation import Conversation
from bot.answering.dialogue import Dialogue
from bot.evaluating.judging import Outcome, described, entry_of, judge
from bot.evaluating.questions import Labelled, Question, Talk
from bot.evaluating.typos import mistyped

CONFUSIONS = 15  # pairs of entries that are named
OUTCOMES: tuple[Outcome, ...] = ("right", "offered", "wrong", "refused", "unsafe")


@dataclass(frozen=True, slots=True)
class Failure:
    question: Question
    outcome: Outcome
    got: str
    answered: str | None  # the entry answered with


@dataclass(frozen=True)
class Report:
    """Outcomes counted by group and by red flag, and every failure."""

    counts: dict[str, Counter[str]]
    flags: dict[str, Counter[str]]
    failures: tuple[Failure, ...]

    def share(self, group: str, *outcomes: Outcome) -> float:
        counted = self.counts.get(group, Counter())
        return sum(counted[o] for o in outcomes) / (counted.total() or 1)


def evaluate(answerer: Answerer, labelled: Iterable[Labelled]) -> Report:
    """Puts every question, each conversation in its order, and judges the answers."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    flags: dict[str, Counter[str]] = defaultdict(Counter)
    failures = []
    for question, answer in _answered(answerer, labelled):
        outcome = judge(answerer.knowledge, question, answer)
        counts[question.group][outcome] += 1
        _count_flag(flags, question, answer)
        if outcome != "right":
            failures.append(Failure(question, outcome, described(answer), entry_of(answer)))
    return Report(dict(counts), dict(flags), tuple(failures))


def mistyped_all(labelled: Iterable[Labelled]) -> Iterator[Labelled]:
    """The same questions with one or two slips of the finger in each."""
    for item in labelled:
        if isinstance(item, Talk):
            yield Talk(tuple(replace(turn, text=mistyped(turn.text)) for turn in item.turns))
        else:
            yield replace(item, text=mistyped(item.text))


def _count_flag(flags: dict[str, Counter[str]], question: Question, answer: Answer) -> None:
    """Whether the expected flag was found, some other was, or one was raised for nothing."""
    raised = answer.alarms[0].flag if isinstance(answer, Urgent) else None
    expected = question.expected.entries or frozenset()
    if question.kind == "red-flag":
        named = min(expected)
        flags[named]["asked"] += 1
        flags[named]["found"] += raised is not None
        flags[named]["the very flag"] += raised in expected
    elif raised is not None and raised not in expected and question.kind != "turn":
        flags[raised]["false"] += 1


def _answered(
    answerer: Answerer, labelled: Iterable[Labelled]
) -> Iterator[tuple[Question, Answer]]:
    dialogue = Dialogue(answerer)
    for item in labelled:
        if isinstance(item, Talk):
            conversation = Conversation()
            for turn in item.turns:
                answer, conversation = dialogue.turn(conversation, turn.text)
                yield turn, answer
        else:
            yield item, answerer.answer(item.text)


def lines(report: Report) -> Iterator[str]:
    """The report as text: figures by group, then each failure."""
    yield f"{'':32}{'asked':>7}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES)
    for group, counted in report.counts.items():
        asked = counted.total()
        shares = "".join(f"{counted[outcome] / asked:>9.1%}" for outcome in OUTCOMES)
        yield f"{group:32}{asked:>7}{shares}"
    yield from _flag_lines(report)
    yield from _confusions(report)
    for failure in report.failures:
        yield _line(failure)


def _flag_lines(report: Report) -> Iterator[str]:
    if not report.flags:
        return
    named = ("asked", "found", "the very flag", "false")
    yield f"{'':32}" + "".join(f"{name:>15}" for name in named)
    for flag, counted in sorted(report.flags.items()):
        yield f"{flag:32}" + "".join(f"{counted[name]:>15}" for name in named)


def _confusions(report: Report) -> Iterator[str]:
    """The pairs of entries that were taken for one another most often."""
    pairs = Counter(
        (min(failure.question.expected.entries), failure.answered)
        for failure in report.failures
        if failure.question.kind in ("entry", "facet")
        and failure.question.expected.entries
        and failure.answered
        and failure.answered not in failure.question.expected.entries
    )
    for (expected, answered), count in pairs.most_common(CONFUSIONS):
        if count > 1:
            yield f"{count} times {answered} in place of {expected}"


def _line(failure: Failure) -> str:
    question = failure.question
    expected = question.expected
    wanted = [
        "|".join(sorted(expected.entries or ())) or question.kind,
        "|".join(sorted(expected.facets or ())),
        expected.verdict or "",
        " ".join(f"{k}={v[0]}" for k, v in expected.reminder.items() if v[0]),
        f"never {'|'.join(sorted(expected.never))}" if failure.outcome == "unsafe" else "",
        "|".join(sorted(expected.kinds or ())),
    ]
    said = " ".join(part for part in wanted if part)
    return f"{failure.outcome}: {question.text!r}: expected {said}, got {failure.got}"
