"""The real servers for a test run: each started once, on free ports of loopback, when the first test asks for it.

A developer's machine without one sees the tests that need it skipped, by name; with NOTHING_MAY_BE_SKIPPED (CI) they
fail. Tests that stop or kill a server start one of their own.
"""

from __future__ import annotations

import functools
import importlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.server import Server, ServerMissing

_started: list[tuple[Server, Path]] = []


@functools.cache
def server(name: str) -> Server:
    """The shared server of this run, started when first asked for: rabbitmq, mongodb, minio or opensearch."""
    folder = Path(tempfile.mkdtemp(prefix=f"saraban-{name}-"))
    started = _start(name, folder)
    _started.append((started, folder))
    return started


@contextmanager
def own_server(name: str, folder: Path, **more: object) -> Iterator[Server]:
    """A server for one test, which may do with it what it likes."""
    started = _start(name, folder, **more)
    try:
        yield started
    finally:
        started.kill()


def stop_all() -> None:
    """End every shared server and remove its data; called at the end of the run."""
    while _started:
        running, folder = _started.pop()
        running.kill()
        shutil.rmtree(folder, ignore_errors=True)
    server.cache_clear()


def _start(name: str, folder: Path, **more: object) -> Server:
    recipe = importlib.import_module(f"deploy.local.{name}")
    try:
        recipe.get()
    except ServerMissing as missing:
        pytest.skip(f"{name} is not on this machine: {missing}")
    started: Server = recipe.start(folder, **more)
    return started
