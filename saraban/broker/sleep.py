"""Sleeping until somebody wakes one, for green threads and for real ones; many are woken at the price of one."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from greenlet import getcurrent

from saraban.broker.threads import is_green, real_lock, real_module
from saraban.journal import journal

log = journal(__name__)


class Sleeper:
    """One caller's sleep. It may be woken before it sleeps, and more than once. `hub` is what lets other green threads
    run meanwhile; None where none do."""

    __slots__ = ("_alarm", "_greenlet", "_hub", "_woken")

    def __init__(self, hub: Any) -> None:
        self._woken = False
        self._greenlet: Any = None
        self._hub = hub
        self._alarm = threading.Event() if hub is None else None

    def sleep(self) -> None:
        """Return once woken."""
        if self._alarm is not None:
            self._alarm.wait()
            return
        self._greenlet = getcurrent()
        try:
            while not self._woken:
                self._hub.switch()
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


def wake_from_thread(sleepers: Sequence[Sleeper], patience: float) -> None:
    """The same from any real thread. Green ones have run on when this returns, unless that took longer than so many
    seconds."""
    if is_green():
        the_door().knock(sleepers).acquire(timeout=patience)
    else:
        wake(sleepers)


class Door:
    """Where real threads knock so that the hub's thread wakes somebody. Made in the hub's thread, which listens."""

    def __init__(self) -> None:
        from eventlet.hubs import get_hub

        self.hub = get_hub()
        self._asked: deque[tuple[Sequence[Sleeper], threading.Lock]] = deque()
        self._ear, self._hand = real_module("socket").socketpair()
        self._ear.setblocking(False)
        self.hub.add("read", self._ear.fileno(), self._heard, _nothing, _nothing)

    def knock(self, sleepers: Sequence[Sleeper]) -> threading.Lock:
        """Ask to wake them; the answer can be acquired once they have run on."""
        run_on = real_lock()
        run_on.acquire()
        self._asked.append((sleepers, run_on))
        self._hand.send(b".")
        return run_on

    def _heard(self, _: int) -> None:
        """The hub takes its listener away from who lets an error out, so none leaves this."""
        self._ear.recv(4096)
        for _knock in range(len(self._asked)):
            sleepers, run_on = self._asked.popleft()
            for one in sleepers:
                one.rouse()
            try:
                _run_on(sleepers)
            except Exception:
                log.exception("a green thread ended in an error on being woken")
            finally:
                run_on.release()


def _nothing(*_: object) -> None:
    """What the hub wants to call when the door is broken or closed, which it never is."""


@lru_cache(maxsize=1)
def the_door() -> Door:
    """The one door of a green process."""
    return Door()
