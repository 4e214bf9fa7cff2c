"""What plans.yaml holds: ready-made plans for reminders, and what the varied plan goes round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema

from bot.knowledge.entry import Frozen, Id, Line, Phrase, Title

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Amount = Line  # in words, such as "30 seconds a side, twice"


class Item(Frozen):
    """One technique of a plan and how much of it; an optional one may be left out."""

    technique: Id
    amount: Amount
    optional: bool = False


class Swap(Frozen):
    """What a person with `condition` does instead of an item; the item's amount if none is told."""

    condition: Id
    technique: Id
    instead: Id
    amount: Amount | None = None


class Plan(Frozen):
    """Techniques to be done one after another; `names` are how people call the plan.

    `days` are those on which it is usually done, none for every day. It is never sent to somebody
    with a condition of `not_for`.
    """

    id: SkipJsonSchema[Id]  # the key in the file
    title: Title
    names: tuple[Phrase, ...] = ()
    summary: Line
    minutes: int = Field(ge=1, le=60)
    days: tuple[Day, ...] = ()
    items: tuple[Item, ...] = Field(min_length=2)
    not_for: tuple[Id, ...] = ()
    swaps: tuple[Swap, ...] = ()


def _named(plans: Any) -> Any:
    if not isinstance(plans, dict):
        return plans
    return {id: {"id": id, **p} if isinstance(p, dict) else p for id, p in plans.items()}


class Plans(Frozen):
    """The plans by id, and the techniques of the varied plan in the order of their days."""

    varied: tuple[Id, ...] = Field(min_length=1)
    starters: Annotated[Mapping[Id, Plan], BeforeValidator(_named)]
