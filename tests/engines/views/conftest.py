from __future__ import annotations

import pytest

from saraban.engines.views.memory import MemoryViews
from saraban.engines.views.sqlite import SqliteViews


@pytest.fixture(params=["memory", "sqlite"])
def views(request, tmp_path):
    made = MemoryViews() if request.param == "memory" else SqliteViews(tmp_path / "routing.db")
    yield made
    made.close()
