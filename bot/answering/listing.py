"""What to list while somebody types: entries to be sent into a chat of other people.

What is sent is read by people who know nothing of the asker, and it stands there without a word on
them. So where anything is known of the asker, only what is safe just as it is written is listed:
a technique that they would have to adapt is told in private, with how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.answer import OFFERED, Answerer
from bot.answering.answers import Answer, Choice, EntryAnswer, Found, Reminding, Urgent
from bot.answering.beginnings import Beginnings
from bot.answering.conversation import Conversation
from bot.answering.look import UNKNOWN_CONDITION, Look
from bot.answering.safety import instead, ruling
from bot.answering.standing import raised_together
from bot.answering.text import words
from bot.knowledge.entry import Facet, Symptom, Technique, Topic, Verdict
from bot.knowledge.knowledge import Knowledge

FEW = 3  # techniques of a page on a condition, of which fewer are hardly a list


@dataclass(frozen=True, slots=True)
class Listed:
    """Entries to choose from, best first, all of them safe with the asker's conditions `own`.

    `lasting`: the trouble has lasted or grows worse.
    """

    answers: tuple[EntryAnswer, ...] = ()
    own: tuple[str, ...] = ()
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Withheld:
    """A red flag of the asker's is in force: nothing is listed, and nobody else is told why."""


Listing = Listed | Withheld | Urgent | Reminding


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query that raises no alarm, and what is known of whoever asks."""

    look: Look
    answer: Answer
    stated: tuple[str, ...]  # conditions that the query itself tells
    own: tuple[str, ...]  # these, and those that the asker told of before
    begun: tuple[str, ...]  # entries with a name that begins with the query

    @property
    def minded(self) -> tuple[str, ...]:
        """The conditions that techniques must suit: those of the page that answers count, too."""
        match self.answer:
            case EntryAnswer(entry=Symptom(conditions=conditions)):
                return (*self.own, *conditions)
            case _:
                return self.own


class Lister:
    """Lists entries out of one knowledge. Holds no state between queries."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._knowledge = answerer.knowledge
        self._beginnings = Beginnings(answerer.knowledge.advice())

    def listing(self, query: str, before: Conversation) -> Listing:
        """What to list under `query` for somebody who has said `before` in private."""
        if not query.strip():
            return Withheld() if before.alarms else self._favourites(before)
        look = self._answerer.look(query)
        if look.alarms:
            return Urgent(look.alarms)
        if before.alarms or raised_together(self._answerer, before, look):
            return Withheld()
        asked = self._asked(look, before)
        if isinstance(asked.answer, Reminding):
            return asked.answer
        found = (self._told(asked, id) for id in dict.fromkeys(self._in_order(asked)))
        answers = tuple(answer for answer in found if answer is not None)
        return Listed(answers, asked.own, look.stated.lasting)

    def _favourites(self, before: Conversation) -> Listed:
        held = _told_before(before)
        entries = (self._entry(id) for id in self._knowledge.messages.inline.favourites)
        kept = (_suiting(self._knowledge, entry, held, held) for entry in entries if entry)
        return Listed(tuple(EntryAnswer(entry, ()) for entry in kept if entry), held)

    def _asked(self, look: Look, before: Conversation) -> _Asked:
        told = _told_before(before)
        answer = self._answerer.decide(look, tuple(dict.fromkeys((*told, *look.stated.now))))
        unknown = (UNKNOWN_CONDITION,) if look.stated.unknown else ()
        stated = (*look.stated.now, *unknown)
        begun = self._beginnings.begun(words(look.query))
        return _Asked(look, answer, stated, tuple(dict.fromkeys((*told, *stated))), begun)

    def _in_order(self, asked: _Asked) -> Iterator[str]:
        """Ids of what may be meant, best first, whether or not it suits the asker."""
        look, answer = asked.look, asked.answer
        if look.named is not None:
            yield look.named.id
        yield from _likeliest(look, asked.begun)
        holding = _likeliest(look, self._beginnings.holding(words(look.query)))
        match answer:
            case EntryAnswer(entry=Symptom() as symptom):
                yield from (symptom.id, *self._helping(asked, symptom))
                yield from self._pages((*holding, *_runners_up(look)))
            case EntryAnswer(entry=(Technique() | Topic()) as entry):
                yield from (entry.id, *self._near(asked, entry), *holding, *_runners_up(look))
            case Found(suggestions):
                yield from (s.technique.id for s in suggestions)
                yield from (*holding, *_runners_up(look))
            case Choice(candidates):
                yield from (match.entry for match in candidates)
                yield from (*holding, *_runners_up(look))
            case _:
                yield from holding

    def _helping(self, asked: _Asked, symptom: Symptom) -> Iterator[str]:
        """What helps with `symptom` as it is; a help with a note ("later") stands on its page.

        Where hardly any is left of a page on the very condition that the query tells, whatever is
        safe with it.
        """
        plainly = [help.technique for help in symptom.helps if help.note is None]
        yield from plainly
        if symptom.conditions and asked.stated and len(plainly) < FEW:
            yield from self._knowledge.techniques

    def _near(self, asked: _Asked, entry: Technique | Topic) -> Iterable[str]:
        """What else may serve: easier and harder forms, or what there is instead."""
        if isinstance(entry, Topic):
            return entry.related
        if ruling(self._knowledge, entry, asked.own).allows:
            return (*entry.easier.techniques, *entry.harder.techniques)
        count = len(self._knowledge.techniques)
        return (other.id for other in instead(self._knowledge, entry, asked.own, count))

    def _pages(self, ids: Iterable[str]) -> Iterator[str]:
        """Without techniques: beside a complaint only those are listed that help with it."""
        return (id for id in ids if id not in self._knowledge.techniques)

    def _told(self, asked: _Asked, id: str) -> EntryAnswer | None:
        """The entry as it is to be sent, or None where it does not suit."""
        entry = self._entry(id)
        if entry is None:
            return None
        suiting = _suiting(self._knowledge, entry, asked.own, asked.minded)
        return EntryAnswer(suiting, (), facet=_facet(asked, id)) if suiting else None

    def _entry(self, id: str) -> Technique | Symptom | Topic | None:
        entry = self._knowledge.entry(id)
        return entry if isinstance(entry, Technique | Symptom | Topic) else None


