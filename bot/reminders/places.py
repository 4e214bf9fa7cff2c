"""Towns, states and countries with their time zones: 178,000 names, looked up in one file.

places.tsv.gz holds "name<TAB>zone" lines; it is made by deploy/places.py from GeoNames
(geonames.org, CC BY 4.0). Read when the first place is asked for: many people never name one.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answering.text import Words

SHORTEST, LIKE = 5, 0.85  # letters, and similarity (0 to 1), of a name that may be mistyped


class Places:
    """Knows the zone of a place by its name."""

    def zone(self, name: Words) -> str | None:
        """The IANA zone of the place called `name` (lower case, no accents), or None."""
        key = f"{' '.join(name)}\t".encode()
        start = self._first_from(key)
        if not self._table.startswith(key, start):
            return None
        return self._table[start + len(key) : self._table.index(b"\n", start)].decode()

    def like(self, name: Words) -> str | None:
        """The zone of the place whose name is most like `name`, if it is nearly that."""
        wanted = " ".join(name)
        if len(wanted) < SHORTEST:
            return None
        start = self._first_from(wanted[:2].encode())
        end = self._first_from(wanted[:2].encode() + b"\xff")
        rows = [row.split("\t") for row in self._table[start:end].decode().splitlines()]
        near = process.extractOne(
            wanted, [row[0] for row in rows], scorer=OSA.normalized_similarity, score_cutoff=LIKE
        )
        return rows[near[2]][1] if near else None

    def _first_from(self, key: bytes) -> int:
        """Where the first line begins that is not before `key`; lines are sorted by their bytes."""
        low, high = 0, len(self._table)
        while low < high:
            middle = (low + high) // 2
            start = self._table.rfind(b"\n", low, middle) + 1 or low
            end = self._table.find(b"\n", middle) + 1 or len(self._table)
            if self._table[start : start + len(key)] < key:
                low = end
            else:
                high = start
        return low

    @property
    def _table(self) -> bytes:
        return _table()


@cache
def _table() -> bytes:
    packed = files("bot.reminders").joinpath("places.tsv.gz").read_bytes()
    return gzip.decompress(packed) + b"\n"
