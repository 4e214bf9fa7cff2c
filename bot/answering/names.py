"""The names of techniques, found inside a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.answering.text import Words, words
from bot.answering.wordings import Wordings
from bot.knowledge.entry import Technique

NAME = "xname"  # stands for any technique's name


class Names:
    """Finds the techniques that a text names."""

    def __init__(self, techniques: Iterable[Technique], plain: Collection[str]) -> None:
        """`plain` are names that people say without meaning the entry: "stretch", "steps"."""
        self._owners = {
            _singular(words(name)): technique.id
            for technique in techniques
            for name in (technique.title, *technique.other_names, *technique.nicknames)
        }
        self._plain = {_singular(words(name)) for name in plain}
        self._wordings = Wordings(" ".join(name) for name in self._owners)

    def named(self, text: Words) -> tuple[str, ...]:
        """Ids of the techniques that `text` names, in the order of the text."""
        said = _singular(text)
        found = (said[at : at + length] for at, length in self._found(said))
        return tuple(dict.fromkeys(self._owners[name] for name in found if name not in self._plain))

    def masked(self, text: Words) -> Words:
        """`text` with each name replaced by one and the same word."""
        said = _singular(text)
        masked, end = list[str](), 0
        for at, length in self._found(said):
            if said[at : at + length] not in self._plain:
                masked += [*text[end:at], NAME]
                end = at + length
        return (*masked, *text[end:])

    def _found(self, said: Words) -> Iterable[tuple[int, int]]:
        """Start and length of each name; of two that overlap the first."""
        end = 0
        for at, length in self._wordings.within(said):
            if at >= end:
                yield at, length
                end = at + length


def _singular(text: Words) -> Words:
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in text
    )
