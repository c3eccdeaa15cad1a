"""Proving the index, or making it anew: what `saraban replay search` does beside the views."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from saraban.contracts.errors.search import RebuildUnderWay
from services.search.desk import Desk
from services.search.handlers.compare_index import compare_index
from services.search.handlers.rebuild_index import rebuild_index


def replay_index(desk: Desk, *, check_only: bool) -> dict[str, Any]:
    """{alike, letters, missing, superfluous, outdated, adopted}: how the live index compares with the views, and
    whether one made anew is in its place now. Raises RebuildUnderWay when another process is making one."""
    found = compare_index(desk)
    if not check_only and not rebuild_index(desk):
        raise RebuildUnderWay
    return {**asdict(found), "alike": found.alike, "adopted": not check_only}
