"""Many callers, few fsyncs: whoever waits while a batch is written goes together in the next one."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from saraban.broker.threads import in_thread, real_lock
from saraban.contracts.commit import Commit, Draft
from saraban.contracts.errors import Unavailable
from saraban.ports import EventStore, Outcome


class GroupCommit:
    """Appends single drafts for many green threads (or many threads) at a time, in the order in which they came.

    There is no thread behind it: the first caller writes for all who wait, and then wakes the first of those who came
    meanwhile to do the same. A caller who is killed while waiting holds up nobody; its draft may be written or not.
    """

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._waiting: deque[_Caller] = deque()
        self._turn = real_lock()

    def append(self, draft: Draft) -> Commit:
        """The commit that `draft` became. Raises VersionConflict or Unwritable for this draft alone; StoreFull and
        Unavailable reach every caller of the batch that could not be written."""
        caller = _Caller(draft)
        self._waiting.append(caller)
        if self._turn.acquire(blocking=False):
            caller.has_turn = True
        else:
            self._pause(caller, caller.woken.acquire)
        if caller.has_turn:
            self._pause(caller, _let_others_come)
            self._write_for_all()
        if isinstance(caller.outcome, Commit):
            return caller.outcome
        assert caller.outcome is not None
        raise caller.outcome

    def _pause(self, caller: _Caller, pause: Callable[[], object]) -> None:
        try:
            pause()
        except BaseException:
            caller.gone = True
            if caller.has_turn:
                self._hand_on()
            raise

    def _write_for_all(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        outcomes: list[Outcome | Exception] = [Unavailable({"what": "log"})] * len(batch)
        try:
            if batch:
                outcomes = [*in_thread(self._store.append, [caller.draft for caller in batch])]
        except Exception as error:  # noqa: BLE001 - each caller of the batch raises it
            outcomes = [error] * len(batch)
        finally:
            for caller, outcome in zip(batch, outcomes, strict=True):
                caller.outcome = outcome
                caller.wake()
            self._hand_on()

    def _hand_on(self) -> None:
        """Give the turn to the first who waits. Who comes while nobody has it takes it."""
        self._turn.release()
        while self._first_waiting() and self._turn.acquire(blocking=False):
            heir = self._first_waiting()
            if heir is not None:
                heir.has_turn = True
                heir.wake()
                return
            self._turn.release()

    def _first_waiting(self) -> _Caller | None:
        return next((caller for caller in list(self._waiting) if not caller.gone), None)


def _let_others_come() -> None:
    time.sleep(0)


class _Caller:
    """One who waits to be woken: with an outcome, or with the turn to write."""

    __slots__ = ("draft", "gone", "has_turn", "outcome", "woken")

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.outcome: Outcome | Exception | None = None
        self.has_turn = False
        self.gone = False
        self.woken = threading.Lock()
        self.woken.acquire()

    def wake(self) -> None:
        """Once is enough: one who was killed on being woken may be woken again."""
        if self.woken.locked():
            self.woken.release()
