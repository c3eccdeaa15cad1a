"""Trying parked work again."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import BaseModel

from portal.api.answers import answer
from portal.api.asked import Body, Line
from portal.api.board import api
from portal.api.told import Told
from portal.calls import ask


class OneService(BaseModel):
    """The service at which the work is parked."""

    service: Literal["registry", "routing", "search", "mail", "intake"]


class RetryParked(Body):
    """Which work."""

    key: Line


class Retried(Told):
    """Whether the work is done now."""

    done: bool


@api.post("/parked/<service>/retry", summary="Try parked work again", responses={200: Retried})
def retry_parked(path: OneService, body: RetryParked) -> Response:
    """For administrators, after what was wrong has been put right."""
    return answer({"done": ask(path.service, "parked_retry", key=body.key)})
