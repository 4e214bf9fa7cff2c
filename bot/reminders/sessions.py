"""What a reminder sends on a day: one technique or a plan, and only what the conditions allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answering.safety import Ruling, instead, ruling
from bot.answering.text import Words
from bot.answering.wordings import Wordings
from bot.knowledge.entry import Level, Technique
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.plans import Item, Plan, Swap
from bot.reminders.reminder import VARIED

FEWEST_ITEMS = 2  # of a plan; with fewer left it is none
MEDIUM_FROM, HARD_FROM = 14, 42  # sessions sent before the varied plan gets harder
LAST_RESORT = "diaphragmatic-breathing"

Techniques = tuple[Technique, ...]
Held = tuple[str, ...]  # conditions that the knowledge knows, in its order


class Why(StrEnum):
    """Why something else is sent than was wished."""

    NOT_ALLOWED = "not-allowed"  # a condition forbids the technique
    NOT_FOR = "not-for"  # the plan is not for people with the condition
    TOO_LITTLE = "too-little"  # conditions leave too little of the plan
    UNKNOWN = "unknown"  # no such plan or technique any more


@dataclass(frozen=True, slots=True)
class Replaced:
    """The plan or technique that was wished, and the condition because of which it is not sent."""

    wished: str
    title: str | None  # None when it is unknown
    why: Why
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class SessionItem:
    """A technique to do; without an amount its own dose holds. The ruling always allows it."""

    technique: Technique
    amount: str | None
    ruling: Ruling
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """What is sent: `plan` is VARIED, the id of a plan, or that of the technique sent.

    Only a plan has more than one item.
    """

    plan: str
    title: str
    items: tuple[SessionItem, ...]
    replaced: Replaced | None = None

    @property
    def shows(self) -> str:
        """The id of the plan, or of the one technique."""
        return self.plan if len(self.items) > 1 else self.items[0].technique.id


def session(
    knowledge: Knowledge, plan: str, conditions: Iterable[str], day: date, number: int
) -> Session | None:
    """What to send on the local `day` for a reminder that wishes `plan`; None if nothing fits.

    `number` is how many sessions the reminder has sent before. Conditions and plans that the
    knowledge does not hold any more are no error: the former count for nothing, instead of the
    latter comes the varied plan.
    """
    held = _held(knowledge, conditions)
    if plan in knowledge.techniques:
        return _single(knowledge, knowledge.techniques[plan], held)
    starter = knowledge.plans.starters.get(plan)
    replaced = None if plan == VARIED else Replaced(plan, None, Why.UNKNOWN)
    if starter is not None:
        items = _items(knowledge, starter, held)
        replaced = _obstacle(starter, items, held)
        if replaced is None:
            return Session(starter.id, starter.title, items)
    technique = _of_the_day(knowledge, held, day.toordinal(), number)
    if technique is None:
        return None
    return Session(VARIED, technique.title, (_item(knowledge, technique, held),), replaced)


def plans_for(knowledge: Knowledge, conditions: Iterable[str]) -> tuple[Plan, ...]:
    """The plans that may be offered to a person with `conditions`."""
    held = _held(knowledge, conditions)
    plans = knowledge.plans.starters.values()
    return tuple(p for p in plans if _obstacle(p, _items(knowledge, p, held), held) is None)


def named_plan(knowledge: Knowledge, said: Words) -> str | None:
    """The plan that is named among the words, or None."""
    names = {plan.id: plan.names for plan in knowledge.plans.starters.values()}
    names[VARIED] = knowledge.reminder_words.varied
    return next(
        (id for id, n in names.items() if any(True for _ in Wordings(n).within(said))), None
    )


def _held(knowledge: Knowledge, conditions: Iterable[str]) -> Held:
    told = frozenset(conditions)
    return tuple(id for id in knowledge.conditions if id in told)


def _single(knowledge: Knowledge, technique: Technique, held: Held) -> Session | None:
    """`technique`, or else its nearest alternative among those fit for every day."""
    item = _item(knowledge, technique, held)
    if item.ruling.allows:
        return Session(technique.id, technique.title, (item,))
    others = instead(knowledge, technique, held, len(knowledge.techniques))
    other = next((other for other in others if other.id in knowledge.plans.varied), None)
    if other is None:
        return None
    replaced = Replaced(technique.id, technique.title, Why.NOT_ALLOWED, item.ruling.condition)
    return Session(other.id, other.title, (_item(knowledge, other, held),), replaced)


def _item(knowledge: Knowledge, technique: Technique, held: Held) -> SessionItem:
    return SessionItem(technique, None, ruling(knowledge, technique, held))


def _items(knowledge: Knowledge, plan: Plan, held: Held) -> tuple[SessionItem, ...]:
    """Items of `plan` that are allowed, with its swaps made."""
    items = (_swapped(knowledge, item, plan.swaps, held) for item in plan.items)
    return tuple(item for item in items if item.ruling.allows)


def _swapped(knowledge: Knowledge, item: Item, swaps: tuple[Swap, ...], held: Held) -> SessionItem:
    called_for = (s for s in swaps if s.technique == item.technique and s.condition in held)
    swap = next(called_for, None)
    technique = knowledge.techniques[swap.instead if swap else item.technique]
    amount = (swap.amount if swap else None) or item.amount
    return SessionItem(technique, amount, ruling(knowledge, technique, held), item.optional)


def _obstacle(plan: Plan, items: tuple[SessionItem, ...], held: Held) -> Replaced | None:
    """Why `plan`, of which `items` are allowed, must not be sent; None if it may."""
    forbidding = next((condition for condition in held if condition in plan.not_for), None)
    if forbidding is not None:
        return Replaced(plan.id, plan.title, Why.NOT_FOR, forbidding)
    if len(items) < FEWEST_ITEMS:
        return Replaced(plan.id, plan.title, Why.TOO_LITTLE)
    return None


def _of_the_day(knowledge: Knowledge, held: Held, day: int, number: int) -> Technique | None:
    """The varied plan's technique of the day (from 1, in year 1), or None if none is allowed."""
    rotation = _rotation(knowledge, held, number)
    if not rotation:
        return _last_resort(knowledge, held)
    turn = day % len(rotation)
    # A longer rotation may begin with what the shorter one ended with; the one before it is then
    # neither yesterday's nor tomorrow's.
    grown = number in (MEDIUM_FROM, HARD_FROM)
    if grown and rotation[turn] is _of_the_day(knowledge, held, day - 1, number - 1):
        turn -= 1
    return rotation[turn]


