"""Real threads beside the green ones: where work that blocks in C (an fsync, a password hash) belongs."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SWITCH_SECONDS = 0.0001
"""How long a thread waits before it asks the running one for Python's global lock. A loop that comes round faster than
this never hears the question: at Python's default of 5 ms, a batch of 50 inserts was seen to wait 43 s beside a busy
one. Much less is dear too: at 20 µs the lock goes to and fro so often that registering was a tenth slower."""


def in_thread(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Answer `fn(*args, **kwargs)`, computed in a real thread where green threads run, so that they run on meanwhile;
    computed right here where none do. What `fn` raises is raised here.

    `fn` must not touch anything green: no broker, no socket, no lock of the patched `threading`.
    """
    if not is_green():
        return fn(*args, **kwargs)
    from eventlet import tpool

    _switch_often()
    answer: T = tpool.execute(fn, *args, **kwargs)
    return answer


def in_own_thread(fn: Callable[[], None], name: str) -> None:
    """Begin `fn` in a real thread of its own, which does not keep the process from ending. The same holds for it as for
    what goes `in_thread`."""
    _switch_often()
    real_module("threading").Thread(target=fn, name=name, daemon=True).start()


def in_background(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for work that nobody stands and waits for: keeping views and indexes up. One such work at a time runs in
    a process, so that the threads which answer officers need not share Python's one lock with all of them."""
    with _background():
        return in_thread(fn, *args, **kwargs)


@lru_cache(maxsize=1)
def _background() -> threading.Semaphore:
    return threading.Semaphore(BACKGROUND)


BACKGROUND = 1
"""How many background works run at a time."""


def is_green() -> bool:
    """Whether this process runs on eventlet's patched standard library."""
    patcher = sys.modules.get("eventlet.patcher")
    return patcher is not None and bool(patcher.is_monkey_patched("socket"))


def real_lock() -> threading.Lock:
    """A lock between real threads, also where `threading` is patched. Hold it only around work that never yields."""
    lock: threading.Lock = real_module("threading").Lock()
    return lock


def real_sleep(seconds: float) -> None:
    """Let a real thread sleep, also where `time` is patched."""
    real_module("time").sleep(seconds)


def real_module(name: str) -> Any:
    """A module of the standard library as it is without eventlet's patches."""
    if not is_green():
        return import_module(name)
    from eventlet import patcher

    return patcher.original(name)


def _switch_often() -> None:
    if is_green() and sys.getswitchinterval() > SWITCH_SECONDS:
        sys.setswitchinterval(SWITCH_SECONDS)


def share_heap() -> None:
    """Let all threads of this process share one heap, where the C library is glibc. By default each gets its own, and
    20 of them hold on to what the busiest moment needed: measured after 2,000 letters, 350 MB against 195 MB.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


_M_ARENA_MAX = -8


def set_heap_aside() -> None:
    """Call once all services stand: what lives now lives as long as the process, and looking through it again and again
    for what could be freed stops every thread. Measured under load with this: no stop above 10 ms; without it, one of
    120 ms every two seconds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


GC_THRESHOLDS = (2_000, 10, 100)
"""New objects before the youngest are looked through; how often that, before the next older ones are."""
