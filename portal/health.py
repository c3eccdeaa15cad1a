"""How the house is: for load balancers, for Prometheus, for the operator.

The portal's port is open to everyone, so it tells strangers only whether to come in. What is missing, since when, and
the figures are for administrators here; the process's own port (setting `health_port`) tells them to all who reach it.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

from portal.calls import ask
from portal.session import current
from portal.window import SERVICES, Services, window
from saraban.contracts.errors import SarabanError
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
    not ready is named to administrators; the portal is of use without it, so a load balancer must not take it away."""
    report = window().readiness.report()
    away = {one.name for one in report.missing}
    services = {service: service not in away for service in SERVICES}
    told = {**report.wire(), "services": services} if services["registry"] and _may_watch() else {"ready": report.ready}
    status, kind, body = ready_page(told)
    return Response(body, status=status, mimetype=kind)


def needs(services: Services) -> tuple[Need, ...]:
    """What the portal works with: every service, of which it can do without any but the registry."""
    return tuple(_service(services, name) for name in SERVICES)


def metrics() -> Response:
    """The figures of this process in Prometheus' text form, for administrators: a scraper sends the token of one."""
    ask("registry", "may_watch")
    status, kind, body = metrics_page()
    return Response(body, status=status, content_type=kind)


def _service(services: Services, name: str) -> Need:
    return service_need(name, lambda: services.call(name, "ready", timeout=SERVICE_PATIENCE), vital=name == "registry")


def _may_watch() -> bool:
    """Whether the registry says that whoever asks may look behind the counter; a load balancer never asks it."""
    try:
        if current() is None:
            return False
        ask("registry", "may_watch")
    except SarabanError:
        return False
    return True


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
