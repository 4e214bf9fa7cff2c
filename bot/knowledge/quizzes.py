"""What quiz.yaml holds: questions with one right answer, for the quiz of a group."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from bot.knowledge.entry import Frozen, Id

# Telegram's limits of a poll; lengths in UTF-16 code units.
QUESTION_UNITS, OPTION_UNITS, EXPLANATION_UNITS = 300, 100, 200
EXPLANATION_LINE_FEEDS = 2
MOST_OPTIONS = 12


def _at_most(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        units = len(text.encode("utf-16-le")) // 2
        if units > limit:
            raise ValueError(f"has {units} characters; a poll takes {limit} here")
        return text

    return AfterValidator(check)


def _few_lines(text: str) -> str:
    if text.count("\n") > EXPLANATION_LINE_FEEDS:
        raise ValueError(f"has more than {EXPLANATION_LINE_FEEDS} line feeds")
    return text


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Question = Annotated[_Text, _at_most(QUESTION_UNITS)]
Option = Annotated[_Text, _at_most(OPTION_UNITS)]
Explanation = Annotated[_Text, _at_most(EXPLANATION_UNITS), AfterValidator(_few_lines)]


class Quiz(Frozen):
    """A question about `entry`; the program mixes the right answer among the wrong ones.

    The explanation is what people read once they have answered, all of it: no caveat follows.
    """

    id: Id
    entry: Id
    question: Question
    right: Option
    wrong: tuple[Option, ...] = Field(min_length=1, max_length=MOST_OPTIONS - 1)
    explanation: Explanation

    @field_validator("wrong")
    @classmethod
    def _distinct(cls, wrong: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        seen = {info.data.get("right", "").casefold()}
        for option in wrong:
            if option.casefold() in seen:
                raise ValueError(f"the option {option!r} stands here twice")
            seen.add(option.casefold())
        return wrong
