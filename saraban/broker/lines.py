"""Connections for publishing to RabbitMQ. The broker confirms each message before the next one takes the same line.

A line on which anything went wrong is cut and never used again: an answer that was not waited for would be taken for
the answer to the next message.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import eventlet
from kombu import Connection, Exchange
from kombu.exceptions import EncodeError
from kombu.messaging import Producer

LIMIT = 16
"""How many messages of one process are on their way to the broker at a time."""

SECONDS = 5.0
"""How long the broker may take over one message, from waiting for a line to the confirmation."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raises TimeoutError when the block takes longer. Within the block it is no error that kombu would answer by
    trying again."""
    timer = eventlet.Timeout(seconds)
    try:
        yield
    except eventlet.Timeout as fired:
        if fired is not timer:
            raise
        raise TimeoutError("broker") from fired
    finally:
        timer.cancel()


def connect(connection: Connection) -> None:
    """Connect, also where somebody listens but says nothing. Raises what kombu raises, TimeoutError after SECONDS."""
    with bounded(SECONDS):
        connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)


class NobodyListens(Exception):
    """No queue takes the message: the service it is for has not started."""


class Line:
    """One connection with one channel. Raises what kombu and amqp raise when the broker is away."""

    def __init__(self, url: str) -> None:
        self._connection = Connection(url, connect_timeout=SECONDS, transport_options={"confirm_publish": True})
        connect(self._connection)
        self._producer = Producer(self._connection.channel(), on_return=self._came_back)
        self._declared: set[str] = set()
        self._returned = False

    def declare(self, exchange: Exchange) -> None:
        """Make sure that an exchange is there."""
        if exchange.name not in self._declared:
            exchange(self._producer.channel).declare()
            self._declared.add(exchange.name)

    def publish(self, payload: Any, *, exchange: Exchange, routing_key: str, **how: Any) -> None:
        """Publish a message and wait for its confirmation. Raises NobodyListens for a mandatory one that reaches no
        queue."""
        self._returned = False
        self.declare(exchange)
        self._producer.publish(payload, exchange=exchange, routing_key=routing_key, **how)
        if self._returned:
            raise NobodyListens(routing_key)

    def probe(self) -> None:
        """Ask the broker for an exchange that it always has."""
        self._producer.channel.exchange_declare("amq.fanout", "fanout", passive=True)

    def cut(self) -> None:
        """Let go of the connection without a word to the broker, who may not be listening."""
        with suppress(Exception):
            self._connection.collect()

    def _came_back(self, *_: Any) -> None:
        self._returned = True


class Lines:
    """All lines of one process to one broker."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._idle: list[Line] = []
        self._room = threading.BoundedSemaphore(LIMIT)

    @contextmanager
    def one(self) -> Iterator[Line]:
        """A line of one's own for the block, opened when none is idle. Raises TimeoutError when the block takes longer
        than SECONDS."""
        with bounded(SECONDS), self._room:
            line = self._idle.pop() if self._idle else Line(self._url)
            try:
                yield line
            except (NobodyListens, EncodeError):
                self._idle.append(line)
                raise
            except BaseException:
                line.cut()
                raise
            self._idle.append(line)

    def cut(self) -> None:
        """Cut the idle ones: where one is broken, the others are too."""
        while self._idle:
            self._idle.pop().cut()
