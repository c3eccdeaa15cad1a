"""A view as it will be: what is stored, with changes laid over that are not written yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from saraban.ports import Change, Document, Found, Put, ViewReader


class Overlay:
    """A ViewReader that sees the changes of earlier events of the same batch."""

    def __init__(self, views: ViewReader) -> None:
        self._views = views
        self._laid: dict[str, dict[str, Change]] = {}
        self._foreseen: dict[str, dict[str, Document | None]] = {}

    def foresee(self, table: str, keys: Iterable[str]) -> None:
        """Read documents that will be asked for one by one, at once. Nobody else may change them meanwhile."""
        wanted = list(keys)
        found = self._views.get_many(table, wanted)
        self._foreseen[table] = {key: found.get(key) for key in wanted}

    def lay(self, changes: Iterable[Change]) -> None:
        """Lay changes over; later ones win."""
        for change in changes:
            self._laid.setdefault(change.table, {})[change.key] = change

    def get(self, table: str, key: str) -> Document | None:
        """See ViewReader."""
        change = self._laid.get(table, {}).get(key)
        if change is None:
            foreseen = self._foreseen.get(table, {})
            return foreseen[key] if key in foreseen else self._views.get(table, key)
        return change.doc if isinstance(change, Put) else None

    def get_many(self, table: str, keys: Iterable[str]) -> dict[str, Document]:
        """See ViewReader."""
        laid = self._laid.get(table, {})
        wanted = list(keys)
        found = self._views.get_many(table, [key for key in wanted if key not in laid])
        return found | {key: change.doc for key in wanted if isinstance(change := laid.get(key), Put)}

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
        laid = self._laid.get(table, {})
        more = limit + len(laid)
        stored = self._views.find(table, index, values, limit=more, after=after, descending=descending)
        found = [one for one in stored if one.key not in laid]
        found += [one for one in _matching(laid.values(), index, values) if _behind(one, after, descending=descending)]
        found.sort(key=lambda one: (one.sort, one.key), reverse=descending)
        return found[:limit]

    def count(self, table: str, index: str, values: Sequence[str], most: int | None = None) -> int:
        """See ViewReader."""
        stored = self._views.count(table, index, values)
        laid = self._laid.get(table)
        found = stored if not laid else len(self.find(table, index, values, limit=stored + len(laid)))
        return found if most is None else min(found, most)


def _matching(changes: Iterable[Change], index: str, values: Sequence[str]) -> Iterable[Found]:
    for change in changes:
        if isinstance(change, Put) and not set(values).isdisjoint(change.index.get(index, ())):
            yield Found(key=change.key, sort=change.sort, doc=change.doc)


def _behind(found: Found, after: tuple[str, str] | None, *, descending: bool) -> bool:
    if after is None:
        return True
    place = (found.sort, found.key)
    return place < after if descending else place > after
