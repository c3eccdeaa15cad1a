"""The engines that must pass the suite: an engine joins by a line in ENGINES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from saraban.engines.search_index.memory import MemorySearchIndex
from saraban.engines.search_index.tantivy import TantivySearchIndex
from saraban.ports import SearchIndex
from tests.engines.search_index.clusters import fresh_index
from tests.engines.search_index.letters import FIELDS

ENGINES: dict[str, Callable[[Path], SearchIndex]] = {
    "memory": lambda _folder: MemorySearchIndex(),
    "tantivy": lambda folder: TantivySearchIndex(folder, FIELDS),
    "opensearch": lambda _folder: fresh_index(),
}
ON_SERVERS = {"opensearch"}


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.servers if name in ON_SERVERS else ()) for name in ENGINES]
)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    engine = ENGINES[request.param](tmp_path / "index")
    yield engine
    engine.close()
