"""The small pattern language in which the knowledge says how people word a sign.

    numb (between|around) {privates}     words in order, each at most two other words after the last
    woke ... pain                        the same, with up to eight words between
    fever & back                         both in one sentence, in either order, within twelve words
    black_out                            words that stand side by side
    every +#2-90 +hours                  + before what follows without another word between
    swell*                               any word that begins so
    {privates}                           any wording of that concept
    #38-42                               a number from 38 to 42

Patterns are matched against the words of one sentence, commas taken out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.answering.text import Words, words
from bot.errors import KnowledgeError

NEAR, FAR, EITHER = 2, 8, 12  # other words allowed between two elements

_LEADING_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ELEMENT = re.compile(
    r"\{(?P<concept>[a-z0-9-]+)\}|#(?P<low>\d+)-(?P<high>\d+)|(?P<words>[^\s{}()#&|]+)"
)


class Span(NamedTuple):
    """Words [start, end) of a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Number:
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Prefix:
    start: str


_Run = tuple[str, ...]  # words side by side
_Atom = _Run | _Prefix | _Number


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Elements, each a set of alternatives, and the widest gap before each; or any order."""

    owner: int
    elements: tuple[int, ...]
    needed: frozenset[int]
    gaps: tuple[int, ...]
    either: bool


class Patterns:
    """Many patterns, compiled to be searched at once. Owners are whatever the caller names."""

    def __init__(
        self, owned: Mapping[str, Iterable[str]], concepts: Mapping[str, Sequence[str]]
    ) -> None:
        self.owners = tuple(owned)
        self._concepts = concepts
        self._atoms_of: dict[str, list[_Atom]] = {}  # of each concept
        self._elements: dict[str, int] = {}
        self._widths: list[int] = []  # of each element: how many wordings it has
        self._words: dict[str, list[int]] = defaultdict(list)
        self._runs: dict[_Run, list[tuple[_Run, int]]] = defaultdict(list)  # by their first two
        self._prefixes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._numbers: list[tuple[_Number, int]] = []
        self._by_element: dict[int, list[_Pattern]] = defaultdict(list)
        for number, texts in enumerate(owned.values()):
            for text in texts:
                pattern = self._compile(text, number)
                self._by_element[min(pattern.elements, key=self._widths.__getitem__)].append(
                    pattern
                )

    def vocabulary(self) -> set[str]:
        """Every whole word that a pattern names: what a mistyped word may be corrected to."""
        runs = {word for runs in self._runs.values() for run, _ in runs for word in run}
        return runs | set(self._words)

    def find(self, sentence: Words) -> list[tuple[str, frozenset[int]]]:
        """Each owner found in `sentence`, with the positions of the words that made it so."""
        places = self._places(sentence)
        present = places.keys()
        candidates = (
            pattern
            for element in self._by_element.keys() & present
            for pattern in self._by_element[element]
            if pattern.needed <= present
        )
        return [
            (self.owners[pattern.owner], taken)
            for pattern in candidates
            for taken in _matches(pattern, places)
        ]

    def _places(self, sentence: Words) -> dict[int, list[Span]]:
        places: dict[int, list[Span]] = defaultdict(list)
        for at, word in enumerate(sentence):
            here = Span(at, at + 1)
            for element in self._words.get(word, ()):
                places[element].append(here)
            for run, element in self._runs.get(sentence[at : at + 2], ()):
                if sentence[at : at + len(run)] == run:
                    places[element].append(Span(at, at + len(run)))
            for start, element in self._prefixes.get(word[:3], ()):
                if word.startswith(start):
                    places[element].append(here)
            if self._numbers and word[0].isdecimal():
                self._place_number(word, at, places)
        return places

    def _place_number(self, word: str, at: int, places: dict[int, list[Span]]) -> None:
        leading = _LEADING_NUMBER.match(word)
        value = float(leading[0]) if leading else -1.0
        for number, element in self._numbers:
            if number.low <= value <= number.high:
                places[element].append(Span(at, at + 1))

    def _compile(self, text: str, owner: int) -> _Pattern:
        either = "&" in text
        gap, elements, gaps = NEAR, [], []
        for part in text.replace("&", " ").split():
            if part == "...":
                gap = FAR
                continue
            close = part.startswith("+")
            elements.append(self._element(part.removeprefix("+"), text))
            gaps.append(EITHER if either else 0 if close else gap)
            gap = NEAR
        if not elements:
            raise KnowledgeError(f"the pattern {text!r} says nothing")
        return _Pattern(owner, tuple(elements), frozenset(elements), tuple(gaps), either)

    def _element(self, part: str, text: str) -> int:
        if part not in self._elements:
            number = self._elements[part] = len(self._elements)
            atoms = self._atoms(part, text)
            self._widths.append(len(atoms))
            for atom in atoms:
                self._index(atom, number)
        return self._elements[part]

    def _index(self, atom: _Atom, element: int) -> None:
        match atom:
            case _Prefix(start):
                self._prefixes[start[:3]].append((start, element))
            case _Number():
                self._numbers.append((atom, element))
            case (word,):
                self._words[word].append(element)
            case _:
                self._runs[atom[:2]].append((atom, element))

    def _atoms(self, part: str, text: str) -> list[_Atom]:
        atoms: list[_Atom] = []
        if part.startswith("(") and part.endswith(")"):
            part = part[1:-1]
        for alternative in part.split("|"):
            match = _ELEMENT.fullmatch(alternative)
            if match is None:
                raise KnowledgeError(f"the pattern {text!r} cannot be read at {alternative!r}")
            if match["concept"]:
                atoms += self._concept(match["concept"], text)
            elif match["low"]:
                atoms.append(_Number(int(match["low"]), int(match["high"])))
            else:
                atoms.append(_word_atom(match["words"], text))
        return atoms

    def _concept(self, name: str, text: str) -> list[_Atom]:
        if name not in self._concepts:
            raise KnowledgeError(
                f"the pattern {text!r} names {{{name}}}, which no concept is called"
            )
        if name not in self._atoms_of:
            wordings = self._concepts[name]
            self._atoms_of[name] = [_word_atom(w.replace(" ", "_"), name) for w in wordings]
        return self._atoms_of[name]


def _word_atom(word: str, text: str) -> _Atom:
    run = _run(word)
    if not run or (word.endswith("*") and (len(run) > 1 or len(run[0]) < 3)):
        raise KnowledgeError(f"the pattern {text!r} cannot be read at {word!r}")
    return _Prefix(run[0]) if word.endswith("*") else run


@lru_cache(maxsize=1 << 15)
def _run(word: str) -> _Run:
    return words(word.replace("_", " ").rstrip("*"))


def _matches(pattern: _Pattern, places: Mapping[int, list[Span]]) -> list[frozenset[int]]:
    """The positions of every way in which `pattern` is met, at most one for each first element."""
    ways = (_continue(pattern, places, 1, (first,)) for first in places[pattern.elements[0]])
    return [frozenset(i for span in way for i in range(*span)) for way in ways if way]


def _continue(
    pattern: _Pattern, places: Mapping[int, list[Span]], at: int, taken: tuple[Span, ...]
) -> tuple[Span, ...] | None:
    if at == len(pattern.elements):
        return taken
    for span in places[pattern.elements[at]]:
        if _follows(pattern, at, taken, span):
            whole = _continue(pattern, places, at + 1, (*taken, span))
            if whole:
                return whole
    return None


def _follows(pattern: _Pattern, at: int, taken: tuple[Span, ...], span: Span) -> bool:
    if pattern.either:
        apart = all(span.end <= other.start or other.end <= span.start for other in taken)
        return apart and min(_distance(span, other) for other in taken) <= pattern.gaps[at]
    return 0 <= span.start - taken[-1].end <= pattern.gaps[at]


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)
