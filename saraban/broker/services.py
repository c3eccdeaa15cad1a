"""Calling other services.

A service finds its Caller in the office that it is furnished from (see desk.py). Outside, in the command line and in
tests, `with calling(config) as services` gives the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import eventlet
from nameko.exceptions import RemoteError, RpcTimeout, UnknownService
from nameko.rpc import ReplyListener, get_rpc_exchange
from nameko.standalone.rpc import ClusterRpcProxy

from saraban.broker.correlation import HEADER, correlation_id
from saraban.broker.errors import from_wire
from saraban.broker.listener import Listener
from saraban.broker.sender import NobodyListens, Sender
from saraban.contracts.errors.broker import ServiceAway, ServiceFailed
from saraban.contracts.ids import new_id

TIMEOUT = 10.0
"""Seconds that a call waits for its answer unless told otherwise."""

_LOOK_AGAIN = 0.05


class Caller(Protocol):
    """Calls methods of other services by name."""

    def call(self, service: str, method: str, *, timeout: float = TIMEOUT, **kwargs: Any) -> Any:
        """The method's result. Raises what the method raised when that is a SarabanError, ServiceFailed when it
        was anything else, ServiceAway when no answer came within `timeout` seconds."""


class Replies(ReplyListener):
    """Receives the answers to this process's calls of one service."""

    queue_consumer = Listener()
    never_waits = True

    def setup(self) -> None:
        """Make ready to send calls too."""
        super().setup()
        self.sender = Sender(self.container.config)
        self.exchange = get_rpc_exchange(self.container.config)

    def call(self, service: str, method: str, *, timeout: float = TIMEOUT, **kwargs: Any) -> Any:
        """See Caller."""
        call_id = new_id()
        reply = self.get_reply_event(call_id)
        try:
            with eventlet.Timeout(timeout, ServiceAway({"what": service})):
                self.queue_consumer.wait_until_ready()
                self._send(call_id, service, method, kwargs)
                body = reply.wait()
        finally:
            self._reply_events.pop(call_id, None)
        if body["error"]:
            raise from_wire(service, body["error"])
        return body["result"]

    def _send(self, call_id: str, service: str, method: str, kwargs: dict[str, Any]) -> None:
        while True:
            try:
                self.sender.send(
                    {"args": (), "kwargs": kwargs},
                    exchange=self.exchange,
                    routing_key=f"{service}.{method}",
                    headers={f"nameko.{HEADER}": correlation_id()},
                    mandatory=True,
                    reply_to=self.routing_key,
                    correlation_id=call_id,
                )
            except NobodyListens:
                eventlet.sleep(_LOOK_AGAIN)
            else:
                return


class Outside:
    """A Caller for one green thread, or a program without any, outside the services."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._proxy = ClusterRpcProxy(config, context_data={HEADER: correlation_id()})
        self._listener = self._proxy._reply_listener  # noqa: SLF001 - nameko sets the time-out nowhere else
        self._services = self._proxy.start()

    def call(self, service: str, method: str, *, timeout: float = TIMEOUT, **kwargs: Any) -> Any:
        """See Caller."""
        until = time.monotonic() + timeout
        while True:
            self._listener.queue_consumer.timeout = max(until - time.monotonic(), 0)
            try:
                return getattr(self._services[service], method)(**kwargs)
            except UnknownService as error:
                if time.monotonic() >= until:
                    raise ServiceAway({"what": service}) from error
                eventlet.sleep(_LOOK_AGAIN)
            except (RpcTimeout, OSError) as error:
                raise ServiceAway({"what": service}) from error
            except RemoteError as error:
                raise ServiceFailed({"what": service, "incident": correlation_id()}) from error

    def close(self) -> None:
        """Let go of the broker."""
        self._proxy.stop()


@contextmanager
def calling(config: dict[str, Any]) -> Iterator[Caller]:
    """A Caller for as long as the block lasts; for the command line and for tests."""
    outside = Outside(config)
    try:
        yield outside
    finally:
        outside.close()
