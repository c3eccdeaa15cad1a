"""The search index over OpenSearch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from saraban.broker.threads import real_lock
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.search import EntryRefused, RebuildSwept
from saraban.engines.search_index.opensearch import asking, writing
from saraban.engines.search_index.opensearch.address import Address
from saraban.engines.search_index.opensearch.client import NotFoundError, answering, connect
from saraban.engines.search_index.opensearch.generations import Generations
from saraban.engines.search_index.opensearch.shape import document
from saraban.ports import Hit, IndexEntry, IndexQuery, SearchIndex


class OpenSearchIndex:
    """Meets `saraban.ports.SearchIndex`; any number of processes may share it, from any thread. `fields` are the names
    of the token fields, `rebuild` the alias of an index that is being rebuilt. Nothing is asked of the cluster before
    the first use; one that is away raises Unavailable."""

    def __init__(self, address: Address, fields: Sequence[str], *, rebuild: str | None = None) -> None:
        self._address, self._fields = address, tuple(fields)
        self._client = connect(address)
        self._generations = Generations(self._client, address, fields)
        self._making_ready = real_lock()
        self._ready = rebuild is not None
        self._rebuild = rebuild
        self._name = rebuild or self._generations.alias

    def write(self, entries: Iterable[IndexEntry], *, at_once: bool = True) -> None:
        """Add or replace entries; older ones are ignored. Raises EntryRefused for one of a shape that the index does
        not know (the others are written), StoreFull, Unavailable."""
        items = [writing.put(entry.letter_id, entry.version, document(entry, self._fields)) for entry in entries]
        self._do(items, at_once=at_once)

    def search(self, query: IndexQuery) -> tuple[int, list[Hit]]:
        """The number of matches and one page of them. Raises QueryTooWide, Unavailable."""
        with self._answering():
            try:
                return asking.search(self._client, self._name, query)
            except NotFoundError:  # the index was swapped for another one and dropped in the middle of the question
                return asking.search(self._client, self._name, query)

    def remove(self, letter_ids: Sequence[str]) -> None:
        """Forget letters."""
        self._do([writing.drop(letter_id, version) for letter_id, version in self.versions(letter_ids).items()])

    def versions(self, letter_ids: Sequence[str]) -> dict[str, int]:
        """The version held of each letter."""
        if not letter_ids:
            return {}
        with self._answering():
            told = self._client.mget(
                index=self._name,
                body={"ids": list(letter_ids)},
                params={"_source": "false", "filter_path": "docs._id,docs._version,docs.found"},
            )
        return {one["_id"]: one["_version"] for one in told["docs"] if one.get("found")}

    def held(self) -> Iterator[tuple[str, int]]:
        """Every letter held, with its version, by id."""
        with self._answering():
            self._client.indices.refresh(index=self._name)
            yield from asking.everything(self._client, self._name)

    def beside(self) -> OpenSearchIndex:
        """A fresh index under a name of its own."""
        with self._answering():
            self._generations.sweep()
            return OpenSearchIndex(self._address, self._fields, rebuild=self._generations.make())

    def adopt(self, rebuilt: SearchIndex) -> None:
        """Let the alias that everyone uses name the rebuilt index, and drop the old one."""
        assert isinstance(rebuilt, OpenSearchIndex)
        name = rebuilt._name  # noqa: SLF001 - its own kind
        with self._answering():
            try:
                self._client.indices.refresh(index=name)
                self._generations.make_live(name)
            except NotFoundError as error:
                raise RebuildSwept from error

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _do(self, items: Sequence[writing.Item], *, at_once: bool = True) -> None:
        if not items:
            return
        with self._answering():
            try:
                writing.send(self._client, self._name, items)
            except EntryRefused:
                self._show(at_once=at_once)
                raise
            except writing.Gone as error:
                raise RebuildSwept if self._rebuild else Unavailable({"what": f"search index {self._name}"}) from error
            self._show(at_once=at_once)

    def _show(self, *, at_once: bool) -> None:
        if at_once:
            self._client.indices.refresh(index=self._name)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with answering(self._address):
            if not self._ready:
                with self._making_ready:
                    self._generations.make_ready()
                    self._ready = True
            yield
