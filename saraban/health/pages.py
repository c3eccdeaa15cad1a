"""The three pages that every process answers, as a WSGI application without a framework.

GET /healthz    200 whenever the process answers
GET /readyz     200 or 503, and what is missing since when
GET /metrics    the figures in Prometheus' text form
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

JSON = "application/json"
ALIVE = b'{"alive":true}'

Page = tuple[HTTPStatus, str, bytes]


def ready_page(told: dict[str, Any]) -> Page:
    """/readyz for what a report tells."""
    status = HTTPStatus.OK if told["ready"] else HTTPStatus.SERVICE_UNAVAILABLE
    return status, JSON, msgspec.json.encode(told)


def metrics_page() -> Page:
    """/metrics of this process."""
    return HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(REGISTRY)


class Pages:
    """The application; `report` tells whether the process is ready: {ready, missing, …}."""

    def __init__(self, report: Callable[[], dict[str, Any]]) -> None:
        self._report = report

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status, kind, body = self._page(environ)
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        start_response(f"{status.value} {status.phrase}", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _page(self, environ: WSGIEnvironment) -> Page:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return HTTPStatus.METHOD_NOT_ALLOWED, JSON, b"{}"
        match environ["PATH_INFO"]:
            case "/healthz":
                return HTTPStatus.OK, JSON, ALIVE
            case "/readyz":
                return ready_page(self._report())
            case "/metrics":
                return metrics_page()
            case _:
                return HTTPStatus.NOT_FOUND, JSON, b"{}"
