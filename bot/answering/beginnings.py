"""Entries by their names while these are still being typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.answering.text import Words, words
from bot.knowledge.entry import Symptom, Technique, Topic


class Beginnings:
    """Finds entries by names of which the last word may be half typed."""

    def __init__(self, entries: Iterable[Technique | Symptom | Topic]) -> None:
        named = [(name, entry.id) for entry in entries for name in _names_of(entry)]
        # Titles before other names, and these before what people happen to say.
        named.sort(key=lambda one: one[0][0])
        self._names = tuple((words(name), id) for (_, name), id in named)

    def begun(self, said: Words) -> tuple[str, ...]:
        """Ids of the entries that have a name which begins with `said`, titles first."""
        return self._with(said, _begins)

    def holding(self, said: Words) -> tuple[str, ...]:
        """Ids of the entries that have a name with all the words of `said`, in any order."""
        return self._with(said, _holds)

    def _with(self, said: Words, fits: Callable[[Words, Words], bool]) -> tuple[str, ...]:
        if not said:
            return ()
        return tuple(dict.fromkeys(id for name, id in self._names if fits(name, said)))


def _names_of(entry: Technique | Symptom | Topic) -> Iterator[tuple[int, str]]:
    """Each name and how far it is from being the title."""
    nicknames = entry.nicknames if isinstance(entry, Technique) else ()
    for rank, names in enumerate(((entry.title,), entry.other_names, nicknames)):
        yield from ((rank, name) for name in names)


def _begins(name: Words, said: Words) -> bool:
    *whole, last = said
    at = len(whole)
    return at < len(name) and name[:at] == (*whole,) and name[at].startswith(last)


def _holds(name: Words, said: Words) -> bool:
    *whole, last = said
    return set(whole) <= set(name) and any(word.startswith(last) for word in name)
