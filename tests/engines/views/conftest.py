from __future__ import annotations

from contextlib import closing, contextmanager

import pytest

from saraban.engines.views.memory import MemoryViews
from saraban.engines.views.mongo import MongoViews
from saraban.engines.views.sqlite import SqliteViews
from tests.engines import mongodb


@contextmanager
def mongo_views():
    address = mongodb.fresh_database()
    with closing(MongoViews.at(address, "routing")) as made:
        yield made
    mongodb.drop(address)


@pytest.fixture(params=["memory", "sqlite", pytest.param("mongodb", marks=pytest.mark.servers)])
def views(request, tmp_path):
    engines = {
        "memory": lambda: closing(MemoryViews()),
        "sqlite": lambda: closing(SqliteViews(tmp_path / "routing.db")),
        "mongodb": mongo_views,
    }
    with engines[request.param]() as made:
        yield made
