"""How queues are declared on RabbitMQ: replicated, with a limit on deliveries, and a place for what exceeds it."""

from __future__ import annotations

from typing import Any

from kombu import Exchange, Queue

DEAD_LETTERS = "saraban.dead"
"""Exchange and queue of messages that were delivered too often, which happens when a process dies over them."""

LONGEST = 20_000
"""How many messages a queue keeps at most, the newest ones. Knocks that fall out of it while a service is away are made
up for by its sweep of the log."""

LASTING: dict[str, Any] = {
    "x-queue-type": "quorum",
    "x-delivery-limit": 20,
    "x-dead-letter-exchange": DEAD_LETTERS,
    "x-max-length": LONGEST,
}
"""Arguments of an event queue. RabbitMQ 4 limits deliveries to 20 by default and then drops; here it is said, and what
exceeds it is kept."""

CALLS: dict[str, Any] = {"x-queue-type": "quorum", "x-delivery-limit": 5}
"""Arguments of a queue of calls. A call that process after process dies of is dropped; its caller has long been told
that the service is away."""


def declare_dead_letters(channel: Any) -> None:
    """Make the exchange and queue of dead letters unless they exist."""
    exchange = Exchange(DEAD_LETTERS, type="fanout", durable=True)
    arguments = {"x-queue-type": "quorum", "x-max-length": LONGEST}
    Queue(DEAD_LETTERS, exchange, durable=True, queue_arguments=arguments)(channel).declare()
