"""Faults that one file alone cannot show: ids that lead nowhere, and promises that do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.knowledge.entry import RedFlag, Symptom, Technique, Verdict
from bot.knowledge.faults import Fault, Place
from bot.knowledge.knowledge import ENTRY_FOLDERS, EXAMPLES_FOLDER, Entry, Knowledge
from bot.knowledge.plans import Plan

FEWEST_PHRASES = 30
_NEEDS_A_NOTE = {Verdict.EASIER, Verdict.SUPPORT, Verdict.AS_TOLD, Verdict.ASK}


def faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every fault between the files of `knowledge`, entry by entry."""
    for technique in knowledge.techniques.values():
        yield from _technique(knowledge, technique)
    for symptom in knowledge.symptoms.values():
        yield from _symptom(knowledge, symptom)
    for topic in knowledge.topics.values():
        known = {entry.id for entry in knowledge.entries()} - set(knowledge.red_flags)
        yield from _known(knowledge, topic, ("related", topic.related), known, "entry")
    for flag in knowledge.red_flags.values():
        yield from _red_flag(knowledge, flag)
    for entry in knowledge.entries():
        yield from _any_entry(knowledge, entry)
    for id in knowledge.red_flags.keys() ^ knowledge.examples.keys() if knowledge.examples else ():
        text = "needs a file in red-flags/ and one in examples/, and has only one of them"
        yield Fault(knowledge.folder / EXAMPLES_FOLDER / f"{id}.yaml", (), text)
    yield from _duplicate_ids(knowledge)
    yield from _conditions(knowledge)
    yield from _plans(knowledge)
    yield from _quiz(knowledge)
    yield from _favourites(knowledge)


def file_of(knowledge: Knowledge, entry: Entry) -> Path:
    folder = next(name for name, kind in ENTRY_FOLDERS.items() if isinstance(entry, kind))
    return knowledge.folder / folder / f"{entry.id}.yaml"


def _any_entry(knowledge: Knowledge, entry: Entry) -> Iterator[Fault]:
    yield from _known(knowledge, entry, ("sources", entry.sources), knowledge.sources, "source")
    if len(entry.phrases) < FEWEST_PHRASES:
        text = f"has {len(entry.phrases)} phrases; at least {FEWEST_PHRASES} are needed"
        yield Fault(file_of(knowledge, entry), ("phrases",), text)


def _technique(knowledge: Knowledge, technique: Technique) -> Iterator[Fault]:
    file = file_of(knowledge, technique)
    if technique.family not in knowledge.messages.families:
        text = f"the family {technique.family!r} has no name under families in messages.yaml"
        yield Fault(file, ("family",), text)
    for way in ("easier", "harder"):
        leads_to = getattr(technique, way).techniques
        place = (way, "techniques")
        yield from _known(
            knowledge, technique, (place, leads_to), knowledge.techniques, "technique"
        )
        if technique.id in leads_to:
            yield Fault(file, place, "leads to itself")
    stated = [caution.condition for caution in technique.cautions]
    yield from _known(knowledge, technique, ("cautions", stated), knowledge.conditions, "condition")
    for twice in sorted({id for id in stated if stated.count(id) > 1}):
        yield Fault(file, ("cautions",), f"the condition {twice!r} stands here twice")
    for condition in knowledge.conditions.values():
        must = condition.otherwise == "stated" and not condition.strictest_of
        if must and condition.id not in stated:
            yield Fault(file, ("cautions",), f"no verdict for the condition {condition.id!r}")


def _symptom(knowledge: Knowledge, symptom: Symptom) -> Iterator[Fault]:
    helps = [help.technique for help in symptom.helps]
    yield from _known(knowledge, symptom, ("helps", helps), knowledge.techniques, "technique")
    conditions = symptom.conditions
    yield from _known(
        knowledge, symptom, ("conditions", conditions), knowledge.conditions, "condition"
    )
    yield from _known(
        knowledge, symptom, ("red_flags", symptom.red_flags), knowledge.red_flags, "red flag"
    )
    for number, help in enumerate(symptom.helps):
        technique = knowledge.techniques.get(help.technique)
        for condition in conditions:
            if technique is None or condition not in knowledge.conditions:
                continue
            verdict, _ = knowledge.verdict(technique, condition)
            place = ("helps", number)
            if verdict is Verdict.NO:
                text = f"offers {technique.id!r}, whose cautions forbid it with {condition!r}"
                yield Fault(file_of(knowledge, symptom), place, text)
            elif verdict in _NEEDS_A_NOTE and help.note is None:
                text = f"{technique.id!r} needs a note: its verdict with {condition!r} is {verdict}"
                yield Fault(file_of(knowledge, symptom), place, text)


