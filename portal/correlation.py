"""One id for everything that a request causes, in the logs and in the answer."""

from __future__ import annotations

import re

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from saraban.contracts.ids import new_id

HEADER = "X-Request-ID"
_TAKEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


def correlate(app: Flask) -> None:
    """Give every request an id: the one that it brought, or a fresh one."""
    app.before_request(_begin)
    app.after_request(_tell)


def _begin() -> None:
    brought = request.headers.get(HEADER, "")
    g.correlation_id = brought if _TAKEN.fullmatch(brought) else new_id()
    clear_contextvars()
    bind_contextvars(correlation_id=g.correlation_id)


def _tell(response: Response) -> Response:
    response.headers[HEADER] = g.get("correlation_id", "")
    return response
