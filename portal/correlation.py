"""One id for everything that a request causes, in the logs and in the answer."""

from __future__ import annotations

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from saraban.broker.correlation import REQUEST_HEADER, brought


def correlate(app: Flask) -> None:
    """Give every request an id: the one that it brought, or a fresh one."""
    app.before_request(_begin)
    app.after_request(_tell)


def _begin() -> None:
    g.correlation_id = brought(request.headers.get(REQUEST_HEADER, ""))
    clear_contextvars()
    bind_contextvars(service="portal", correlation_id=g.correlation_id)
    if request.view_args and "letter_id" in request.view_args:
        bind_contextvars(letter_id=request.view_args["letter_id"])


def _tell(response: Response) -> Response:
    response.headers[REQUEST_HEADER] = g.get("correlation_id", "")
    return response
