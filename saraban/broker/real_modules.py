"""The standard library as Python brings it, where eventlet has patched it: for a driver that has threads, locks and
sockets of its own and is called inside `in_thread` only. A patched lock breaks when real threads share it.

    with real_modules("pymongo"):
        import pymongo
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType

from saraban.broker.threads import is_green

NAMES = ("_thread", "time", "select", "threading", "queue", "selectors", "socket", "ssl", "logging")
"""What eventlet patches and what is built on that, each behind those that it imports."""


_imported: set[str] = set()


@contextmanager
def real_modules(*drivers: str) -> Iterator[None]:
    """Let what is imported for the first time in the block get the real modules; nothing changes where none are
    patched. For imports at the head of a module only: no other thread may import meanwhile. Raises RuntimeError when
    one of `drivers` was imported elsewhere and has got the patched ones."""
    if not is_green():
        yield
        return
    for driver in drivers:
        if driver in sys.modules and driver not in _imported:
            raise RuntimeError(f"{driver} was imported before, without real_modules: its locks would break")
    patched = {name: sys.modules.pop(name, None) for name in NAMES}
    try:
        sys.modules.update(_real())
        yield
        _imported.update(drivers)
    finally:
        sys.modules.update({name: module for name, module in patched.items() if module is not None})


@lru_cache(maxsize=1)
def _real() -> dict[str, ModuleType]:
    """The modules, made anew once and shared by all drivers."""
    return {name: importlib.import_module(name) for name in NAMES}
