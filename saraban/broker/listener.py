"""Receiving messages: nameko's queue consumer, without a green thread in between, without polling, and without giving
up: a broker that goes away is looked for until it is back or the service is told to stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from typing import Any

import eventlet
from amqp.exceptions import AMQPError
from eventlet.event import Event
from kombu.exceptions import KombuError
from nameko.extensions import ProviderCollector
from nameko.messaging import QueueConsumer, QueueConsumerStopped

from saraban.broker.bells import Bell
from saraban.broker.config import is_embedded
from saraban.broker.lines import bounded, connect
from saraban.journal import journal

log = journal(__name__)

PAUSES = (0.2, 0.5, 1.0, 2.0)
LONGEST_PAUSE = 5.0
"""Seconds between two tries to reach a broker that is away: these, then always the longest."""

SETUP_SECONDS = 8.0
"""How long a broker that let us in may take until we read from its queues."""

PATIENCE = 2
"""How often in a row that may take too long. Then the queues are deleted and made anew: after a crash a replicated
queue may stay without a leader for ever (seen with RabbitMQ 3.10). The sweep makes up for
the knocks that it held; the calls end by their time-out."""

DELETE_SECONDS = 30.0
"""How long deleting them may take; the broker first waits for such a queue for a while."""

CLOSE_SECONDS = 5.0
"""How long it may take over a farewell."""

AWAY = (AMQPError, KombuError, OSError)


class Listener(QueueConsumer):
    """The connection on which a service receives. Messages go straight to who takes them while workers are free.

    On the embedded broker it sleeps until a message comes; on RabbitMQ it looks up once a second, for heartbeats. A
    provider with `renew(channel)` may make a fresh queue on each connection, one with `connected()` is told of each.
    """

    _wake: Callable[[], None] | None = None
    _setting_up: eventlet.Timeout
    _hung = 0
    _pending_remove_providers: dict[Any, Event]

    def __init__(self) -> None:
        super().__init__()
        self._connected = Event()
        self._bell = Bell()

    def wait_until_ready(self) -> None:
        """Return when messages can come: an answer to what was asked before would find no queue."""
        self._connected.wait()

    def run(self) -> None:
        """Consume until told to stop."""
        with suppress(QueueConsumerStopped):
            super().run(safety_interval=None if is_embedded(self.container.config) else 1)

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """A connection, however long it takes. Raises QueueConsumerStopped when told to stop meanwhile."""
        connection = self.create_connection()
        self._connect(connection)
        if self._hung >= PATIENCE:
            self._delete_queues(connection)
        self._setting_up = eventlet.Timeout(SETUP_SECONDS, TimeoutError("broker"))
        try:
            yield connection
        except BaseException as error:
            self._hung += isinstance(error, TimeoutError) and not self._connected.ready()
            connection.collect()
            raise
        finally:
            self._setting_up.cancel()
        with eventlet.Timeout(CLOSE_SECONDS, exception=False):
            connection.release()

    def _connect(self, connection: Any) -> None:
        for seconds in chain(PAUSES, repeat(LONGEST_PAUSE)):
            try:
                connect(connection)
            except AWAY as error:
                log.warning("broker away", service=self.container.service_name, error=type(error).__name__)
            else:
                return
            self._bell.sleep(seconds)
            self._let_go()
            if self.should_stop:
                raise QueueConsumerStopped

    def _delete_queues(self, connection: Any) -> None:
        names = [provider.queue.name for provider in self._providers if provider.queue.durable]
        log.error("queues hang and are made anew", service=self.container.service_name, queues=names)
        with suppress(*AWAY), bounded(DELETE_SECONDS):
            for name in names:
                connection.default_channel.queue_delete(name)

    def _let_go(self) -> None:
        """Without a connection there is nothing to cancel for a provider that wants to go."""
        leaving, self._pending_remove_providers = self._pending_remove_providers, {}
        for provider in leaving:
            self._consumers.pop(provider, None)
        if not self._providers.difference(leaving):
            self.should_stop = True
        for removed in leaving.values():
            removed.send()

    def _cancel_consumers_if_requested(self) -> None:
        while self._pending_remove_providers:
            provider, removed = self._pending_remove_providers.popitem()
            try:
                self._consumers.pop(provider).cancel()
            finally:
                removed.send()

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Any:
        """The consumers of all providers; called on each connection."""
        for provider in self._providers:
            if hasattr(provider, "renew"):
                provider.renew(channel)
        return super().get_consumers(consumer_cls, channel)

    @contextmanager
    def consumer_context(self, **kwargs: Any) -> Iterator[Any]:
        """Consume on one connection, for as long as it lasts."""
        try:
            with super().consumer_context(**kwargs) as consuming:
                yield consuming
        finally:
            if self._connected.ready():
                self._connected = Event()

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **kwargs: Any) -> None:
        """Remember how to wake the connection, and tell who waits for it."""
        self._setting_up.cancel()
        self._hung = 0
        self._wake = getattr(connection.transport, "wake", None)
        super().on_consume_ready(connection, channel, consumers, **kwargs)
        self._connected.send()
        for provider in self._providers:
            if hasattr(provider, "connected"):
                provider.connected()

    def on_iteration(self) -> None:
        """Look for what else is asked of the consumer; having been told to stop, do not sleep once more."""
        super().on_iteration()
        if self.should_stop and self._wake is not None:
            self._wake()

    def handle_message(self, provider: Any, body: Any, message: Any) -> None:
        """Hand a message over. When all workers are busy it waits in a green thread of its own, so that replies,
        which the busy ones may wait for, still come through."""
        if getattr(provider, "never_waits", False) or self.container.has_free_worker():
            provider.handle_message(body, message)
        else:
            super().handle_message(provider, body, message)

    def ack_message(self, message: Any) -> None:
        """Say that a message was dealt with. On a broken connection nobody hears it, and the message comes again."""
        with suppress(*AWAY):
            super().ack_message(message)

    def requeue_message(self, message: Any) -> None:
        """Give a message back; on a broken connection the broker has it back already."""
        with suppress(*AWAY):
            super().requeue_message(message)

    def unregister_provider(self, provider: Any) -> None:
        """Stop consuming for one provider, at once."""
        if provider not in self._providers:
            return
        removed = Event()
        self._pending_remove_providers[provider] = removed
        self._wake_soon()
        removed.wait()
        ProviderCollector.unregister_provider(self, provider)

    def kill(self) -> None:
        """Stop without grace."""
        self.should_stop = True
        self._wake_soon()
        super().kill()

    def _wake_soon(self) -> None:
        self._bell.ring()
        if self._wake is not None:
            eventlet.spawn_n(self._wake)
