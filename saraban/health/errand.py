"""Something that is done in a thread of its own and waited for no longer than it is worth."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Late(Exception):
    """There is no answer yet."""

    code = "no_answer"


class Errand(Generic[T]):
    """Does `work` in a thread (a green one where threads are green), never twice at a time."""

    def __init__(self, work: Callable[[], T], name: str) -> None:
        self._do = work
        self._name = name
        self._thread: threading.Thread | None = None
        self._answer: T | None = None
        self._error: Exception | None = None

    def begin(self) -> None:
        """Start, unless the last time is not over yet."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def answer(self, until: float) -> T | None:
        """What came of it. Raises what `work` raised; Late when that is not known by `until` (monotonic seconds)."""
        assert self._thread is not None
        self._thread.join(max(until - time.monotonic(), 0))
        if self._thread.is_alive():
            raise Late
        if self._error is not None:
            raise self._error
        return self._answer

    def _run(self) -> None:
        self._answer, self._error = None, None
        try:
            self._answer = self._do()
        except Exception as error:  # noqa: BLE001 - whatever it is, the one who asks shall hear it
            self._error = error
