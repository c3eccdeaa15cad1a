"""The engines that must pass the suite: an engine joins by a line in ENGINES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from saraban.engines.search_index.memory import MemorySearchIndex
from saraban.engines.search_index.tantivy import TantivySearchIndex
from saraban.ports import SearchIndex
from tests.engines.search_index.letters import FIELDS

ENGINES: dict[str, Callable[[Path], SearchIndex]] = {
    "memory": lambda _folder: MemorySearchIndex(),
    "tantivy": lambda folder: TantivySearchIndex(folder, FIELDS),
}


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    engine = ENGINES[request.param](tmp_path / "index")
    yield engine
    engine.close()
