"""How queues are declared on RabbitMQ: replicated, with a limit on deliveries, and a place for what exceeds it."""

from __future__ import annotations

from typing import Any

from kombu import Connection, Exchange, Queue
from nameko.constants import AMQP_URI_CONFIG_KEY

DEAD_LETTERS = "saraban.dead"
"""Exchange and queue of messages that were delivered too often, which happens when a process dies over them."""

LASTING: dict[str, Any] = {
    "x-queue-type": "quorum",
    "x-delivery-limit": 20,
    "x-dead-letter-exchange": DEAD_LETTERS,
}
"""Arguments of an event queue. RabbitMQ 4 limits deliveries to 20 by default and then drops; here it is said, and what
exceeds it is kept."""


def declare_dead_letters(config: dict[str, Any]) -> None:
    """Make the exchange and queue of dead letters unless they exist."""
    exchange = Exchange(DEAD_LETTERS, type="fanout", durable=True)
    queue = Queue(DEAD_LETTERS, exchange=exchange, durable=True, queue_arguments={"x-queue-type": "quorum"})
    with Connection(config[AMQP_URI_CONFIG_KEY]) as connection:
        queue(connection.default_channel).declare()
