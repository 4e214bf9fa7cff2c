"""One query -> one Answer: the straight path from a person's words to what is to be said.

Every message stands on its own here; dialogue.py adds what was said before.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.answering.answers import (
    Answer,
    Choice,
    EntryAnswer,
    Fallback,
    Found,
    Note,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.answering.aspects import Aspects
from bot.answering.learning import Learned, learn
from bot.answering.look import UNKNOWN_CONDITION, Look, stated
from bot.answering.matcher import SHOWN, Match, Matcher
from bot.answering.names import Names
from bot.answering.reader import Reader
from bot.answering.safety import allowed, ruling
from bot.answering.screening import Screening
from bot.answering.search import Search, find
from bot.answering.signs import Reading
from bot.answering.text import Words, words
from bot.answering.triage import Alarm, Triage
from bot.knowledge.entry import Facet, RedFlag, Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.language import Act
from bot.reminders.sessions import named_plan
from bot.reminders.wording import Action, Wording

# The bands. Chosen on the test questions, where a little more or less of each trades a wrong
# answer for a needless question at about one to one.
OUTSIDE = 0.30  # likelihood of being in scope below which it is about other things
FOREIGN = 0.006  # ... below which it does not even ask for a technique that fits
IN_SCOPE = 0.65  # ... and from which it may be answered at once
SURE = 35.0  # score from which the best match is the answer
MEANT = 80.0  # score from which it is as good as named
AHEAD = 1.5  # times the second best's score that it needs for that
OFFERED = 1.0  # score from which a match is worth offering
# Likelihood from which a message sounds like a red flag: with a sign of that flag in it, and
# without any; and the one below which even a rule is not believed.
ALARMING, UNMISTAKABLE, DOUBTFUL = 0.5, 0.7, 0.005
KNOWN = 0.34  # share of known words below which nothing is guessed
SURE_WORDS, FLOOR = 100, 0.02  # how much words that tell an action from others add to it
HARDLY = 0.01  # likelihood that is enough where a word says so, too
ASKS = 0.5  # likelihood from which a message is about reminders
FITTING = 0.7  # ... asks for techniques that fit something named: a place, a position, a time
FITTING_RATHER = 0.3  # ... rather than tell of something in general
RATHER = 0.7  # ... or that fit the person
PERHAPS = 0.02  # ... does so rather than anything that is not sure
BRIEF = 3  # words that say nothing but a wish
PAGE = 60.0  # score from which a symptom or topic is so well matched that it answers
ONE_ASPECT = 0.02  # ... for one aspect of a technique that it describes without its name
FOR_SURE = 0.985  # ... of what one does that is simply called a psoas stretch
OF_NAMED = 0.15  # ... of a technique that it names
PLAINLY = 0.95  # likelihood from which it is one of `_NO_COMPLAINT`, however it is put
SURELY = 0.45  # likelihood from which it is clear which aspect

NODDING = "acknowledgement"  # the small talk that answers a thumb
# Aspects that are asked for and not complained of.
_NO_COMPLAINT = (Facet.CAUTIONS, Facet.DOSE, Facet.FREQUENCY, Facet.EVIDENCE, Facet.EQUIPMENT)


class Answerer:
    """Answers queries out of one knowledge. Holds no state between queries."""

    def __init__(self, knowledge: Knowledge, learned: Learned | None = None) -> None:
        """`learned` is what was learnt from this very knowledge before, where it is at hand."""
        self.knowledge = knowledge
        self._reader = Reader(knowledge, learned.vocabulary if learned else None)
        self.learned = learned or learn(knowledge, self._reader)
        flags = tuple(knowledge.red_flags.values())
        self.triage = Triage(flags, tuple(knowledge.conditions.values()))
        self._screening = Screening(flags, self.learned.screening)
        self._matcher = Matcher(knowledge, self._reader, self.learned)
        names = Names(knowledge.techniques.values(), knowledge.grammar.plain_names)
        self._names = names
        self._aspects = Aspects(self.learned.turns, self.learned.facets)
        self.wording = Wording(knowledge.reminder_words, knowledge.dictionary)
        self._named = _names(knowledge)
        self._refer = frozenset(knowledge.grammar.refer)
        plain = frozenset(knowledge.grammar.plain_names)
        techniques = knowledge.techniques.values()
        self._plain = frozenset(t.id for t in techniques if plain.intersection(t.other_names))

    def answer(self, query: str) -> Answer:
        """What to say to `query`, whatever string it is."""
        look = self.look(query)
        return Urgent(look.alarms) if look.alarms else self.decide(look, look.stated.now)

    def look(self, query: str) -> Look:
        """Everything that there is to be seen in `query`."""
        reading = self._reader.reading(query)
        said = reading.words
        named = self._named.get(words(query))
        masked = self._names.masked(said)
        packed = self._reader.packed(said)
        return Look(
            query=query,
            reading=reading,
            said=said,
            alarms=self.alarms(reading, is_name=named is not None) if said else (),
            ranking=self._matcher.rank(said, packed),
            named=named,
            mentioned=self._names.named(said),
            stated=stated(self.knowledge, reading),
            aspect=self._aspects.read(packed if masked == said else self._reader.packed(masked)),
            reader=self._reader,
        )

    def likely(self, text: str) -> Mapping[str, float]:
        """How likely (0 to 1) `text` is about each entry."""
        said = self._reader.words(text)
        return self._matcher.rank(said, self._reader.packed(said)).likely

    def decide(self, look: Look, conditions: tuple[str, ...]) -> Answer:
        """The answer to a message without alarms, for somebody with `conditions`."""
        if not look.said:
            nods = any(nod in look.query for nod in self.knowledge.grammar.nods)
            return SmallTalk(NODDING) if nods else Fallback(empty=True)
        if look.named is not None:
            return self._of_named(look, look.named, conditions)
        if self.of_reminders(look):
            return self.reminding(look, self._technique_mentioned(look), conditions)
        asked = self._asked_about(look, conditions)
        if asked is not None:
            return self._stepped(look, asked, conditions)
        if self.searches(look, conditions):
            found = self.search(look, conditions)
            if found is not None:
                return found
        answer = self._choose(look, conditions)
        if isinstance(answer, Choice | Fallback) and self._might_search(look, conditions):
            return self.search(look, conditions) or answer
        if isinstance(answer, Fallback) and look.stated.now:
            return Noted(Note.KEPT, look.stated.now)
        return answer

    def searches(self, look: Look, conditions: tuple[str, ...]) -> bool:
        """Whether a technique is asked for by what it must fit, and none by its name.

        A page on what bothers the person goes before a list, unless something must be fitted.
        """
        if look.mentioned or look.ranking.in_scope < FOREIGN:
            return False
        best = look.ranking.matches[0]
        page = best.entry in self.knowledge.symptoms and best.score >= PAGE
        general = best.entry in self.knowledge.topics
        if look.aspect.search < (FITTING_RATHER if general else FITTING):
            return False
        if any(wanted.wish.firm for wanted in look.wanted):
            return True
        fit = bool(conditions or look.wanted)
        return fit and not page and look.aspect.search >= RATHER

    def _might_search(self, look: Look, conditions: tuple[str, ...]) -> bool:
        """Whether a list says more than "did you mean" or "I do not know" would."""
        least = HARDLY if len(look.said) <= BRIEF else PERHAPS
        if look.mentioned or look.aspect.search < least:
            return False
        foreign = OUTSIDE if look.aspect.search < FITTING else FOREIGN
        if look.ranking.in_scope < foreign:
            return False
        return bool(conditions or look.wanted)

    def search(self, look: Look, conditions: tuple[str, ...]) -> Found | None:
        """What fits; with an illness that has no verdicts, what is fine with any."""
        if look.stated.unknown and not conditions:
            conditions = (UNKNOWN_CONDITION,)
        return find(self.knowledge, Search(look.wanted, conditions, look.ranking.likely))

    def of_reminders(self, look: Look) -> bool:
        """Whether the message is about reminders."""
        likely = look.aspect.reminder
        if self.wording.is_about(look.said):
            return likely >= HARDLY
        return likely >= ASKS and self.wording.hints(look.said)

    def action(self, look: Look, *, in_context: bool = False) -> Action:
        """What is wished of them: the likeliest of those that words tell apart, or of all.

        `in_context`: right after an answer about reminders, when a change needs no more words.
        """
        surely = self.wording.surely(look.said)
        likely = {
            action: (likely + FLOOR) * (SURE_WORDS if action in surely else 1)
            for action, likely in look.aspect.actions.items()
        }
        action = max(likely, key=likely.__getitem__)
        bare = Action.CHANGE not in surely and not self.wording.is_about(look.said)
        if action is Action.CHANGE and bare and not (in_context or self.refers(look)):
            return Action.SET  # nothing says that there is one to be changed
        return action

    def refers(self, look: Look) -> bool:
        """Whether a word stands for something said before."""
        return not self._refer.isdisjoint(look.said)

    def reminding(
        self,
        look: Look,
        technique: Technique | None,
        conditions: tuple[str, ...],
        action: Action | None = None,
    ) -> Reminding:
        """What is wished about reminders."""
        wish = self.wording.read(look.query, action or self.action(look))
        return Reminding(wish, technique, conditions, bool(look.mentioned))

    def says_when(self, look: Look) -> bool:
        """Whether it names a plan, or a time, days or a place and nothing that the bot knows."""
        if named_plan(self.knowledge, look.said):
            return True
        wish = self.wording.read(look.query, Action.CHANGE)
        said = wish.time or wish.days or wish.timezone
        return bool(said) and look.ranking.in_scope < OUTSIDE

    def of_technique(
        self,
        look: Look,
        technique: Technique,
        conditions: tuple[str, ...],
        facet: Facet | None = None,
    ) -> EntryAnswer:
        """The answer about `technique`, or about the one aspect of it that was asked for.

        Where conditions forbid it, nothing but that is said of it.
        """
        score = round(100 * look.ranking.likely.get(technique.id, 0.0), 1)
        candidates = self._before_others(Match(technique.id, score), look, conditions)
        facet = facet or self.facet_of(look, technique)
        if facet is Facet.CAUTIONS and look.stated.unknown:
            conditions = (*conditions, UNKNOWN_CONDITION)
        if not self._allows(technique, conditions):
            facet = Facet.CAUTIONS
        return EntryAnswer(technique, candidates, conditions, look.stated.lasting, facet)

    def facet_of(self, look: Look, technique: Technique) -> Facet | None:
        """The aspect of `technique` that was asked for, None for the whole."""
        aspect = look.aspect
        # "A stretch for the psoas" asks for the one that is called just so, not for what it does.
        plain = aspect.facet is Facet.TARGETS and technique.id in self._plain
        enough = FOR_SURE if plain else ONE_ASPECT
        one = bool(look.mentioned) or aspect.of_facet >= enough
        return aspect.facet if one and aspect.facet_likely >= SURELY else None

    def _of_named(
        self, look: Look, named: Technique | Symptom | Topic, conditions: tuple[str, ...]
    ) -> EntryAnswer:
        candidates = self._before_others(Match(named.id, 100.0), look, conditions)
        return self.whole(named, candidates, conditions, lasting=look.stated.lasting)

    def whole(
        self,
        entry: Technique | Symptom | Topic,
        candidates: tuple[Match, ...],
        conditions: tuple[str, ...],
        *,
        lasting: bool = False,
    ) -> EntryAnswer:
        """The answer that gives the whole entry; of a technique that is not allowed, only that."""
        forbidden = isinstance(entry, Technique) and not self._allows(entry, conditions)
        facet = Facet.CAUTIONS if forbidden else None
        return EntryAnswer(entry, candidates, conditions, lasting, facet)

    def _before_others(
        self, own: Match, look: Look, conditions: tuple[str, ...]
    ) -> tuple[Match, ...]:
        """`own` and its runners-up, without what the conditions forbid."""
        others = (match for match in look.ranking.matches if match.entry != own.entry)
        return (own, *(m for m in others if self._may_offer(m.entry, conditions)))[:SHOWN]

    def _allows(self, technique: Technique, conditions: tuple[str, ...]) -> bool:
        return ruling(self.knowledge, technique, conditions).allows

    def _asked_about(self, look: Look, conditions: tuple[str, ...]) -> Technique | None:
        """The one technique named, if it is not allowed or one aspect of it is asked for."""
        technique = self._technique_mentioned(look)
        if technique is None:
            return None
        forbidden = not self._allows(technique, conditions)
        if not forbidden and self._means_another(look, technique):
            return None
        aspect = look.aspect
        stepped = aspect.label in (Act.GENTLER, Act.STRONGER)
        plainly = aspect.facet in _NO_COMPLAINT and aspect.facet_likely >= PLAINLY
        of_it = stepped or plainly or aspect.of_facet >= OF_NAMED
        of_ours = look.ranking.likely[technique.id] >= ONE_ASPECT
        return technique if forbidden or (of_it and of_ours) else None

    def _means_another(self, look: Look, technique: Technique) -> bool:
        """Whether the words clearly mean another technique than the one that they name."""
        best = look.ranking.matches[0]
        other = best.entry != technique.id and best.entry in self.knowledge.techniques
        return other and best.score >= PAGE and look.ranking.likely[technique.id] < ONE_ASPECT

    def _stepped(
        self, look: Look, technique: Technique, conditions: tuple[str, ...]
    ) -> EntryAnswer:
        """The answer about `technique`, or about the easier or harder one that is wanted."""
        label = look.aspect.label
        form = technique.easier if label is Act.GENTLER else None
        form = technique.harder if label is Act.STRONGER else form
        leads = allowed(self.knowledge, form.techniques, conditions) if form else ()
        if leads:
            own = (Match(leads[0].id, 100.0),)
            return self.whole(leads[0], own, conditions, lasting=look.stated.lasting)
        return self.of_technique(look, technique, conditions)

    def _technique_mentioned(self, look: Look) -> Technique | None:
        """The only technique that the message names."""
        if len(look.mentioned) != 1:
            return None
        return self.knowledge.techniques[look.mentioned[0]]

    def alarms(self, reading: Reading, *, is_name: bool = False) -> tuple[Alarm, ...]:
        """The red flags that rules raise, or else the one that the message sounds like.

        An entry's bare name sounds like nothing but itself; a rule holds for it all the same.
        """
        flag, likely = self._screening.likeliest(reading.sentences)
        by_rule = self.triage.alarms(reading.signs)
        if by_rule and likely >= DOUBTFUL:
            return by_rule
        if is_name:
            return ()
        needed = ALARMING if self.triage.touches(flag, reading.signs) else UNMISTAKABLE
        return (Alarm(flag.id, flag.tier, reading.of_other),) if likely >= needed else ()

    def _choose(self, look: Look, conditions: tuple[str, ...]) -> Answer:
        ranking, lasting = look.ranking, look.stated.lasting
        if ranking.small_talk:
            return SmallTalk(ranking.small_talk)
        if ranking.in_scope < OUTSIDE or ranking.known < KNOWN:
            return Fallback(ranking.matches, outside=ranking.in_scope < OUTSIDE)
        best, *others = ranking.matches
        ahead = all(best.score >= AHEAD * other.score for other in others)
        sure = ahead and best.score >= SURE and ranking.in_scope >= IN_SCOPE
        entry = self.knowledge.entry(best.entry)
        if sure and isinstance(entry, Technique):
            return self._of_meant(look, entry, conditions)
        if sure and entry is not None and not isinstance(entry, RedFlag):
            candidates = self._before_others(best, look, conditions)
            return EntryAnswer(entry, candidates, conditions, lasting, wanted=look.wanted)
        offered = tuple(
            match
            for match in self._in_order(look)
            if match.score >= OFFERED and self._may_offer(match.entry, conditions)
        )
        return Choice(offered, conditions, lasting) if offered else Fallback(ranking.matches)

    def _of_meant(
        self, look: Look, technique: Technique, conditions: tuple[str, ...]
    ) -> EntryAnswer | Found:
        """The technique that the words mean; one that nobody named is replaced by what is safe."""
        meant = technique.id in look.mentioned or look.ranking.matches[0].score >= MEANT
        if not meant and not self._allows(technique, conditions):
            found = self.search(look, conditions)
            if found is not None:
                return found
        return self.of_technique(look, technique, conditions)

    def _in_order(self, look: Look) -> tuple[Match, ...]:
        """What may be meant: the techniques that are named, in their order, or the best matches."""
        if len(look.mentioned) < 2:
            return look.ranking.matches
        likely = look.ranking.likely
        return tuple(Match(id, max(OFFERED, round(100 * likely[id], 1))) for id in look.mentioned)

    def _may_offer(self, id: str, conditions: tuple[str, ...]) -> bool:
        technique = self.knowledge.techniques.get(id)
        return technique is None or self._allows(technique, conditions)


def _names(knowledge: Knowledge) -> dict[Words, Technique | Symptom | Topic]:
    """Each entry by its names: whoever types one means that entry and no other."""
    return {words(name): e for e in knowledge.advice() for name in (e.title, *e.other_names)}
