"""Work that could not be done and waits for someone to look."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.board import api
from portal.api.told import Told
from portal.parked import parked_work


class Parked(Told):
    """Each with its `service`, `key`, `error`, `since` and how many `tries` it had. `away`: services that do not answer
    now, whose rows are not known."""

    rows: list[dict[str, object]]
    away: list[str]


@api.get("/parked", summary="Parked work", responses={200: Parked})
def parked() -> Response:
    """For administrators. What the work is about is not shown: they need not be cleared for it."""
    rows, away = parked_work()
    return answer({"rows": rows, "away": away})