def _red_flag(knowledge: Knowledge, flag: RedFlag) -> Iterator[Fault]:
    file = file_of(knowledge, flag)
    tiers = {flag.tier}
    known = {sign for other in knowledge.red_flags.values() for sign in other.signs}
    known |= set(knowledge.signs) | set(knowledge.conditions)
    for key in ("strong", "pairs"):
        for number, rule in enumerate(getattr(flag, key)):
            tiers |= {rule.tier} if rule.tier else set()
            for sign in {sign for part in rule.signs for sign in part.split("|")} - known:
                yield Fault(file, (key, number), f"the sign {sign!r} is defined nowhere")
    for tier in sorted(tiers - {what.tier for what in flag.what_to_do}):
        yield Fault(file, ("what_to_do",), f"says nothing for tier {tier}, which its rules raise")
    for other in knowledge.red_flags.values():
        if other.precedence == flag.precedence and other.id < flag.id:
            yield Fault(file, ("precedence",), f"the same as that of {other.id!r}")
        for sign in set(other.signs) & set(flag.signs) if other.id < flag.id else ():
            yield Fault(file, ("signs", sign), f"is also defined by {other.id!r}")
    for sign in set(flag.signs) & (set(knowledge.signs) | set(knowledge.conditions)):
        yield Fault(file, ("signs", sign), "is also defined in signs.yaml or conditions.yaml")


def _conditions(knowledge: Knowledge) -> Iterator[Fault]:
    file = knowledge.folder / "conditions.yaml"
    for condition in knowledge.conditions.values():
        for part in condition.strictest_of:
            if part not in knowledge.conditions:
                yield Fault(
                    file, (condition.id, "strictest_of"), f"no condition is called {part!r}"
                )


def _plans(knowledge: Knowledge) -> Iterator[Fault]:
    file = knowledge.folder / "plans.yaml"
    for number, text in _each_once(knowledge, knowledge.plans.varied):
        yield Fault(file, ("varied", number), text)
    for plan in knowledge.plans.starters.values():
        taken = knowledge.entry(plan.id)
        if taken is not None:
            text = f"the id is taken by {file_of(knowledge, taken)}"
            yield Fault(file, ("starters", plan.id), text)
        if plan.id == "varied":
            text = "the id means the plan of a different technique each day"
            yield Fault(file, ("starters", plan.id), text)
        for place, text in _plan(knowledge, plan):
            yield Fault(file, ("starters", plan.id, *place), text)


def _plan(knowledge: Knowledge, plan: Plan) -> Iterator[tuple[Place, str]]:
    """Where in `plan` something is wrong, and what."""
    items = [item.technique for item in plan.items]
    for number, text in _each_once(knowledge, items):
        yield ("items", number), text
    for number, id in enumerate(plan.not_for):
        if id not in knowledge.conditions:
            yield ("not_for", number), f"no condition is called {id!r}"
    for number, swap in enumerate(plan.swaps):
        if swap.condition not in knowledge.conditions:
            yield ("swaps", number), f"no condition is called {swap.condition!r}"
        if swap.technique not in items:
            yield ("swaps", number), f"{swap.technique!r} is not among the items"
        for _, text in _each_once(knowledge, [swap.instead]):
            yield ("swaps", number), text
        if swap.instead in items:
            yield ("swaps", number), f"{swap.instead!r} is among the items already"


def _each_once(knowledge: Knowledge, ids: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The number of each of `ids` that is no technique or stands there before, and what it is."""
    for number, id in enumerate(ids):
        if id not in knowledge.techniques:
            yield number, f"no technique is called {id!r}"
        elif id in ids[:number]:
            yield number, f"{id!r} stands here twice"


def _quiz(knowledge: Knowledge) -> Iterator[Fault]:
    asked: dict[str, str] = {}
    for quiz in knowledge.quiz.values():
        file = knowledge.folder / "quiz.yaml"
        if knowledge.entry(quiz.entry) is None:
            yield Fault(file, (quiz.id, "entry"), f"no entry is called {quiz.entry!r}")
        same = asked.setdefault(quiz.question.casefold(), quiz.id)
        if same != quiz.id:
            yield Fault(file, (quiz.id, "question"), f"{same!r} asks the same")


def _favourites(knowledge: Knowledge) -> Iterator[Fault]:
    ids, known = knowledge.messages.inline.favourites, {e.id for e in knowledge.advice()}
    for number, id in enumerate(ids):
        place = ("inline", "favourites", number)
        if id not in known:
            yield Fault(knowledge.folder / "messages.yaml", place, f"no entry is called {id!r}")
        elif id in ids[:number]:
            yield Fault(knowledge.folder / "messages.yaml", place, f"{id!r} stands here twice")


def _duplicate_ids(knowledge: Knowledge) -> Iterator[Fault]:
    seen: dict[str, Entry] = {}
    for entry in knowledge.entries():
        if entry.id in seen:
            text = f"the id is taken by {file_of(knowledge, seen[entry.id])}"
            yield Fault(file_of(knowledge, entry), (), text)
        seen[entry.id] = entry


def _known(
    knowledge: Knowledge,
    entry: Entry,
    links: tuple[str | Place, Iterable[str]],
    known: Iterable[str],
    what: str,
) -> Iterator[Fault]:
    """A fault for each id of `links` (where they stand, the ids) that is not among `known`."""
    where, ids = links
    place = (where,) if isinstance(where, str) else where
    for id in sorted(set(ids) - set(known)):
        yield Fault(file_of(knowledge, entry), place, f"no {what} is called {id!r}")
