from __future__ import annotations

import pytest

from tests.unit.intake.counter import Counter


@pytest.fixture
def counter(tmp_path) -> Counter:
    return Counter(tmp_path / "objects")
