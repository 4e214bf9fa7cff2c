"""Red flags: which signs, alone or together, mean that a person must be seen by somebody now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.signs import Sign
from bot.answering.status import Status
from bot.knowledge.entry import RedFlag, Tier
from bot.knowledge.language import Condition

_TIERS = tuple(Tier)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A red flag that was raised, how fast it needs help, and whether for somebody else."""

    flag: str
    tier: Tier
    of_other: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """Parts that must all be met, each by one of its alternatives."""

    flag: RedFlag
    tier: Tier
    parts: tuple[tuple[str, ...], ...]


class Triage:
    """Weighs signs against the red flags; `flags` come in their order of precedence."""

    def __init__(self, flags: Sequence[RedFlag], conditions: Iterable[Condition] = ()) -> None:
        """`conditions` are signs too: some count in the past, none is alarming in itself."""
        self._order = {flag.id: place for place, flag in enumerate(flags)}
        self._conditions = {condition.id: condition.past for condition in conditions}
        self._by_sign: dict[str, list[_Rule]] = defaultdict(list)  # of their first part
        self._signs_of: dict[str, set[str]] = defaultdict(set)  # that a flag's rules look for
        for rule in (rule for flag in flags for rule in _rules(flag)):
            for sign in rule.parts[0]:
                self._by_sign[sign].append(rule)
            alarming = {sign for part in rule.parts for sign in part} - self._conditions.keys()
            self._signs_of[rule.flag.id] |= alarming

    def alarms(self, signs: frozenset[Sign]) -> tuple[Alarm, ...]:
        """Every flag that `signs` raise, the one that answers first by tier and precedence."""
        raised: dict[str, Alarm] = {}
        for alarm in self._met(signs):
            raised[alarm.flag] = min(raised.get(alarm.flag, alarm), alarm, key=self._rank)
        return tuple(sorted(raised.values(), key=self._rank))

    def touches(self, flag: RedFlag, signs: frozenset[Sign]) -> bool:
        """Whether `signs` hold one that `flag` looks for; a condition alone is none."""
        own = self._signs_of[flag.id]
        return any(sign.id in own and self._counts(sign, flag) for sign in signs)

    def _met(self, signs: frozenset[Sign]) -> Iterator[Alarm]:
        present: dict[str, dict[str, bool]] = {}  # flag -> sign that counts for it -> of other
        for rule in (rule for sign in signs for rule in self._by_sign.get(sign.id, ())):
            flag = rule.flag
            if flag.id not in present:
                counting = (sign for sign in signs if self._counts(sign, flag))
                present[flag.id] = {sign.id: sign.of_other for sign in counting}
            met = _met(rule, present[flag.id])
            if met is not None:
                yield Alarm(flag.id, rule.tier, any(present[flag.id][sign] for sign in met))

    def _rank(self, alarm: Alarm) -> tuple[int, int]:
        return _TIERS.index(alarm.tier), self._order[alarm.flag]

    def _counts(self, sign: Sign, flag: RedFlag) -> bool:
        if flag.id in sign.hidden_from:
            return False
        match sign.status:
            case Status.CURRENT:
                return True
            case Status.PAST:
                return self._conditions.get(sign.id, False) or sign.id in flag.past
            case Status.ASKED:
                return flag.asked_too
            case Status.DENIED:
                return False


def _rules(flag: RedFlag) -> Iterator[_Rule]:
    for rule in (*flag.strong, *flag.pairs):
        parts = tuple(tuple(part.split("|")) for part in rule.signs)
        yield _Rule(flag, rule.tier or flag.tier, parts)


def _met(rule: _Rule, present: Mapping[str, bool]) -> list[str] | None:
    """The signs that meet `rule`: for each of its parts one of the alternatives, or None."""
    met = []
    for part in rule.parts:
        one = next((sign for sign in part if sign in present), None)
        if one is None:
            return None
        met.append(one)
    return met
