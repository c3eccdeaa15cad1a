"""A short run with a seed of its own; `make chaos` plays longer ones."""

from __future__ import annotations

import pytest

from tests.chaos.run import run

pytestmark = [pytest.mark.servers, pytest.mark.slow]

SEED = 20261123
KILLS = 8


def test_whatever_is_killed_nothing_is_lost_or_doubled(tmp_path, capsys):
    told: list[str] = []

    found = run(tmp_path, SEED, KILLS, told.append, clients=8)

    assert set(found.values()) == {"sound"}, (found, told)
