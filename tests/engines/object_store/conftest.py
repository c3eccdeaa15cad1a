"""The engines that must pass the suite: an engine joins by a line in ENGINES."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from saraban.engines.object_store.folder import FolderObjectStore
from saraban.engines.object_store.memory import MemoryObjectStore
from saraban.ports import ObjectStore

ENGINES: dict[str, Callable[[Path], ObjectStore]] = {
    "memory": lambda _folder: MemoryObjectStore(),
    "folder": FolderObjectStore,
}


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    return ENGINES[request.param](tmp_path / "objects")
