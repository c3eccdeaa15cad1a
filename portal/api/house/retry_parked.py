"""Trying parked work again."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import BaseModel

from portal.api.asked import Body, Line
from portal.api.board import api
from portal.api.house.parked import must_administer
from portal.window import window


class OneService(BaseModel):
    """The service at which the work is parked."""

    service: Literal["registry", "routing", "search", "mail", "intake"]


class RetryParked(Body):
    """Which work."""

    key: Line


@api.post("/parked/<service>/retry", summary="Try parked work again", responses={204: None})
def retry_parked(path: OneService, body: RetryParked) -> Response:
    """For administrators, after what was wrong has been put right."""
    must_administer()
    window().services.call(path.service, "parked_retry", key=body.key)
    return Response(status=204)
