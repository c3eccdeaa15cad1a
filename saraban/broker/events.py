"""Hearing what other services say: the entry point `hear`.

    @hear("registry", "committed")
    def follow(self, payload): ...

Each kind of service hears every event once, however many processes it has; with `broadcast=True` every process does.
A handler that raises is tried again after a delay, a few times; then the event is parked: kept with its error among
the records of the service's views, to be seen and retried (see following.py). A broadcast is a hint: it is never
retried. An event is acknowledged when it was handled or parked, never before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import eventlet
from eventlet.greenthread import GreenThread
from kombu import Queue
from nameko.events import BROADCAST, SERVICE_POOL, EventHandler
from nameko.exceptions import ContainerBeingKilled

from saraban.broker.config import is_embedded
from saraban.broker.desk import desk_of
from saraban.broker.listener import Listener
from saraban.broker.queues import LASTING, declare_dead_letters
from saraban.broker.threads import in_thread
from saraban.contracts.ids import new_id
from saraban.journal import journal
from saraban.parking import park_message

log = journal(__name__)

Method = TypeVar("Method", bound=Callable[..., Any])

DELAYS = (0.5, 2.0, 8.0, 30.0)
"""Seconds before the second, third, … try of an event; after the last it is parked."""


@dataclass(slots=True, eq=False)
class Delivery:
    """An event in the works: how often it was tried, and the timer of the next try while it waits."""

    message: Any
    payload: Any
    tries: int = 0
    timer: GreenThread | None = None


class Hear(EventHandler):
    """Brings one kind of event to one method."""

    queue_consumer = Listener()
    queue: Queue

    def __init__(self, source: str, event_type: str, *, broadcast: bool = False) -> None:
        kind = BROADCAST if broadcast else SERVICE_POOL
        super().__init__(source, event_type, handler_type=kind, reliable_delivery=not broadcast)
        self._waiting: set[Delivery] = set()
        self._stopping = False

    def setup(self) -> None:
        """Describe the queue."""
        super().setup()
        if self.handler_type is SERVICE_POOL and not is_embedded(self.container.config):
            self.queue.queue_arguments = LASTING

    def renew(self, channel: Any) -> None:
        """A broadcast is heard in a queue that each connection has of its own: the one before may still be held."""
        if self.queue.queue_arguments is LASTING:
            declare_dead_letters(channel)
        if self.handler_type is BROADCAST:
            name = f"evt-{self.source_service}-{self.event_type}--{self.container.service_name}-{new_id()}"
            self.queue = Queue(name, self.queue.exchange, self.event_type, durable=False, exclusive=True)

    def stop(self) -> None:
        """Take no more events; give those that wait for another try their last one now."""
        self._stopping = True
        super().stop()
        for delivery in list(self._waiting):
            if delivery.timer is not None:
                delivery.timer.cancel()
            self._try(delivery)

    def handle_message(self, body: Any, message: Any) -> None:
        """Try an event for the first time."""
        self._try(Delivery(message, body))

    def _try(self, delivery: Delivery) -> None:
        self._waiting.discard(delivery)
        delivery.tries += 1
        context = self.unpack_message_headers(delivery.message)
        settle = partial(self._settle, delivery)
        try:
            self.container.spawn_worker(self, (delivery.payload,), {}, context_data=context, handle_result=settle)
        except ContainerBeingKilled:
            self.queue_consumer.requeue_message(delivery.message)

    def _settle(self, delivery: Delivery, _worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        if exc_info is None or self.handler_type is BROADCAST:
            self.queue_consumer.ack_message(delivery.message)
        elif delivery.tries <= len(DELAYS) and not self._stopping:
            self._wait(delivery, DELAYS[delivery.tries - 1])
        else:
            self._park(delivery, exc_info[1])
        return result, exc_info

    def _wait(self, delivery: Delivery, seconds: float) -> None:
        self._waiting.add(delivery)
        delivery.timer = eventlet.spawn_after(seconds, self._try, delivery)

    def _park(self, delivery: Delivery, error: BaseException) -> None:
        what = {"source": self.source_service, "event_type": self.event_type, "handler": self.method_name}
        try:
            views = desk_of(self.container).views
            in_thread(park_message, views, payload=delivery.payload, error=error, tries=delivery.tries, **what)
        except Exception:  # whatever the views cannot do now, the event must not be lost
            log.exception("cannot park", service=self.container.service_name, **what)
            if self._stopping:
                self.queue_consumer.requeue_message(delivery.message)
            else:
                self._wait(delivery, DELAYS[-1])
        else:
            log.error("parked", service=self.container.service_name, **what)
            self.queue_consumer.ack_message(delivery.message)


def hear(source: str, event_type: str, *, broadcast: bool = False) -> Callable[[Method], Method]:
    """Call this method with the payload of every event of that type that the service `source` says."""
    decorator: Callable[[Method], Method] = Hear.decorator(source, event_type, broadcast=broadcast)
    return decorator
