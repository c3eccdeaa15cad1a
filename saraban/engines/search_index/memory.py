"""A search index in memory: the fake of unit tests, and plain reading for how the others rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from saraban.contracts.errors.search import RebuildSwept
from saraban.engines.search_index.ranking import NOTHING, Scored, frequency_weight, occurrences, page, rarity
from saraban.ports import Clause, Hit, IndexEntry, IndexQuery, SearchIndex


class MemorySearchIndex:
    """Meets `saraban.ports.SearchIndex` by looking at every letter."""

    def __init__(self) -> None:
        self._entries: dict[str, IndexEntry] = {}
        self._rebuild: MemorySearchIndex | None = None
        self._swept = False

    def write(self, entries: Iterable[IndexEntry], *, at_once: bool = True) -> None:  # noqa: ARG002 - it always is
        """Add or replace entries; older ones are ignored."""
        if self._swept:
            raise RebuildSwept
        for entry in list(entries):
            held = self._entries.get(entry.letter_id)
            if held is None or entry.version >= held.version:
                self._entries[entry.letter_id] = entry

    def search(self, query: IndexQuery) -> tuple[int, list[Hit]]:
        """The number of matches and one page of them."""
        scores: dict[str, float] = {}
        for clause in query.clauses:
            for letter_id, score in self._matches(clause):
                scores[letter_id] = scores.get(letter_id, 0.0) + score
        found = [
            Scored(letter_id=letter_id, score=score, sort=self._entries[letter_id].sort)
            for letter_id, score in scores.items()
            if _passes(self._entries[letter_id], query)
        ]
        return len(found), page(found, query.offset, query.limit)

    def remove(self, letter_ids: Sequence[str]) -> None:
        """Forget letters."""
        for letter_id in letter_ids:
            self._entries.pop(letter_id, None)

    def versions(self, letter_ids: Sequence[str]) -> dict[str, int]:
        """The version held of each letter."""
        return {letter_id: self._entries[letter_id].version for letter_id in letter_ids if letter_id in self._entries}

    def held(self) -> Iterator[tuple[str, int]]:
        """Every letter held, with its version."""
        return ((entry.letter_id, entry.version) for entry in list(self._entries.values()))

    def beside(self) -> MemorySearchIndex:
        """A fresh index for a rebuild."""
        if self._rebuild is not None:
            self._rebuild._swept = True  # noqa: SLF001 - its own kind
        self._rebuild = MemorySearchIndex()
        return self._rebuild

    def adopt(self, rebuilt: SearchIndex) -> None:
        """Hold what the rebuilt index holds."""
        if rebuilt is not self._rebuild:
            raise RebuildSwept
        self._entries, self._rebuild = self._rebuild._entries, None  # noqa: SLF001 - its own kind

    def close(self) -> None:
        """Nothing to let go of."""

    def _matches(self, clause: Clause) -> Iterator[tuple[str, float]]:
        rows = [clause.terms] if clause.phrase else [[term] for term in dict.fromkeys(clause.terms)]
        for terms in rows:
            if terms:
                yield from self._row_matches(clause.field, terms, clause.boost)

    def _row_matches(self, field: str, terms: Sequence[str], boost: float) -> Iterator[tuple[str, float]]:
        texts = {
            letter_id: entry.fields.get(field, "").split() or [NOTHING] for letter_id, entry in self._entries.items()
        }
        average = sum(map(len, texts.values())) / len(texts) if texts else 0.0
        weight = boost * sum(rarity(len(texts), sum(term in text for text in texts.values())) for term in terms)
        for letter_id, text in texts.items():
            if count := occurrences(terms, text):
                yield letter_id, weight * frequency_weight(count, len(text), average)


def _passes(entry: IndexEntry, query: IndexQuery) -> bool:
    if entry.secrecy > query.clearance or set(query.audience).isdisjoint(entry.audience):
        return False
    return all(not set(values).isdisjoint(entry.facets.get(name, ())) for name, values in query.facets.items())
