"""Times and days of reminder wishes: our reader beside the libraries one would try first.

    pip install -e ".[test,bench]" && python -m tests.benchmarks.wording

They read moments ("next friday at 7"), not wishes, so only what they can know is compared: the time
of day, of the wishes that name one. Days, zones and refusals they do not tell apart at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import dateparser.search
import parsedatetime

from bot.evaluating.questions import Question, read_questions
from bot.knowledge.loader import load
from bot.reminders.wording import Action, Wording
from tests.conftest import ENGLISH, QUESTIONS

NOW = datetime(2026, 3, 2, 0, 0)  # noqa: DTZ001 - the libraries want it without a zone

Reader = Callable[[str], str | None]


def main() -> None:
    wishes = [(q.text, q.expected.reminder["time"][0]) for q in _questions()]
    print(f"{len(wishes)} wishes that name a time")
    for name, reader in (("ours", _ours()), ("dateparser", _dateparser), ("parsedatetime", _pdt())):
        started = time.perf_counter()
        right = sum(reader(text) == wanted for text, wanted in wishes)
        spent = 1000 * (time.perf_counter() - started) / len(wishes)
        print(f"{name:16}{right / len(wishes):>8.1%}{spent:>10.2f} ms")


def _questions() -> Iterator[Question]:
    paths = sorted((QUESTIONS / "other-voices").glob("reminders*.jsonl"))
    for question in read_questions(paths):
        if isinstance(question, Question) and question.expected.reminder.get("time", (None,))[0]:
            yield question


def _ours() -> Reader:
    knowledge = load(ENGLISH, examples=False)
    wording = Wording(knowledge.reminder_words, knowledge.dictionary)

    def read(text: str) -> str | None:
        wish = wording.read(text, Action.SET)
        return wish.time.strftime("%H:%M") if wish.time else None

    return read


def _dateparser(text: str) -> str | None:
    settings = {"RELATIVE_BASE": NOW}
    found = dateparser.search.search_dates(text, languages=["en"], settings=settings) or ()
    times = [moment for _, moment in found if (moment.hour, moment.minute) != (0, 0)]
    return times[0].strftime("%H:%M") if times else None


def _pdt() -> Reader:
    calendar = parsedatetime.Calendar()

    def read(text: str) -> str | None:
        found = calendar.nlp(text, sourceTime=NOW) or ()
        times = [moment for moment, flag, *_ in found if flag in (2, 3)]
        return times[0].strftime("%H:%M") if times else None

    return read


if __name__ == "__main__":
    main()
