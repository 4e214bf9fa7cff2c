"""One turn of a conversation -> its Answer: what "it", "another" and "the second one" mean.

A message that stands on its own is answered as such; only one that leans on what was said before
is given its context. Red flags come before everything, also when their parts come in two messages,
and stay in force until the person says that they have been looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.answering.answer import Answerer
from bot.answering.answers import (
    Answer,
    Choice,
    EntryAnswer,
    Explained,
    Fallback,
    Found,
    Note,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.answering.choosing import FEW, LEANING, Turn, chosen
from bot.answering.conversation import Conversation
from bot.answering.look import Look
from bot.answering.safety import ALTERNATIVES, allowed, instead, ruling
from bot.answering.search import Search, find, helping
from bot.answering.signs import Reading
from bot.answering.standing import SAID_SO, is_cleared, raised_together
from bot.answering.wordings import Wordings
from bot.knowledge.entry import Facet, RedFlag, Symptom, Technique, Topic, Verdict
from bot.knowledge.language import Act
from bot.reminders.wording import Action

ABOUT_IT = 0.25  # ... of being about reminders, right after an answer about them
REFERRING = 0.1  # ... with a word such as "it" in them
HINTING = 0.02  # ... when they mean nothing by themselves
CLEAR, SURELY = 0.5, 0.7  # likelihood from which it is clear which aspect of it is asked for
MEANS = 60.0  # score from which a message means an entry of its own
ITSELF = 95.0  # ... and the muscle, rather than the technique for it
COMPLAINS = 50.0  # ... and a complaint, rather than the question where to feel it
ASKS_ASPECT = 0.9  # likelihood from which an aspect is asked for, whatever else it sounds like
SHORT = 15  # words
SENTENCES_KEPT = 2  # of the last message; of signs there are only so many

_INSTEAD = (Facet.EASIER, Act.GENTLER, Act.ANOTHER, Act.STRONGER, Facet.HARDER)
_HARMLESS = (Action.STOP, Action.PAUSE, Action.LIST)


class Dialogue:
    """Answers turns. Holds no state: a conversation goes in and comes out."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._knowledge = answerer.knowledge
        self._all_of_it = frozenset(answerer.knowledge.grammar.all_of_it)
        self._forget = Wordings(answerer.knowledge.grammar.forget)
        grammar = answerer.knowledge.grammar
        self._muscle = Wordings(grammar.muscle)
        self._general = frozenset(w for name in grammar.plain_names for w in name.split())
        self._reject = frozenset(answerer.knowledge.grammar.reject)

    def turn(self, before: Conversation, query: str) -> tuple[Answer, Conversation]:
        """The answer to `query`, and the conversation as it then stands."""
        look = self._answerer.look(self._wanted_instead(query))
        said = self._holding(before, look)
        turn = Turn(look, said, self._conditions(said, look))
        answer = self._answer(turn)
        return answer, self._after(turn, answer)

    def _wanted_instead(self, query: str) -> str:
        """`query` without the "no," that it begins with, if it goes on: "no, the yoga one"."""
        rejected, comma, rest = query.partition(",")
        said = rejected.strip().casefold() in self._reject
        return rest if comma and said and rest.strip() else query

    def opened(self, before: Conversation, entry: str) -> tuple[Answer, Conversation]:
        """The answer to a button that opens `entry`, an id of the knowledge's advice."""
        answer: Answer
        if before.alarms:
            answer = Urgent(before.alarms, standing=True)
        else:
            answer = self._entry(entry, before.held)
        return answer, before.after(answer)

    def explained(self, before: Conversation, entry: str) -> Explained:
        """Why `entry` was answered with, as far as that is still known."""
        last = explained(before)
        match last.answer:
            case EntryAnswer(entry=answered) if answered.id == entry:
                return last
            case Found(suggestions) if suggestions[0].technique.id == entry:
                return last
        answer = self._entry(entry, ())
        return Explained(answer if isinstance(answer, EntryAnswer) else None)

    def _answer(self, turn: Turn) -> Answer:
        look, before = turn.look, turn.before
        label = look.aspect.label if look.aspect.likely >= SAID_SO else None
        if before.alarms and is_cleared(self._answerer, look):
            if not look.mentioned:
                return Noted(Note.CLEARED, before.held)
            return self._answerer.decide(look, turn.conditions)
        alarms = look.alarms or raised_together(self._answerer, before, look)
        if alarms:
            return Urgent(alarms)
        if label is Act.RESTART and look.named is None:
            return Noted(Note.RESTARTED)
        if before.alarms:
            return self._under_alarm(turn)
        if label is Act.HELD:
            return Noted(Note.HELD, before.held)
        forgotten = self._forgotten(turn) if label is Act.FORGET else None
        if forgotten is not None:
            return forgotten
        return self._with_context(turn) or self._answerer.decide(look, turn.conditions)

    def _under_alarm(self, turn: Turn) -> Answer:
        """A red flag is in force: no technique is offered."""
        look, talk = turn.look, turn.look.ranking.small_talk
        if talk is not None:
            return SmallTalk(talk)
        if self._answerer.of_reminders(look) and look.aspect.action in _HARMLESS:
            return self._answerer.reminding(look, None, turn.conditions)
        return Urgent(turn.before.alarms, standing=True)

    def _with_context(self, turn: Turn) -> Answer | None:
        """The answer to a turn that leans on what was said before, or None."""
        look, before = turn.look, turn.before
        if look.named is None and self._of_reminders(turn):
            action = self._answerer.action(look, in_context=isinstance(before.last, Reminding))
            return self._answerer.reminding(look, self._reminded_of(turn), turn.conditions, action)
        picked = chosen(self._knowledge, turn)
        if picked is not None:
            return self._entry(picked, turn.conditions, look)
        if look.named is not None or look.mentioned:
            return None
        kind = self._elliptic(turn) and look.aspect.search >= LEANING
        if self._names_another(turn):
            return self._search_on(turn) if kind else None
        label = look.aspect.label if look.aspect.likely >= LEANING else Act.NEW
        if self._refused_before(turn) and label in _INSTEAD:
            return self._another(turn)
        act = self._acts().get(label) if isinstance(label, Act) else None
        if act is not None:
            return act(turn)
        if kind:
            return self._search_on(turn)
        return self._in_light_of(turn) or self._facet(turn)

    def _names_another(self, turn: Turn) -> bool:
        """Whether the words clearly mean another technique than the one talked about."""
        best = turn.look.ranking.matches[0]
        technique = self._it(turn.before)
        other = best.entry in self._knowledge.techniques
        return other and best.score >= MEANS and (technique is None or technique.id != best.entry)

    def _refused_before(self, turn: Turn) -> bool:
        """Whether the last answer was that a technique is not for this person."""
        last = turn.before.last
        if not isinstance(last, EntryAnswer) or not isinstance(last.entry, Technique):
            return False
        return not ruling(self._knowledge, last.entry, last.conditions).allows

    def _of_reminders(self, turn: Turn) -> bool:
        """Whether it is about reminders; right after one, a time or a place is enough."""
        likely = turn.look.aspect.reminder
        if not isinstance(turn.before.last, Reminding):
            return self._answerer.of_reminders(turn.look)
        short = len(turn.look.said) <= SHORT
        return likely >= ABOUT_IT or (short and self._answerer.says_when(turn.look))

    def _acts(self) -> Mapping[Act, Callable[[Turn], Answer | None]]:
        return {
            Act.ANOTHER: self._another,
            Act.GENTLER: self._gentler,
            Act.STRONGER: self._stronger,
            Act.AGAIN: self._again,
            Act.WHY: lambda turn: explained(turn.before),
            Act.NO: self._no,
        }

    def _elliptic(self, turn: Turn) -> bool:
        """Whether a few words only say of what kind the next technique should be."""
        look = turn.look
        short = len(look.said) <= FEW and self._answerer.refers(look)
        return short and bool(look.wanted) and bool(turn.before.shown)

    def _facet(self, turn: Turn) -> Answer | None:
        """One aspect of the technique that was talked about.

        The less it looks like one, the more must speak for it: a word such as "it", or that the
        message means nothing by itself.
        """
        technique, aspect = self._it(turn.before), turn.look.aspect
        if technique is None or aspect.facet_likely < CLEAR:
            return None
        best = turn.look.ranking.matches[0]
        if self._is_of_muscle(turn):
            return None
        complains = best.score >= COMPLAINS and best.entry in self._knowledge.symptoms
        if complains and aspect.facet is Facet.FEEL and aspect.of_facet < ASKS_ASPECT:
            return None  # "it hurts" asks for help, not where to feel it
        about_it = aspect.of_facet >= LEANING or (
            aspect.of_facet >= REFERRING and self._answerer.refers(turn.look)
        )
        if not about_it and not self._says_little(turn):
            return None
        return self._answerer.of_technique(turn.look, technique, turn.conditions, aspect.facet)

    def _is_of_muscle(self, turn: Turn) -> bool:
        """Whether the muscle itself is asked about by name: "what is the psoas"."""
        best, look = turn.look.ranking.matches[0], turn.look
        page = best.entry in self._knowledge.topics and best.score >= ITSELF
        named = any(True for _ in self._muscle.within(look.said))
        return page and named and not self._answerer.refers(look)

    def _says_little(self, turn: Turn) -> bool:
        """Whether a message is about the technique because alone it says nothing, or too little."""
        aspect, look = turn.look.aspect, turn.look
        alone = self._answerer.decide(look, turn.conditions)
        if isinstance(alone, SmallTalk) and not self._answerer.refers(look):
            return False  # "ok", "thanks"
        if isinstance(alone, Choice | Fallback | SmallTalk | Noted):
            return aspect.of_facet >= HINTING
        page = isinstance(alone, EntryAnswer) and isinstance(alone.entry, Topic)
        few = len(look.said) <= FEW and aspect.facet_likely >= SURELY
        return page and few and self._general.isdisjoint(look.said)

    def _in_light_of(self, turn: Turn) -> Answer | None:
        """A condition said right after a technique: what it means for that technique."""
        technique, look = self._it(turn.before), turn.look
        if technique is None or not look.stated.now:
            return None
        asks = self._answerer.refers(look) and len(look.said) <= SHORT
        page = look.ranking.matches[0].score >= MEANS
        if not asks and (page or self._answerer.searches(look, turn.conditions)):
            return None
        if ruling(self._knowledge, technique, look.stated.now).verdict is Verdict.OK and not asks:
            return None
        facet = Facet.CAUTIONS
        return self._answerer.of_technique(look, technique, turn.conditions, facet)

    def _another(self, turn: Turn) -> Answer | None:
        """Another technique: for the same wishes, or near to the one talked about."""
        before = turn.before
        if not before.shown and before.entry is None:
            return None
        technique = self._knowledge.techniques.get(before.technique or "")
        waiting = [id for id in before.offered if id not in before.shown]
        if technique is None and waiting:
            return self._entry(waiting[0], turn.conditions, turn.look)
        if technique is not None and not before.wanted and not turn.look.wanted:
            near = instead(self._knowledge, technique, turn.conditions, len(before.shown) + 1)
            fresh = [other for other in near if other.id not in before.shown]
            if fresh:
                return self._entry(fresh[0].id, turn.conditions, turn.look)
        return self._search_on(turn)

    def _search_on(self, turn: Turn) -> Found | None:
        """The next techniques for the wishes of before and those of now."""
        wanted = tuple({w.wish.id: w for w in (*turn.before.wanted, *turn.look.wanted)}.values())
        likely, near = turn.look.ranking.likely, self._it(turn.before)
        again = Search(wanted, turn.conditions, likely, near=near)
        fresh = replace(again, without=frozenset(turn.before.shown))
        return find(self._knowledge, fresh) or find(self._knowledge, again)

    def _gentler(self, turn: Turn) -> Answer | None:
        return self._along(turn, Facet.EASIER)

    def _stronger(self, turn: Turn) -> Answer | None:
        return self._along(turn, Facet.HARDER)

    def _along(self, turn: Turn, way: Facet) -> Answer | None:
        """An easier or harder technique than the one talked about, or its own such form."""
        technique = self._it(turn.before)
        if technique is None:
            return None
        form = technique.easier if way is Facet.EASIER else technique.harder
        leads = allowed(self._knowledge, form.techniques, turn.conditions)
        if leads:
            return self._entry(leads[0].id, turn.conditions)
        return self._answerer.of_technique(turn.look, technique, turn.conditions, way)

    def _again(self, turn: Turn) -> Answer | None:
        entry = turn.before.entry
        return self._entry(entry, turn.conditions) if entry else None

    def _no(self, turn: Turn) -> Answer | None:
        return Fallback() if turn.before.asked else None

    def _forgotten(self, turn: Turn) -> Noted | None:
        """What the message takes back is forgotten, everything only where it says so.

        "Ah, forget it" is said so easily that it clears nothing.
        """
        look, held = turn.look, turn.before.held
        named = {*look.stated.now, *look.stated.denied}
        takes_back = any(True for _ in self._forget.within(look.said))
        if named and (takes_back or not look.stated.now):
            return Noted(Note.FORGOTTEN, tuple(id for id in held if id not in named))
        if takes_back and not self._all_of_it.isdisjoint(look.said):
            return Noted(Note.FORGOTTEN)
        return None

    def _reminded_of(self, turn: Turn) -> Technique | None:
        """The technique that a wish about reminders means."""
        mentioned = turn.look.mentioned
        if len(mentioned) == 1:
            return self._knowledge.techniques[mentioned[0]]
        last = turn.before.last
        if isinstance(last, Reminding):
            return last.technique
        return (
            self._knowledge.techniques.get(turn.before.technique or "") if not mentioned else None
        )

    def _it(self, before: Conversation) -> Technique | None:
        """The technique that was talked about, or the first that was offered."""
        techniques = self._knowledge.techniques
        offered = next((id for id in before.offered if id in techniques), "")
        return techniques.get(before.technique or offered)

    def _entry(self, id: str, conditions: tuple[str, ...], look: Look | None = None) -> Answer:
        entry = self._knowledge.entry(id)
        if entry is None or isinstance(entry, RedFlag):
            return Fallback()
        matches = look.ranking.matches if look else ()
        own = tuple(match for match in matches if match.entry == id)
        return self._answerer.whole(entry, own, conditions)

    def _holding(self, before: Conversation, look: Look) -> Conversation:
        """The conversation with the conditions that this message adds and takes back."""
        stated = look.stated
        kept = replace(
            before,
            held=tuple(id for id in before.held if id not in stated.denied),
            held_of_other=tuple(id for id in before.held_of_other if id not in stated.denied),
        )
        own = [id for id in stated.now if id not in stated.of_other]
        others = [id for id in stated.now if id in stated.of_other]
        return replace(
            kept, held=_joined(kept.held, own), held_of_other=_joined(kept.held_of_other, others)
        )

    def _conditions(self, said: Conversation, look: Look) -> tuple[str, ...]:
        """The conditions that hold for this turn, those of somebody else only where meant."""
        own = self._knowledge.grammar.own
        of_self = any(word in own for word in look.said) and not look.stated.of_other
        others = () if of_self else said.held_of_other
        return _joined(_joined(said.held, others), look.stated.now)

    def _after(self, turn: Turn, answer: Answer) -> Conversation:
        """The conversation once `answer` has been given."""
        before = turn.before
        match answer:
            case Noted(Note.RESTARTED):
                return Conversation()
            case Noted(Note.CLEARED):
                return Conversation(held=before.held, held_of_other=before.held_of_other)
            case EntryAnswer() if before.alarms:  # given only once they have been looked at
                fresh = Conversation(held=before.held, held_of_other=before.held_of_other)
                return fresh.after(answer)
            case Noted(Note.FORGOTTEN, left):
                return replace(before, held=left, held_of_other=(), last=answer)
        signs = before.reading.signs | turn.look.reading.signs
        reading = Reading(signs, turn.look.reading.sentences[-SENTENCES_KEPT:])
        wanted = turn.look.wanted if isinstance(answer, Found) else before.wanted
        after = replace(before, reading=reading, wanted=wanted).after(answer)
        offered = self._listed(answer) or turn.look.mentioned
        return replace(after, offered=offered) if len(offered) > 1 else after

    def _listed(self, answer: Answer) -> tuple[str, ...]:
        """The techniques that a page lists: what helps, or what there is instead."""
        match answer:
            case EntryAnswer(entry=Symptom() as symptom, conditions=conditions, wanted=wanted):
                helps = helping(self._knowledge, symptom, conditions, wanted)
                return tuple(help.technique for help in helps)
            case EntryAnswer(entry=Technique() as technique, conditions=conditions):
                if ruling(self._knowledge, technique, conditions).allows:
                    return ()
                others = instead(self._knowledge, technique, conditions, ALTERNATIVES)
                return tuple(other.id for other in others)
            case _:
                return ()


def _joined(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def explained(before: Conversation) -> Explained:
    """Why the last answer was given."""
    last = before.last
    return Explained(last if isinstance(last, EntryAnswer | Found | Choice) else None)
