"""A search index in a folder, by tantivy: the embedded size.

The index can always be made anew from the log. So one that cannot be read, or that was made for other fields, is given
up on opening for an empty one; `versions` then answers nothing and the search service writes every letter again.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from saraban.broker.threads import real_lock
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreFull
from saraban.contracts.errors.search import RebuildSwept
from saraban.engines.search_index.tantivy_folders import Folders
from saraban.engines.search_index.tantivy_generation import Generation, Unreadable
from saraban.journal import journal
from saraban.ports import Hit, IndexEntry, IndexQuery, SearchIndex

log = journal(__name__)


class TantivySearchIndex:
    """Meets `saraban.ports.SearchIndex`. `fields` are the names of the token fields that entries may have. Safe to use
    from many threads. Raises StoreInUse when another process uses the folder, StoreFull, Unavailable."""

    def __init__(self, folder: Path, fields: Sequence[str], *, rebuild_in: Folders | None = None) -> None:
        self._folder, self._fields = folder, tuple(fields)
        self._writing = real_lock()
        self._rebuild: TantivySearchIndex | None = None
        self._owns_folders = rebuild_in is None
        with _telling():
            self._folders = rebuild_in or Folders(folder)
            try:
                self._live = self._made() if rebuild_in else self._opened()
            except BaseException:
                self._let_go()
                raise

    def write(self, entries: Iterable[IndexEntry], *, at_once: bool = True) -> None:  # noqa: ARG002 - it always is
        """Add or replace entries in one commit; older ones are ignored. While one entry is written, the next may be
        made. Raises StoreFull or Unavailable; then nothing was written."""
        with self._writing:
            self._live.write(entries)

    def search(self, query: IndexQuery) -> tuple[int, list[Hit]]:
        """The number of matches and one page of them."""
        return self._live.search(query)

    def remove(self, letter_ids: Sequence[str]) -> None:
        """Forget letters."""
        with self._writing:
            self._live.remove(letter_ids)

    def versions(self, letter_ids: Sequence[str]) -> dict[str, int]:
        """The version held of each letter."""
        return self._live.versions(letter_ids)

    def held(self) -> Iterator[tuple[str, int]]:
        """Every letter held, with its version."""
        return self._live.held()

    def beside(self) -> TantivySearchIndex:
        """A fresh index in a folder of its own."""
        with self._writing, _telling():
            if self._rebuild is not None:
                self._rebuild.close()
            self._folders.sweep()
            self._rebuild = TantivySearchIndex(self._folder, self._fields, rebuild_in=self._folders)
        return self._rebuild

    def adopt(self, rebuilt: SearchIndex) -> None:
        """Let the folder of the rebuilt index be the live one, and remove the old one."""
        with self._writing, _telling():
            if self._rebuild is None or rebuilt is not self._rebuild:
                raise RebuildSwept
            self._folders.make_live(self._rebuild._live.folder)  # noqa: SLF001 - its own kind
            self._live, self._rebuild._live = self._rebuild._live, self._live  # noqa: SLF001
            self._rebuild.close()
            self._rebuild = None
            self._folders.sweep()

    def close(self) -> None:
        """Let go of the folder. Merging in the background is broken off; it costs nothing but being done again."""
        if self._rebuild is not None:
            self._rebuild.close()
        self._live.close()
        self._let_go()

    def _opened(self) -> Generation:
        """The live generation, or a fresh one in its place."""
        folder = self._folders.live()
        generation = None
        if folder is not None:
            try:
                generation = Generation(folder, self._fields)
            except Unreadable as error:
                log.warning("search index cannot be read, begins empty", folder=str(folder), reason=str(error))
        if generation is None:
            generation = self._made()
            self._folders.make_live(generation.folder)
        self._folders.sweep()
        return generation

    def _made(self) -> Generation:
        return Generation(self._folders.make(), self._fields)

    def _let_go(self) -> None:
        if self._owns_folders:
            self._folders.close()


@contextmanager
def _telling() -> Iterator[None]:
    """Tell what the disk refused: StoreFull, Unavailable."""
    try:
        yield
    except OSError as error:
        raise StoreFull if error.errno == errno.ENOSPC else Unavailable({"what": f"search index: {error}"}) from error
