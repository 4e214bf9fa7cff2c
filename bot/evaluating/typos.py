"""Slips of the finger on a keyboard, always the same for the same text."""

from __future__ import annotations

from random import Random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST = 4  # letters: a shorter word with a slip is another word


def mistyped(text: str) -> str:
    """`text` with one or two slips: a neighbouring key, a letter missing, doubled or swapped."""
    chance = Random(text)  # noqa: S311 - no secret
    letters = list(text)
    for _ in range(chance.choice((1, 2))):
        places = [at for at in range(1, len(letters) - 1) if _inside_word(letters, at)]
        if places:
            at = chance.choice(places)
            letters[at : at + 2] = _slip(chance, letters[at], letters[at + 1])
    return "".join(letters)


def _inside_word(letters: list[str], at: int) -> bool:
    around = letters[max(0, at - _SHORTEST + 2) : at + 2]
    return len(around) >= _SHORTEST - 1 and all(letter.isalpha() for letter in around)


def _slip(chance: Random, one: str, following: str) -> list[str]:
    kind = chance.randrange(4)
    if kind == 0:
        return [following, one]
    if kind == 1:
        return [following]
    if kind == 2:
        return [one, one, following]
    return [chance.choice(_neighbours(one)), following]


def _neighbours(letter: str) -> str:
    for row in _ROWS:
        at = row.find(letter.lower())
        if at >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return letter
