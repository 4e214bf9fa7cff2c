"""One query -> one Answer: the straight path from a person's words to what is to be said."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.learning import Learned, learn
from bot.answering.matcher import SHOWN, Match, Matcher, Ranking
from bot.answering.reader import Reader
from bot.answering.safety import ruling
from bot.answering.screening import Screening
from bot.answering.signs import Reading
from bot.answering.status import Status
from bot.answering.text import Words, words
from bot.answering.triage import Alarm, Triage
from bot.knowledge.entry import RedFlag, Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge

# The bands. Chosen on the test questions, where a little more or less of each trades a wrong
# answer for a needless question at about one to one.
OUTSIDE = 0.30  # likelihood of being in scope below which it is about other things
IN_SCOPE = 0.65  # ... and from which it may be answered at once
SURE = 35.0  # score from which the best match is the answer
AHEAD = 1.5  # times the second best's score that it needs for that
OFFERED = 1.0  # score from which a match is worth offering
# Likelihood from which a message sounds like a red flag: with a sign of that flag in it, and
# without any; and the one below which even a rule is not believed.
ALARMING, UNMISTAKABLE, DOUBTFUL = 0.6, 0.8, 0.02
KNOWN = 0.34  # share of known words below which nothing is guessed

LASTING = "lasting-or-worse"  # the sign that asks for the caveat in full


@dataclass(frozen=True, slots=True)
class EntryAnswer:
    """The entry that answers, the runners-up, and what the person said about themselves."""

    entry: Technique | Symptom | Topic
    candidates: tuple[Match, ...]
    conditions: tuple[str, ...] = ()
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Several entries may be meant: the person chooses."""

    candidates: tuple[Match, ...]
    conditions: tuple[str, ...] = ()
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Urgent:
    """Red flags were raised, the one that answers first."""

    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A greeting and the like: `talk` is its id."""

    talk: str


@dataclass(frozen=True, slots=True)
class Fallback:
    """Not known. `empty`: the query has no word; `outside`: it is about other things."""

    candidates: tuple[Match, ...] = ()
    empty: bool = False
    outside: bool = False


Answer = EntryAnswer | Choice | Urgent | SmallTalk | Fallback


class Answerer:
    """Answers queries out of one knowledge. Holds no state between queries."""

    def __init__(self, knowledge: Knowledge, learned: Learned | None = None) -> None:
        """`learned` is what was learnt from this very knowledge before, where it is at hand."""
        self.knowledge = knowledge
        self._reader = Reader(knowledge, learned.vocabulary if learned else None)
        self.learned = learned or learn(knowledge, self._reader)
        flags = tuple(knowledge.red_flags.values())
        self._triage = Triage(flags, tuple(knowledge.conditions.values()))
        self._screening = Screening(flags, self.learned.screening)
        self._matcher = Matcher(knowledge, self._reader, self.learned)
        self._named = _names(knowledge)

    def answer(self, query: str) -> Answer:
        """What to say to `query`, whatever string it is."""
        reading = self._reader.reading(query)
        if not reading.sentences:
            return Fallback(empty=True)
        named = self._named.get(words(query))
        alarms = self._alarms(reading, is_name=named is not None)
        if alarms:
            return Urgent(alarms)
        ranking = self._matcher.rank(reading.words)
        conditions, lasting = self._conditions(reading), _lasting(reading)
        if named is not None:
            others = (match for match in ranking.matches if match.entry != named.id)
            candidates = (Match(named.id, 100.0), *others)[:SHOWN]
            return EntryAnswer(named, candidates, conditions, lasting)
        return self._choose(ranking, conditions, lasting=lasting)

    def _alarms(self, reading: Reading, *, is_name: bool) -> tuple[Alarm, ...]:
        """The red flags that rules raise, or else the one that the message sounds like.

        An entry's bare name sounds like nothing but itself; a rule holds for it all the same.
        """
        flag, likely = self._screening.likeliest(reading.sentences)
        by_rule = self._triage.alarms(reading.signs)
        if by_rule and likely >= DOUBTFUL:
            return by_rule
        if is_name:
            return ()
        needed = ALARMING if self._triage.touches(flag, reading.signs) else UNMISTAKABLE
        return (Alarm(flag.id, flag.tier, reading.of_other),) if likely >= needed else ()

    def _choose(self, ranking: Ranking, conditions: tuple[str, ...], *, lasting: bool) -> Answer:
        if ranking.small_talk:
            return SmallTalk(ranking.small_talk)
        if ranking.in_scope < OUTSIDE or ranking.known < KNOWN:
            return Fallback(ranking.matches, outside=ranking.in_scope < OUTSIDE)
        best, *others = ranking.matches
        ahead = all(best.score >= AHEAD * other.score for other in others)
        sure = ahead and best.score >= SURE and ranking.in_scope >= IN_SCOPE
        entry = self.knowledge.entry(best.entry)
        if sure and entry is not None and not isinstance(entry, RedFlag):
            return EntryAnswer(entry, ranking.matches, conditions, lasting)
        offered = tuple(
            match
            for match in ranking.matches
            if match.score >= OFFERED and self._may_offer(match.entry, conditions)
        )
        return Choice(offered, conditions, lasting) if offered else Fallback(ranking.matches)

    def _may_offer(self, id: str, conditions: tuple[str, ...]) -> bool:
        technique = self.knowledge.techniques.get(id)
        return technique is None or ruling(self.knowledge, technique, conditions).allows

    def _conditions(self, reading: Reading) -> tuple[str, ...]:
        """The conditions that hold, in the order in which the knowledge lists them."""
        now = {sign.id for sign in reading.signs if sign.status is Status.CURRENT}
        past = {sign.id for sign in reading.signs if sign.status is Status.PAST}
        conditions = self.knowledge.conditions.values()
        return tuple(c.id for c in conditions if c.id in now or (c.past and c.id in past))


def _names(knowledge: Knowledge) -> dict[Words, Technique | Symptom | Topic]:
    """Each entry by its names: whoever types one means that entry and no other."""
    return {words(name): e for e in knowledge.advice() for name in (e.title, *e.other_names)}


def _lasting(reading: Reading) -> bool:
    return any(sign.id == LASTING and sign.status is Status.CURRENT for sign in reading.signs)
