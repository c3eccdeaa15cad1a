"""The standard library as Python brings it, where eventlet has patched it: for a driver that has threads, locks and
sockets of its own and is called inside `in_thread` only. A patched lock breaks when real threads share it.

    with real_modules():
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


@contextmanager
def real_modules() -> Iterator[None]:
    """Let what is imported for the first time in the block get the real modules; nothing changes where none are
    patched. For imports at the head of a module only: no other thread may import meanwhile."""
    if not is_green():
        yield
        return
    patched = {name: sys.modules.pop(name, None) for name in NAMES}
    try:
        sys.modules.update(_real())
        yield
    finally:
        sys.modules.update({name: module for name, module in patched.items() if module is not None})


@lru_cache(maxsize=1)
def _real() -> dict[str, ModuleType]:
    """The modules, made anew once and shared by all drivers."""
    return {name: importlib.import_module(name) for name in NAMES}
