"""Calling other services.

A service finds its Caller in the office that it is furnished from (see desk.py). Outside, in the command line and in
tests, `with calling(config) as services` gives the same.

A call waits for its answer for a bounded time and is not taken up by the service after that. When the broker goes away
while a call is under way, the call is sent again as soon as the broker is back, so a service may get it twice: queries
do no harm then, commands name themselves by their `command_id`, and the few others (ONCE) are not sent again.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import eventlet
from eventlet.event import Event
from kombu import Connection, Consumer, Queue
from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.rpc import ReplyListener, get_rpc_exchange

from saraban.broker.correlation import HEADER, correlation_id
from saraban.broker.errors import from_wire
from saraban.broker.lines import NobodyListens, connect
from saraban.broker.listener import AWAY, Listener
from saraban.broker.sender import Sender
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.ids import new_id

TIMEOUT = 10.0
"""Seconds that a call waits for its answer unless told otherwise."""

ONCE = frozenset({"sign_in", "change_password", "create_token", "revoke_token", "parked_retry", "replay_views"})
"""Methods that neither only ask nor take a `command_id`: a second time would be a second session, or an error after it
was done."""

_LOOK_AGAIN = 0.05


class Caller(Protocol):
    """Calls methods of other services by name."""

    def call(self, service: str, method: str, *, timeout: float = TIMEOUT, **kwargs: Any) -> Any:
        """The method's result. Raises what the method raised when that is a SarabanError, ServiceFailed when it
        was anything else, ServiceAway when no answer came within `timeout` seconds: then it is unknown whether the
        service acted, and repeating a command with the same `command_id` is safe."""


class Replies(ReplyListener):
    """Receives the answers to this process's calls of one service, in a queue that each connection has of its own."""

    queue_consumer = Listener()
    never_waits = True
    _reply_events: dict[str, Event]

    def setup(self) -> None:
        """Make ready to send calls too."""
        super().setup()
        self.sender = Sender(self.container.config)
        self.exchange = get_rpc_exchange(self.container.config)

    def renew(self, _channel: Any) -> None:
        """Begin a fresh queue of answers."""
        self.queue = _reply_queue(self.container.service_name, self.exchange)
        self.routing_key = self.queue.routing_key

    def connected(self) -> None:
        """There is a connection, perhaps a new one: what was asked before gets no answer any more."""
        unanswered, self._reply_events = self._reply_events, {}
        for reply in unanswered.values():
            reply.send(None)

    def call(self, service: str, method: str, *, timeout: float = TIMEOUT, **kwargs: Any) -> Any:
        """See Caller."""
        until = time.monotonic() + timeout
        call_id = new_id()
        try:
            with eventlet.Timeout(timeout, ServiceAway({"what": service})):
                body = self._ask(call_id, service, method, kwargs, until)
                while body is None and method not in ONCE:
                    body = self._ask(call_id, service, method, kwargs, until)
        finally:
            self._reply_events.pop(call_id, None)
        return _told(service, body)

    def _ask(self, call_id: str, service: str, method: str, kwargs: dict[str, Any], until: float) -> Any:
        """The answer; None when the connection on which it would have come is gone."""
        while True:
            self.queue_consumer.wait_until_ready()
            reply: Event = self.get_reply_event(call_id)
            try:
                _send(self, call_id, f"{service}.{method}", kwargs, until)
            except (NobodyListens, Unavailable):
                eventlet.sleep(_LOOK_AGAIN)
            else:
                return reply.wait()


class Outside:
    """A Caller for one green thread, or a program without any, outside the services."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.sender = Sender(config)
        self.exchange = get_rpc_exchange(config)
        self.routing_key = ""
        self._url = config[AMQP_URI_CONFIG_KEY]
        self._connection: Connection | None = None
        self._answers: dict[str, Any] = {}
        self._correlation = correlation_id()

    def call(self, service: str, method: str, *, timeout: float = TIMEOUT, **kwargs: Any) -> Any:
        """See Caller."""
        until = time.monotonic() + timeout
        call_id = new_id()
        failure: Unavailable = ServiceAway({"what": service})
        while time.monotonic() < until:
            sent = False
            try:
                connection = self._connected()
                _send(self, call_id, f"{service}.{method}", kwargs, until, self._correlation)
                sent = True
                body = self._answer(connection, call_id, until)
            except NobodyListens:
                eventlet.sleep(_LOOK_AGAIN)
            except (*AWAY, Unavailable) as error:
                failure = error if isinstance(error, Unavailable) else failure
                self.close()
                if sent and method in ONCE:
                    break
                eventlet.sleep(_LOOK_AGAIN)
            else:
                return _told(service, body)
        raise failure

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = Connection(self._url)
            connect(connection)
            queue = _reply_queue("outside", self.exchange)
            Consumer(
                connection.default_channel, [queue], callbacks=[self._take], accept=["json"], no_ack=True
            ).consume()
            self.routing_key = queue.routing_key
            self._connection = connection
        return self._connection

    def _take(self, body: Any, message: Any) -> None:
        self._answers[message.properties.get("correlation_id")] = body

    def _answer(self, connection: Connection, call_id: str, until: float) -> Any:
        self._answers.clear()
        while call_id not in self._answers:
            connection.drain_events(timeout=max(until - time.monotonic(), 0.001))
        return self._answers.pop(call_id)

    def close(self) -> None:
        """Let go of the broker."""
        if self._connection is not None:
            with suppress(*AWAY):
                self._connection.release()
            self._connection = None


def _send(
    caller: Replies | Outside,
    call_id: str,
    routing_key: str,
    kwargs: dict[str, Any],
    until: float,
    correlation: str | None = None,
) -> None:
    caller.sender.send(
        {"args": (), "kwargs": kwargs},
        exchange=caller.exchange,
        routing_key=routing_key,
        headers={f"nameko.{HEADER}": correlation or correlation_id()},
        mandatory=True,
        reply_to=caller.routing_key,
        correlation_id=call_id,
        expiration=max(until - time.monotonic(), 0.001),
    )


def _reply_queue(whose: str, exchange: Any) -> Queue:
    name = str(uuid.uuid4())
    return Queue(
        f"rpc.reply-{whose}-{name}", exchange, routing_key=name, durable=False, exclusive=True, auto_delete=True
    )


def _told(service: str, body: Any) -> Any:
    if body is None:
        raise ServiceAway({"what": service})
    if body["error"]:
        raise from_wire(service, body["error"])
    return body["result"]


@contextmanager
def calling(config: dict[str, Any]) -> Iterator[Caller]:
    """A Caller for as long as the block lasts; for the command line and for tests."""
    outside = Outside(config)
    try:
        yield outside
    finally:
        outside.close()
