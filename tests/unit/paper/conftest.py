from __future__ import annotations

from pathlib import Path

import pytest

from saraban.paper.typeset import load_typeface

ASSETS = str(Path(__file__).parents[3] / "node_modules")


@pytest.fixture(scope="session", autouse=True)
def typeface() -> None:
    load_typeface(ASSETS)
