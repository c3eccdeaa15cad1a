"""Sleeping until somebody wakes one, for green threads and for real ones; many are woken at the price of one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from saraban.broker.threads import is_green


class Sleeper:
    """One caller's sleep. It may be woken before it sleeps, and more than once."""

    __slots__ = ("_alarm", "_greenlet", "_woken")

    def __init__(self) -> None:
        self._woken = False
        self._greenlet: Any = None
        self._alarm = None if is_green() else threading.Event()

    def sleep(self) -> None:
        """Return once woken."""
        if self._alarm is not None:
            self._alarm.wait()
            return
        from eventlet import getcurrent
        from eventlet.hubs import get_hub

        self._greenlet = getcurrent()
        try:
            while not self._woken:
                get_hub().switch()
        finally:
            self._greenlet = None

    def rouse(self) -> None:
        """Let it sleep no longer. Its greenlet, if it has one, still waits for its turn to run."""
        self._woken = True
        if self._alarm is not None:
            self._alarm.set()

    def run_on(self) -> None:
        """Let its greenlet run until it waits for something again. Only from the hub."""
        if self._greenlet is not None:
            self._greenlet.switch()


def wake(sleepers: Sequence[Sleeper]) -> None:
    """Wake them all, in their order. Green ones run on from the hub's next turn: one entry in its list of timers for
    all of them, where eventlet's own locks and events make one for each."""
    for one in sleepers:
        one.rouse()
    if sleepers and is_green():
        from eventlet.hubs import get_hub

        get_hub().schedule_call_global(0, _run_on, list(sleepers))


def _run_on(sleepers: Sequence[Sleeper]) -> None:
    """In order; should one die of an error on being woken, the others go on in the hub's next turn."""
    for place, one in enumerate(sleepers, start=1):
        try:
            one.run_on()
        except BaseException:
            wake(sleepers[place:])
            raise