def _rotation(knowledge: Knowledge, held: Held, number: int) -> Techniques:
    levels = _levels(number)
    varied = (knowledge.techniques[id] for id in knowledge.plans.varied)
    fitting = (t for t in varied if t.level in levels and ruling(knowledge, t, held).allows)
    return _no_whole_weeks(_apart(tuple(fitting)))


def _levels(number: int) -> tuple[Level, ...]:
    if number < MEDIUM_FROM:
        return (Level.EASY,)
    return (Level.EASY, Level.MEDIUM) if number < HARD_FROM else tuple(Level)


def _apart(techniques: Techniques) -> Techniques:
    """`techniques` with neighbours (the ends are some, too) of unlike family where possible.

    Where they are so already, their order is kept.
    """
    starts = (techniques[n:] + techniques[:n] for n in range(len(techniques)))
    return next((s for s in map(_spread, starts) if not _clash(s)), _spread(techniques))


def _spread(techniques: Techniques) -> Techniques:
    left, spread = list(techniques), list[Technique]()
    while left:
        spread.append(left.pop(_next(left, spread[-1].family if spread else None)))
    return tuple(spread)


def _next(left: list[Technique], last: str | None) -> int:
    """Which of `left` follows the family `last`: the first unlike it, unless one family crowds."""
    family, count = Counter(t.family for t in left).most_common(1)[0]
    if family != last and 2 * count > len(left):
        return next(n for n, t in enumerate(left) if t.family == family)
    return next((n for n, t in enumerate(left) if t.family != last), 0)


def _clash(techniques: Techniques) -> bool:
    following = techniques[1:] + techniques[:1]
    return any(a.family == b.family for a, b in zip(techniques, following, strict=True))


def _no_whole_weeks(rotation: Techniques) -> Techniques:
    """`rotation`, with one twice if it lasts whole weeks: else Mondays would be all the same."""
    if len(rotation) % 7 or not rotation:
        return rotation
    ends = {rotation[0].family, rotation[-1].family}
    unlike = (t for t in rotation[1:-1] if t.family not in ends)
    return (*rotation, next(unlike, rotation[len(rotation) // 2]))


def _last_resort(knowledge: Knowledge, held: Held) -> Technique | None:
    technique = knowledge.techniques.get(LAST_RESORT)
    allowed = technique is not None and ruling(knowledge, technique, held).allows
    return technique if allowed else None
