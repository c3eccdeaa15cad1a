"""How the services of a process are: each knows its own needs, and one small listener tells of all.

    class RoutingService(Following):     # Following has `health = watched()`
        ...

A desk may have `needs() -> Sequence[Need]`: what its service cannot do without, beside the broker and its views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import eventlet
from eventlet import wsgi
from nameko.extensions import DependencyProvider

from saraban.broker.config import is_embedded
from saraban.broker.desk import desk_of
from saraban.broker.figures import sources
from saraban.broker.http import IDLE_SECONDS, listen
from saraban.broker.services import Replies
from saraban.health import Need, Readiness, Report, need
from saraban.health import needs as asked
from saraban.health.gathering import Gathering
from saraban.health.pages import Pages
from saraban.metrics import FIGURES
from saraban.settings import Settings

CONNECTIONS = 64
"""How many may ask a process for its health at a time."""


class Health(DependencyProvider):
    """The readiness of one service; None before its desk is furnished."""

    replies = Replies()
    readiness: Readiness | None = None

    def start(self) -> None:
        """Learn what the service needs, and give out its figures from now on."""
        self.readiness = Readiness(self._needs())
        self._gathering = Gathering(self.container.service_name, sources(self.container, self.replies, self.report))
        FIGURES.add(self._gathering.figures)

    def stop(self) -> None:
        """Ask for nothing any more."""
        if self.readiness is not None:
            FIGURES.remove(self._gathering.figures)
        self.readiness = None

    def kill(self) -> None:
        """The same, whatever else goes on."""
        self.stop()

    def get_dependency(self, worker_ctx: Any) -> Health:  # noqa: ARG002
        """The provider itself."""
        return self

    def report(self) -> Report:
        """What is missing. Raises NotStarted before the service has begun and after it has ended."""
        if self.readiness is None:
            raise NotStarted
        return self.readiness.report()

    def _needs(self) -> Sequence[Need]:
        desk = desk_of(self.container)
        kept = getattr(desk, "views", None)
        own = getattr(desk, "needs", tuple)
        broker = [] if is_embedded(self.container.config) else [need("broker", self.replies.sender.probe)]
        return [*broker, *([asked.views(kept)] if kept is not None else []), *own()]


class NotStarted(Exception):
    """The service has no desk yet."""

    code = "not_started"


def watched() -> Health:
    """Declare that a service class tells how it is."""
    return Health()


class Household:
    """How all services of one process are."""

    def __init__(self, names: Sequence[str]) -> None:
        self._running: dict[str, Health | None] = dict.fromkeys(names)
        self._waiting: dict[str, Readiness] = {}
        self._why: dict[str, BaseException] = {}

    def began(self, container: Any) -> None:
        """A service has started."""
        health = (one for one in container.dependencies if isinstance(one, Health))
        self._running[container.service_name] = next(health, None)
        self._waiting.pop(container.service_name, None)

    def waits(self, name: str, error: BaseException) -> None:
        """A service cannot start for now, because of `error`."""
        self._running[name] = None
        self._why[name] = error

    def report(self) -> dict[str, Any]:
        """{ready, services: {name: ready}, missing: […]}, each missing thing with the `service` that misses it."""
        reports = {name: self._report(name) for name in self._running}
        missing = [{"service": name, **one.wire()} for name, found in reports.items() for one in found.missing]
        ready = {name: found.ready for name, found in reports.items()}
        return {"ready": all(ready.values()), "services": ready, "missing": missing}

    def _report(self, name: str) -> Report:
        health = self._running[name]
        if health is not None and health.readiness is not None:
            return health.readiness.report()
        return self._waiting.setdefault(name, Readiness([need("start", lambda: self._not_started(name))])).report()

    def _not_started(self, name: str) -> None:
        raise self._why.get(name, NotStarted())


@contextmanager
def listening(settings: Settings, report: Callable[[], Mapping[str, Any]]) -> Iterator[None]:
    """Answer `/healthz`, `/readyz` and `/metrics` at `health_host` and `health_port` for the block; nowhere when the
    port is 0. Raises PortTaken."""
    if not settings.health_port:
        yield
        return
    socket = listen(settings.health_host, settings.health_port)
    pages = Pages(lambda: dict(report()))
    pool = eventlet.GreenPool(CONNECTIONS)
    serving = eventlet.spawn(
        wsgi.server, socket, pages, custom_pool=pool, log_output=False, debug=False, socket_timeout=IDLE_SECONDS
    )
    try:
        yield
    finally:
        serving.kill()
        socket.close()
