"""Many callers, one piece of work: whoever waits while a batch is worked on goes together in the next one."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Generic, TypeVar

from saraban.broker.sleep import Sleeper, wake
from saraban.broker.threads import real_lock

Thing = TypeVar("Thing")
Done = TypeVar("Done")


class Gathering(Generic[Thing, Done]):
    """Works on what single callers bring, up to `most` things at a time, in the order in which they came.

    There is no thread behind it: the first caller works for all who wait, and then wakes the first of those who came
    meanwhile to do the same. A caller who is killed while waiting holds up nobody; its thing may be worked on or not.
    `work` must not raise; what became of each thing it leaves in the thing.
    """

    def __init__(self, work: Callable[[list[Thing]], Done], most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: deque[_Caller[Thing]] = deque()
        self._turn = real_lock()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def bring(self, thing: Thing) -> Done | None:
        """Return once a batch with `thing` was worked on: to the caller who did it with what `work` answered, to the
        others with None."""
        caller = _Caller(thing)
        self._waiting.append(caller)
        if self._turn.acquire(blocking=False):
            caller.has_turn = True
        else:
            self._pause(caller, caller.sleeper.sleep)
        if not caller.has_turn:
            return None
        self._pause(caller, _let_others_come)
        return self._work_for_all()

    def _pause(self, caller: _Caller[Thing], pause: Callable[[], object]) -> None:
        try:
            pause()
        except BaseException:
            caller.gone = True
            if caller.has_turn:
                self._hand_on([])
            raise

    def _work_for_all(self) -> Done:
        batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            return self._work([caller.thing for caller in batch])
        finally:
            self._hand_on(batch)

    def _hand_on(self, done: Sequence[_Caller[Thing]]) -> None:
        """Wake those who are done, and give the turn to the first who waits. Who comes while nobody has it takes it."""
        self._turn.release()
        heirs: list[_Caller[Thing]] = []
        while not heirs and self._first_waiting() and self._turn.acquire(blocking=False):
            heirs = self._first_waiting()
            if not heirs:
                self._turn.release()
        for heir in heirs:
            heir.has_turn = True
        wake([caller.sleeper for caller in (*heirs, *done)])

    def _first_waiting(self) -> list[_Caller[Thing]]:
        return list(islice((caller for caller in list(self._waiting) if not caller.gone), 1))


def _let_others_come() -> None:
    time.sleep(0)


class _Caller(Generic[Thing]):
    """One who waits to be woken: with the thing done, or with the turn to work."""

    __slots__ = ("gone", "has_turn", "sleeper", "thing")

    def __init__(self, thing: Thing) -> None:
        self.thing = thing
        self.has_turn = False
        self.gone = False
        self.sleeper = Sleeper()
