"""The examiners: a few workers that look into fresh files, one file each at a time.

They are threads, green ones where the process is green. What is given to them twice is done once; what they could not
do is given to them again by the sweep.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from saraban.contracts.errors import SarabanError
from saraban.journal import journal

log = journal(__name__)


class Examiners:
    """`count` workers over the function `examine`, which takes a SHA-256. They start with the first file."""

    def __init__(self, examine: Callable[[str], None], count: int = 2) -> None:
        self._examine = examine
        self._count = count
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._given: set[str] = set()
        self._workers: list[threading.Thread] = []

    def give(self, sha256: str) -> None:
        """Have a file looked into soon."""
        if sha256 in self._given:
            return
        self._given.add(sha256)
        self._waiting.put(sha256)
        if len(self._workers) < self._count:
            worker = threading.Thread(target=self._work, name="examiner", daemon=True)
            self._workers.append(worker)
            worker.start()

    def close(self) -> None:
        """Let the workers go when they have finished what they have in hand."""
        for _ in self._workers:
            self._waiting.put(None)

    def _work(self) -> None:
        while (sha256 := self._waiting.get()) is not None:
            try:
                self._examine(sha256)
            except SarabanError as error:
                log.warning("examination put off", sha256=sha256, code=error.code)
            except Exception:
                log.exception("examination failed", sha256=sha256)
            finally:
                self._given.discard(sha256)
