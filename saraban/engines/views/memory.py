"""Views in memory: gone with the process. The fake in unit tests, under the same suite as the real engines."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from saraban.broker.threads import real_lock
from saraban.ports import Change, Document, Found, Put, Step, Views

decode = msgspec.json.Decoder(dict).decode
encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A document as it is kept: encoded, so that nothing is shared with whoever wrote it."""

    doc: bytes
    index: Mapping[str, tuple[str, ...]]
    sort: str


@dataclass(slots=True)
class Generation:
    """One generation of derived documents."""

    docs: dict[tuple[str, str], Shelved] = field(default_factory=dict)
    entries: dict[tuple[str, str, str], set[tuple[str, str]]] = field(default_factory=dict)
    applied: dict[str, int] = field(default_factory=dict)
    position: int = 0


@dataclass(slots=True)
class Shared:
    """What all generations share: which one is live, and the records."""

    live: Generation = field(default_factory=Generation)
    records: dict[tuple[str, str], bytes] = field(default_factory=dict)


class MemoryViews:
    """Views in plain dictionaries."""

    def __init__(self, shared: Shared | None = None, generation: Generation | None = None) -> None:
        self._shared = shared or Shared()
        self._fixed = generation
        self._lock = real_lock()

    @property
    def _generation(self) -> Generation:
        return self._fixed or self._shared.live

    def get(self, table: str, key: str) -> Document | None:
        """See ViewReader."""
        shelved = self._generation.docs.get((table, key))
        return decode(shelved.doc) if shelved else None

    def get_many(self, table: str, keys: Iterable[str]) -> dict[str, Document]:
        """See ViewReader."""
        found = {key: self.get(table, key) for key in keys}
        return {key: doc for key, doc in found.items() if doc is not None}

    def find(
        self,
        table: str,
        index: str,
        values: Sequence[str],
        *,
        limit: int,
        after: tuple[str, str] | None = None,
        descending: bool = False,
    ) -> list[Found]:
        """See ViewReader."""
        with self._lock:
            places = set().union(*(self._generation.entries.get((table, index, value), set()) for value in values))
        behind = [one for one in places if after is None or (one < after if descending else one > after)]
        chosen = (heapq.nlargest if descending else heapq.nsmallest)(limit, behind)
        docs = self.get_many(table, [key for _, key in chosen])
        return [Found(key=key, sort=sort, doc=docs[key]) for sort, key in chosen if key in docs]

    def count(self, table: str, index: str, values: Sequence[str], most: int | None = None) -> int:
        """See ViewReader."""
        with self._lock:
            found = set().union(*(self._generation.entries.get((table, index, value), set()) for value in values))
        return len(found) if most is None else min(len(found), most)

    def applied(self, streams: Iterable[str]) -> dict[str, int]:
        """See Views."""
        return {stream: self._generation.applied.get(stream, 0) for stream in streams}

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """See Views."""
        refused: list[str] = []
        with self._lock:
            generation = self._generation
            for step in steps:
                if generation.applied.get(step.stream, 0) != step.was:
                    refused.append(step.stream)
                    continue
                for change in step.changes:
                    _change(generation, change)
                generation.applied[step.stream] = step.to
        return list(dict.fromkeys(refused))

    def position(self) -> int:
        """See Views."""
        return self._generation.position

    def advance(self, position: int) -> None:
        """See Views."""
        with self._lock:
            self._generation.position = max(self._generation.position, position)

    def beside(self) -> MemoryViews:
        """See Views."""
        return MemoryViews(self._shared, Generation())

    def adopt(self, rebuilt: Views) -> None:
        """See Views."""
        assert isinstance(rebuilt, MemoryViews)
        self._shared.live = rebuilt._generation  # noqa: SLF001 - another of its own kind

    def dump(self) -> Iterator[tuple[str, str, Document]]:
        """See Views."""
        for (table, key), one in sorted(self._generation.docs.items()):
            index = {name: list(values) for name, values in one.index.items()}
            yield table, key, {"doc": decode(one.doc), "index": index, "sort": one.sort}

    def record(self, table: str, key: str) -> Document | None:
        """See Views."""
        kept = self._shared.records.get((table, key))
        return decode(kept) if kept is not None else None

    def put_record(self, table: str, key: str, doc: Document, *, unless_exists: bool = False) -> bool:
        """See Views."""
        with self._lock:
            if unless_exists and (table, key) in self._shared.records:
                return False
            self._shared.records[table, key] = encode(doc)
            return True

    def delete_record(self, table: str, key: str) -> bool:
        """See Views."""
        return self._shared.records.pop((table, key), None) is not None

    def records(self, table: str, after: str = "", limit: int = 1000) -> list[tuple[str, Document]]:
        """See Views."""
        keys = sorted(key for kept, key in list(self._shared.records) if kept == table and key > after)
        return [(key, decode(self._shared.records[table, key])) for key in keys[:limit]]

    def close(self) -> None:
        """Nothing to let go of."""


def _change(generation: Generation, change: Change) -> None:
    place = (change.table, change.key)
    old = generation.docs.pop(place, None)
    if old is not None:
        for name, values in old.index.items():
            for value in values:
                generation.entries[change.table, name, value].discard((old.sort, change.key))
    if isinstance(change, Put):
        index = tidy(change.index)
        generation.docs[place] = Shelved(doc=encode(change.doc), index=index, sort=change.sort)
        for name, values in index.items():
            for value in values:
                generation.entries.setdefault((change.table, name, value), set()).add((change.sort, change.key))


def tidy(index: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """An index with each value once, in order, and without names that hold none."""
    return {name: tuple(sorted(set(values))) for name, values in sorted(index.items()) if values}
