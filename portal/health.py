"""How the house is: for load balancers, for Prometheus, for the operator."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

from portal.session import required
from portal.window import SERVICES, Services, window
from saraban.contracts.errors import NotAllowed
from saraban.health import Need
from saraban.health.needs import SERVICE_PATIENCE
from saraban.health.needs import service as service_need
from saraban.health.pages import ALIVE, JSON, metrics_page, ready_page
from saraban.journal import journal

log = journal(__name__)

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
    return Response(ALIVE, mimetype=JSON)


def readyz() -> Response:
    """Whether officers can work: 503 without the registry, or with nobody behind the broker. Any other service that is
    not ready is named; the portal is of use without it, so a load balancer must not take it away."""
    report = window().readiness.report()
    away = {one.name for one in report.missing}
    services = {service: service not in away for service in SERVICES}
    status, kind, body = ready_page({**report.wire(), "services": services})
    return Response(body, status=status, mimetype=kind)


def needs(services: Services) -> tuple[Need, ...]:
    """What the portal works with: every service, of which it can do without any but the registry."""
    return tuple(_service(services, name) for name in SERVICES)


def metrics() -> Response:
    """The counters of this process in Prometheus' text form: to the machine itself, and to administrators (a scraper
    elsewhere sends an administrator's token)."""
    if not _from_this_machine() and not required().actor.has("administrator"):
        raise NotAllowed
    status, kind, body = metrics_page()
    return Response(body, status=status, content_type=kind)


def _service(services: Services, name: str) -> Need:
    return service_need(name, lambda: services.call(name, "ready", timeout=SERVICE_PATIENCE), vital=name == "registry")


def _from_this_machine() -> bool:
    through_a_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.remote_addr in {"127.0.0.1", "::1"} and not through_a_proxy


def _start() -> None:
    g.started = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    REQUESTS.labels(request.method, route, str(response.status_code)).inc()
    seconds = time.perf_counter() - g.started if "started" in g else 0.0
    SECONDS.labels(route).observe(seconds)
    told = {"method": request.method, "route": route, "status": response.status_code}
    log.debug("answered", **told, ms=round(seconds * 1000, 1))
    return response
