"""A second copy of a driver, over real sockets, for a driver whose packages others here use over green ones.

Engines are called in real threads (`in_thread`), where green sockets and locks would be wrong. `real_modules` is enough
for a driver that only engines import. `minio` and `opensearchpy` stand on urllib3, and so does `requests`, by which
services reach each other in green threads: so an engine gets a driver with an urllib3 of its own.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from saraban.broker.real_modules import real_modules
from saraban.broker.threads import is_green

SHARED = ("urllib3", "http")
"""Packages that the drivers stand on and that hold on to patched modules."""


@cache
def real_import(driver: str) -> Any:
    """The package `driver`, over real sockets, locks and time. Where nothing is patched it is the one that everyone
    knows."""
    if not is_green():
        return importlib.import_module(driver)
    with _set_aside((driver, *SHARED)), real_modules():
        return importlib.import_module(driver)


@contextmanager
def _set_aside(packages: tuple[str, ...]) -> Iterator[None]:
    """Let the packages be imported anew in the block, and be what they were behind it."""

    def is_one(name: str) -> bool:
        return name.partition(".")[0] in packages

    known = {name: module for name, module in sys.modules.items() if is_one(name)}
    for name in known:
        del sys.modules[name]
    try:
        yield
    finally:
        for name in [name for name in sys.modules if is_one(name)]:
            del sys.modules[name]
        sys.modules.update(known)
