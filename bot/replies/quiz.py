"""The questions of a group's quiz, one after another, each as a poll."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.quizzes import Quiz


@dataclass(frozen=True, slots=True)
class Poll:
    """Plain texts within Telegram's limits of a quiz; `right` is the index of the right option.

    The caveat stands with the question, since the explanation has no room for it.
    """

    question: str
    options: tuple[str, ...]
    right: int
    explanation: str
    caveat: str


def quiz_of(knowledge: Knowledge, number: int) -> Poll | None:
    """The question after `number` others, from 0; None where the knowledge has no questions.

    All come once before any comes again, with the options in the same order each time. When the
    knowledge gains or loses a question, the others keep their order but for near neighbours.
    """
    quizzes = _in_turn(knowledge.quiz.values())
    caveat = knowledge.messages.caveat.short
    return _poll(quizzes[number % len(quizzes)], caveat) if quizzes else None


def _in_turn(quizzes: Iterable[Quiz]) -> tuple[Quiz, ...]:
    """Mixed by their ids; two about one entry follow each other only where no other is left."""
    waiting = sorted(quizzes, key=lambda quiz: _mixed(quiz.id))
    order: list[Quiz] = []
    while waiting:
        last = order[-1].entry if order else None
        order.append(next((quiz for quiz in waiting if quiz.entry != last), waiting[0]))
        waiting.remove(order[-1])
    return tuple(order)


def _poll(quiz: Quiz, caveat: str) -> Poll:
    options = sorted((quiz.right, *quiz.wrong), key=lambda text: _mixed(f"{quiz.id} {text}"))
    return Poll(quiz.question, tuple(options), options.index(quiz.right), quiz.explanation, caveat)


def _mixed(text: str) -> bytes:
    """Where `text` stands among others: at random, but the same in every run."""
    return sha256(text.encode()).digest()
