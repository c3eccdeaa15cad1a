"""What can be looked up of a running service: its readiness, how far its views are, what waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from kombu import Connection
from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.events import SERVICE_POOL

from saraban import parking
from saraban.broker.config import SETTINGS
from saraban.broker.desk import desk_of
from saraban.broker.events import Hear
from saraban.broker.rpc import Requests
from saraban.broker.services import Caller
from saraban.broker.threads import in_thread
from saraban.health import Report
from saraban.metrics import Figure, Source, disk

PATIENCE = 2.0
"""Seconds that the registry may take to tell the log's end."""


def sources(container: Any, services: Caller, report: Callable[[], Report]) -> dict[str, Source]:
    """Name → source, for each kind of figure of the service that `container` runs."""
    desk, name = desk_of(container), container.service_name
    found: dict[str, Source] = {"ready": partial(_readiness, name, report), "queues": partial(_queues, container)}
    if hasattr(desk, "follower"):
        found["views"] = partial(_views, name, desk, services)
    if hasattr(desk, "views"):
        found["parked"] = partial(_parked, name, desk)
    if hasattr(desk, "figures"):
        found["own"] = desk.figures
    if name == "registry":
        found["disk"] = partial(disk, container.config[SETTINGS].data_folder)
    return found


def _readiness(service: str, report: Callable[[], Report]) -> Iterator[Figure]:
    found = report()
    yield Figure(name="saraban_ready", labels=[service], value=found.ready)
    for one in found.missing:
        yield Figure(name="saraban_missing", labels=[service, one.name], value=1)


def _views(service: str, desk: Any, services: Caller) -> Iterator[Figure]:
    position = desk.follower.position
    yield Figure(name="saraban_view_position", labels=[service], value=position)
    head = services.call("registry", "head", timeout=PATIENCE)["position"]
    yield Figure(name="saraban_view_lag_commits", labels=[service], value=max(head - position, 0))


def _parked(service: str, desk: Any) -> Iterator[Figure]:
    count = len(in_thread(desk.views.records, parking.TABLE))
    yield Figure(name="saraban_parked", labels=[service], value=count)


def _queues(container: Any) -> Iterator[Figure]:
    with Connection(container.config[AMQP_URI_CONFIG_KEY], connect_timeout=PATIENCE) as connection:
        for name in queue_names(container):
            told = connection.default_channel.queue_declare(name, passive=True)
            yield Figure(name="saraban_queue_messages", labels=[name], value=told.message_count)


def queue_names(container: Any) -> list[str]:
    """The queues that all processes of a service share: its calls, and each kind of event that it hears."""
    hears: list[Any] = [
        one for one in container.entrypoints if isinstance(one, Hear) and one.handler_type is SERVICE_POOL
    ]
    calls: list[Any] = [one for one in container.extensions if isinstance(one, Requests)]
    return sorted({str(one.queue.name) for one in [*hears, *calls]})
