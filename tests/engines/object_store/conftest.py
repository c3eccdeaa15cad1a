"""The engines that must pass the suite: an engine joins by a line in ENGINES."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from saraban.engines.object_store.folder import FolderObjectStore
from saraban.engines.object_store.memory import MemoryObjectStore
from saraban.ports import ObjectStore
from tests.engines.object_store.buckets import fresh_store

ENGINES: dict[str, Callable[[Path], ObjectStore]] = {
    "memory": lambda _folder: MemoryObjectStore(),
    "folder": FolderObjectStore,
    "s3": fresh_store,
}
ON_SERVERS = {"s3"}


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.servers if name in ON_SERVERS else ()) for name in ENGINES]
)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    return ENGINES[request.param](tmp_path / "objects")
