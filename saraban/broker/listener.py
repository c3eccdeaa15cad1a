"""Receiving messages: nameko's queue consumer, without a green thread in between and without polling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet
from nameko.messaging import QueueConsumer

from saraban.broker.config import is_embedded


class Listener(QueueConsumer):
    """The connection on which a service receives. Messages go straight to who takes them while workers are free.

    On the embedded broker it sleeps until a message comes; on RabbitMQ it looks up once a second, for heartbeats.
    """

    _wake: Callable[[], None] | None = None

    def wait_until_ready(self) -> None:
        """Return when messages can come: an answer to what was asked before would find no queue."""
        self._consumers_ready.wait()

    def run(self) -> None:
        """Consume until told to stop."""
        super().run(safety_interval=None if is_embedded(self.container.config) else 1)

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **kwargs: Any) -> None:
        """Remember how to wake the connection."""
        self._wake = getattr(connection.transport, "wake", None)
        super().on_consume_ready(connection, channel, consumers, **kwargs)

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

    def unregister_provider(self, provider: Any) -> None:
        """Stop consuming for one provider, at once."""
        self._wake_soon()
        super().unregister_provider(provider)

    def kill(self) -> None:
        """Stop without grace."""
        self._wake_soon()
        super().kill()

    def _wake_soon(self) -> None:
        if self._wake is not None:
            eventlet.spawn_n(self._wake)
