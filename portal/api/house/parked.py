"""Work that could not be done and waits for someone to look."""

from __future__ import annotations

from typing import Any

from flask import Response

from portal.api.answers import answer
from portal.api.board import api
from portal.api.told import Told
from portal.session import required
from portal.window import SERVICES, window
from saraban.contracts.errors import NotAllowed


class Parked(Told):
    """Each with its `service`, `key`, `error`, `since` and how many `tries` it had."""

    rows: list[dict[str, object]]


@api.get("/parked", summary="Parked work", responses={200: Parked})
def parked() -> Response:
    """For administrators. What the work is about is not shown: they need not be cleared for it."""
    must_administer()
    return answer({"rows": [row for service in SERVICES for row in _parked_at(service)]})


def must_administer() -> None:
    """Raises NotSignedIn, or NotAllowed for all but administrators."""
    if not required().actor.has("administrator"):
        raise NotAllowed


def _parked_at(service: str) -> list[dict[str, Any]]:
    rows = window().services.call(service, "parked_list")
    return [{"service": service, **{name: row[name] for name in row if name != "payload"}} for row in rows]
