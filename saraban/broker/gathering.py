"""Many callers, one piece of work: whoever waits while a batch is worked on goes together in the next one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from saraban.broker.sleep import Sleeper, the_door, wake_from_thread
from saraban.broker.threads import in_own_thread, is_green, real_lock
from saraban.journal import journal

Thing = TypeVar("Thing")
Done = TypeVar("Done")

log = journal(__name__)

COMPANY = 0.005
"""Seconds that the next batch waits at most for those of the last to run on: they may bring something again, and a
batch costs much the same however many it holds."""

PATIENCE = 5.0
"""Seconds without work after which the thread ends; the next caller starts another."""


class Gathering(Generic[Thing, Done]):
    """Works on what single callers bring, up to `most` things at a time, in the order in which they came.

    The work is done in a real thread of its own. A caller who is killed while waiting holds up nobody; its thing is
    worked on all the same. `work` must not raise and must not touch anything green; what became of each thing it leaves
    in the thing.
    """

    def __init__(self, work: Callable[[list[Thing]], Done], most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: deque[_Caller[Thing, Done]] = deque()
        self._guard = real_lock()
        self._bell: Any = None
        self._green = is_green()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def bring(self, thing: Thing) -> Done | None:
        """Return once a batch with `thing` was worked on: to its first caller with what `work` answered, to the others
        with None."""
        caller: _Caller[Thing, Done] = _Caller(thing, the_door().hub if self._green else None)
        self._waiting.append(caller)
        if self._bell is not _AT_WORK:
            self._rouse()
        caller.sleep()
        return caller.done

    def _rouse(self) -> None:
        """See to it that a thread looks at what waits."""
        with self._guard:
            bell, self._bell = self._bell, _AT_WORK
        if bell is None:
            in_own_thread(self._work_for_all, "gathering")
        elif bell is not _AT_WORK:
            bell.release()

    def _work_for_all(self) -> None:
        bell = real_lock()
        bell.acquire()
        while self._batches_done() and self._rested(bell):
            pass

    def _batches_done(self) -> bool:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
            try:
                batch[0].done = self._work([caller.thing for caller in batch])
            except Exception:
                log.exception("gathered work failed")
            finally:
                wake_from_thread(batch, COMPANY)
        return True

    def _rested(self, bell: Any) -> bool:
        """Wait for the bell; whether there is anything to go on for."""
        with self._guard:
            if self._waiting:
                return True
            self._bell = bell
        if bell.acquire(timeout=PATIENCE):
            return True
        with self._guard:
            if self._bell is bell:
                self._bell = None
                return False
        return bool(bell.acquire())


_AT_WORK = object()
"""In the place of a bell: nobody need ring."""


class _Caller(Sleeper, Generic[Thing, Done]):
    """One who waits to be woken with the thing done."""

    __slots__ = ("done", "thing")

    def __init__(self, thing: Thing, hub: Any) -> None:
        super().__init__(hub)
        self.thing = thing
        self.done: Done | None = None
