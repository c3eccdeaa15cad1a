"""A few workers for work that takes its time, such as looking into files: one piece each at a time.

They are threads, green ones where the process is green. What is given to them twice is done once; what they could not
do must be given to them again, by a sweep.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from saraban.contracts.errors import SarabanError
from saraban.journal import journal

log = journal(__name__)

PATIENCE = 5.0
"""Seconds that `close` waits for each worker; what is in hand longer is done again after the next start."""


class Crew:
    """`count` workers over the function `work`, which takes the key of a piece of work. They start with the first."""

    def __init__(self, work: Callable[[str], None], *, name: str, count: int = 2) -> None:
        self._do = work
        self._name = name
        self._count = count
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._given: set[str] = set()
        self._workers: list[threading.Thread] = []
        self._closing = False

    def give(self, key: str) -> None:
        """Have a piece of work done soon."""
        if key in self._given or self._closing:
            return
        self._given.add(key)
        self._waiting.put(key)
        if len(self._workers) < self._count:
            worker = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._workers.append(worker)
            worker.start()

    def close(self) -> None:
        """Let the workers finish what they have in hand and go; what waits is left."""
        self._closing = True
        for _ in self._workers:
            self._waiting.put(None)
        for worker in self._workers:
            worker.join(PATIENCE)

    def _work(self) -> None:
        while (key := self._waiting.get()) is not None and not self._closing:
            try:
                self._do(key)
            except SarabanError as error:
                log.warning("put off", crew=self._name, key=key, code=error.code)
            except Exception:
                log.exception("failed", crew=self._name, key=key)
            finally:
                self._given.discard(key)
