from __future__ import annotations

import pytest

from tests.engines import mongodb


@pytest.fixture
def address():
    """The URL of a database of the test's own on the shared MongoDB."""
    fresh = mongodb.fresh_database()
    yield fresh
    mongodb.drop(fresh)