def _told_before(before: Conversation) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before.held, *before.held_of_other)))


def _likeliest(look: Look, ids: Iterable[str]) -> list[str]:
    likely = look.ranking.likely
    return sorted(ids, key=lambda entry: -round(likely.get(entry, 0.0), 1))


def _runners_up(look: Look) -> Iterator[str]:
    """All that the matcher thinks worth offering, best first."""
    likely = sorted(look.ranking.likely.items(), key=lambda one: -one[1])
    return (id for id, probability in likely if 100 * probability >= OFFERED)


def _facet(asked: _Asked, id: str) -> Facet | None:
    """The aspect that the query asks for of a technique, where it is more than its name.

    Cautions name conditions: where one was told, they would repeat it.
    """
    match asked.answer:
        case EntryAnswer(entry=Technique(id=answering), facet=facet) if answering == id:
            named = id in asked.look.mentioned and id not in asked.begun
            whole = not named or facet is Facet.STEPS
            return None if whole or (facet is Facet.CAUTIONS and asked.own) else facet
        case _:
            return None


def _suiting(
    knowledge: Knowledge,
    entry: Technique | Symptom | Topic,
    own: tuple[str, ...],
    minded: tuple[str, ...],
) -> Technique | Symptom | Topic | None:
    """The entry as far as it is safe, just as it stands, with the conditions `minded`.

    A page on a condition would tell others of the asker's `own`; topics tell of things to do, too,
    and nobody has judged them.
    """
    match entry:
        case Technique():
            return entry if _is_plainly_safe(knowledge, entry, minded) else None
        case Symptom():
            techniques = knowledge.techniques
            helps = tuple(
                help
                for help in entry.helps
                if _is_plainly_safe(knowledge, techniques[help.technique], own)
            )
            kept = helps and not (own and entry.conditions)
            return entry.model_copy(update={"helps": helps}) if kept else None
        case Topic():
            return None if own else entry


def _is_plainly_safe(knowledge: Knowledge, technique: Technique, minded: tuple[str, ...]) -> bool:
    return ruling(knowledge, technique, minded).verdict is Verdict.OK
