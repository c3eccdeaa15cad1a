"""Work that could not be done and waits for someone to look."""

from __future__ import annotations

from typing import Any

from flask import Response

from portal.api.answers import answer
from portal.api.board import api
from portal.api.told import Told
from portal.calls import ask
from portal.window import SERVICES


class Parked(Told):
    """Each with its `service`, `key`, `error`, `since` and how many `tries` it had."""

    rows: list[dict[str, object]]


@api.get("/parked", summary="Parked work", responses={200: Parked})
def parked() -> Response:
    """For administrators. What the work is about is not shown: they need not be cleared for it."""
    return answer({"rows": [row for service in SERVICES for row in _parked_at(service)]})


def _parked_at(service: str) -> list[dict[str, Any]]:
    rows = ask(service, "parked_list")
    return [{"service": service, **{name: row[name] for name in row if name != "payload"}} for row in rows]
