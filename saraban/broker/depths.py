"""How full the queues of a broker are, and whether somebody listens to them; for the doctor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amqp.exceptions import AMQPError, ChannelError
from kombu import Connection
from kombu.exceptions import KombuError

from saraban.contracts.errors import Unavailable

CONNECT_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How many messages wait in a queue, and how many processes listen to it."""

    waiting: int
    listeners: int


def depths(url: str, names: Iterable[str]) -> dict[str, Depth]:
    """The depth of each queue that exists among `names`. Raises Unavailable when the broker cannot be reached."""
    try:
        with Connection(url, connect_timeout=CONNECT_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
            found = {name: _depth(connection, name) for name in names}
    except (AMQPError, KombuError, OSError) as error:
        raise Unavailable({"what": "broker"}) from error
    return {name: depth for name, depth in found.items() if depth is not None}


def calls_of(service: str) -> str:
    """The queue of the calls to a service."""
    return f"rpc-{service}"


def _depth(connection: Connection, name: str) -> Depth | None:
    try:
        told = connection.channel().queue_declare(name, passive=True)
    except ChannelError:
        return None
    return Depth(waiting=told.message_count, listeners=told.consumer_count)
