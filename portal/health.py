"""How the house is: for load balancers, for Prometheus, for the operator."""

from __future__ import annotations

import time
from http import HTTPStatus

import msgspec
from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest

from portal.session import required
from portal.window import SERVICES, window
from saraban.contracts.errors import NotAllowed, SarabanError

READY_TIMEOUT_SECONDS = 2.0

REQUESTS = Counter("saraban_http_requests", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram(
    "saraban_http_request_seconds",
    "Time to the first byte of an answer.",
    ("route",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


def watch(app: Flask) -> None:
    """Count and time every request, and answer /healthz, /readyz and /metrics."""
    app.before_request(_start)
    app.after_request(_count)
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/readyz", view_func=readyz)
    app.add_url_rule("/metrics", view_func=metrics)


def healthz() -> Response:
    """Whether this process answers at all."""
    return Response(b'{"alive":true}', mimetype="application/json")


def readyz() -> Response:
    """Whether every service can be reached and is ready; 503 with the names of those that are not."""
    states = {service: _is_ready(service) for service in SERVICES}
    status = HTTPStatus.OK if all(states.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    body = {"ready": all(states.values()), "services": states}
    return Response(msgspec.json.encode(body), status=status, mimetype="application/json")


def metrics() -> Response:
    """The counters of this process in Prometheus' text form: to the machine itself, and to administrators (a scraper
    elsewhere sends an administrator's token)."""
    if not _from_this_machine() and not required().actor.has("administrator"):
        raise NotAllowed
    return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _is_ready(service: str) -> bool:
    try:
        told = window().services.call(service, "ready", timeout=READY_TIMEOUT_SECONDS)
    except SarabanError:
        return False
    return bool(told["ready"])


def _from_this_machine() -> bool:
    through_a_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.remote_addr in {"127.0.0.1", "::1"} and not through_a_proxy


def _start() -> None:
    g.started = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    REQUESTS.labels(request.method, route, str(response.status_code)).inc()
    if "started" in g:
        SECONDS.labels(route).observe(time.perf_counter() - g.started)
    return response
