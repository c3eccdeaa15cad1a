"""A way to do something in the middle of a rebuild: an index that counts rebuilds, and a door before the swap."""

from __future__ import annotations

import threading
from collections.abc import Callable

from saraban.engines.search_index.memory import MemorySearchIndex


class Counted(MemorySearchIndex):
    """`rebuilds` counts how many were begun."""

    def __init__(self) -> None:
        super().__init__()
        self.rebuilds = 0

    def beside(self) -> MemorySearchIndex:
        self.rebuilds += 1
        return super().beside()


class Door:
    """Stands in the place of the lock `indexing`. The second time that a rebuild comes to it, it has taken every letter
    and is about to swap: then, and before it is let in, `meanwhile` happens."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._lock = threading.Lock()
        self._meanwhile = meanwhile
        self._came = 0

    def __enter__(self) -> None:
        self._came += 1
        if self._came == 2:
            self._meanwhile()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()
