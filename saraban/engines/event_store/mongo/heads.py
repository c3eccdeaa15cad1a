"""How far streams reach, found by asking which versions exist.

MongoDB's index over all keys tells quickly whether a version exists but not which is the highest. A stream's versions
have no gap, so the head is the version that exists while the next one does not. A good guess takes one question; from
nothing, the question doubles its reach and then closes in: two for a letter, four for a book with a million numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Version = tuple[str, int]
"""(stream, version)."""

Exist = Callable[[list[Version]], set[Version]]
"""Those of the versions asked for that exist."""

NEAR = 8
SPREAD = 32
FURTHEST = 2**31


@dataclass(slots=True)
class Search:
    """What is known of one stream: version `low` exists (0 always does), `high` was missing when last asked for."""

    low: int = 0
    high: int | None = None
    done: bool = False

    def next(self) -> set[int]:
        """The versions to ask for, always with the one behind `low`."""
        if self.high is None:
            return {*range(self.low + 1, self.low + NEAR + 1), *(self.low + 2**power for power in range(4, 31))}
        step = max((self.high - self.low) // SPREAD, 1)
        return {self.low + 1, self.high, *range(self.low + 1, self.high, step)}

    def learn(self, asked: Iterable[int], found: Iterable[int]) -> None:
        """Take the answer to one question. Only a version that is missing in the same answer ends the search: one that
        was missing before may have been written meanwhile."""
        existing = set(found)
        self.low = max(self.low, *existing, 0)
        missing = [version for version in asked if version > self.low]
        self.high = min(missing, default=None)
        self.done = self.high == self.low + 1


def find_heads(guesses: Mapping[str, Iterable[int]], exist: Exist) -> dict[str, int]:
    """The head of each stream named, 0 for one without events; `guesses` are versions that may be the head."""
    searches = {stream: Search() for stream in guesses}
    asked = {stream: _first(guessed) for stream, guessed in guesses.items()}
    while asked:
        found: dict[str, set[int]] = {}
        for stream, version in exist([(stream, version) for stream, all_ in asked.items() for version in all_]):
            found.setdefault(stream, set()).add(version)
        for stream, versions in asked.items():
            searches[stream].learn(versions, found.get(stream, ()))
        asked = {stream: searches[stream].next() for stream in asked if not searches[stream].done}
    return {stream: search.low for stream, search in searches.items()}


def _first(guessed: Iterable[int]) -> set[int]:
    around = {version for guess in guessed for version in (guess, guess + 1) if 0 < version < FURTHEST}
    return around or Search().next()
