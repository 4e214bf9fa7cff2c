"""What one language's folder holds beside its entries: words, grammar, conditions, messages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.entry import Frozen, Id, Line, Pattern, Phrase, Verdict


class Condition(Frozen):
    """What a person may say about themselves that changes which techniques fit.

    `otherwise` is the verdict of a technique that does not name the condition; "stated" asks each
    technique to name it. `strictest_of` takes the stricter verdict of other conditions instead.
    """

    id: Id
    name: Line
    otherwise: Verdict | Literal["stated"] = "stated"
    strictest_of: tuple[Id, ...] = ()
    past: bool = False
    says: tuple[Pattern, ...] = ()


class Source(Frozen):
    id: Id
    title: Line
    url: str = Field(pattern=r"^https?://\S+$")
    read: Literal["own", "copy"]


class Grammar(Frozen):
    """How the language says that a sign is absent, past, or only asked about."""

    deny: tuple[str, ...]
    deny_before: tuple[str, ...]
    not_denied: tuple[str, ...]
    self_standing: tuple[str, ...]
    turn: tuple[str, ...]
    subject: tuple[str, ...]
    and_: tuple[str, ...] = Field(alias="and")
    or_: tuple[str, ...] = Field(alias="or")
    past: tuple[str, ...]
    past_years: tuple[int, int]
    since: tuple[str, ...]
    still: tuple[str, ...]
    ask: tuple[str, ...]
    not_asked: tuple[str, ...]
    mine: tuple[str, ...]
    somebody: tuple[str, ...]
    others: tuple[str, ...]


class SmallTalk(Frozen):
    id: Id
    replies: tuple[Line, ...] = Field(min_length=1)
    phrases: tuple[Phrase, ...] = Field(min_length=5)


class OutOfScope(Frozen):
    """Messages about something else, so that the matcher knows what else there is."""

    id: Id
    phrases: tuple[Phrase, ...] = Field(min_length=5)
