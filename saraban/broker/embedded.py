"""The broker of the embedded size: a kombu transport inside one process, `embedded://`.

It speaks enough of AMQP 0-9-1 for nameko's services to run on it unchanged: direct, topic and fanout exchanges,
competing consumers with a prefetch limit each, acknowledgement, requeueing, mandatory publishing, queues that go with
their last consumer. A consumer sleeps until a message is put; nothing polls. Messages live in memory only and vanish
with the process: the log is what lasts. Everything must be called from the thread that runs the eventlet hub.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from amqp.exceptions import ChannelError
from amqp.protocol import queue_declare_ok_t
from eventlet.event import Event
from kombu.message import Message
from kombu.transport import TRANSPORT_ALIASES, base

from saraban.broker.switchboard import Deliver, Envelope, Subscription, Switchboard, WaitingLine


class Channel(base.StdChannel):
    """A channel: declarations go to the switchboard, deliveries and acknowledgements are kept here."""

    def __init__(self, connection: Transport) -> None:
        self.connection: Transport | None = connection
        self.board = connection.board
        self.channel_id = next(connection.channel_ids)
        self.subscriptions: dict[str, Subscription] = {}
        self._delivered: dict[int, Subscription] = {}
        self._tags = count(1)
        self._limit = 0

    def exchange_declare(self, exchange: str, type: str = "direct", passive: bool = False, **_: Any) -> None:  # noqa: A002, FBT001, FBT002
        """Make the exchange unless it exists. Raises ChannelError when it exists with another type."""
        if passive and exchange not in self.board.exchanges:
            raise ChannelError(f"NOT_FOUND - no exchange {exchange}")
        self.board.exchanges.declare(exchange, type or "direct")

    def exchange_delete(self, exchange: str, **_: Any) -> None:
        """Forget the exchange; its queues stay."""
        self.board.exchanges.delete(exchange)

    def queue_declare(
        self,
        queue: str = "",
        passive: bool = False,  # noqa: FBT001, FBT002
        exclusive: bool = False,  # noqa: FBT001, FBT002
        auto_delete: bool = False,  # noqa: FBT001, FBT002
        arguments: dict[str, Any] | None = None,
        **_: Any,
    ) -> queue_declare_ok_t:
        """Make the queue unless it exists. One that is exclusive, deletes itself or expires goes with its last
        consumer; other arguments are RabbitMQ's and mean nothing here."""
        name = queue or f"made-{id(self)}-{next(self._tags)}"
        if name not in self.board.lines:
            if passive:
                raise ChannelError(f"NOT_FOUND - no queue {name}")
            temporary = exclusive or auto_delete or "x-expires" in (arguments or {})
            self.board.lines[name] = WaitingLine(temporary)
        line = self.board.lines[name]
        return queue_declare_ok_t(name, len(line.messages), len(line.readers))

    def queue_bind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        """Let messages to `exchange` whose key fits `routing_key` reach the queue."""
        self.board.exchanges.bind(queue, exchange, routing_key)

    def queue_unbind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        """Undo a binding."""
        self.board.exchanges.unbind(queue, exchange, routing_key)

    def queue_purge(self, queue: str, **_: Any) -> int:
        """Forget what waits in the queue; answers how much it was."""
        messages = self.board.lines[queue].messages
        size = len(messages)
        messages.clear()
        return size

    def queue_delete(self, queue: str, **_: Any) -> int:
        """Delete the queue; answers how many messages went with it."""
        return self.board.remove(queue)

    def prepare_message(
        self,
        body: bytes | str,
        priority: int | None = None,  # noqa: ARG002
        content_type: str = "",
        content_encoding: str = "",
        headers: dict[str, Any] | None = None,
        properties: dict[str, Any] | None = None,
    ) -> Envelope:
        """A message ready to publish; its properties name the content type, which nameko's replies ask for."""
        named = {**(properties or {}), "content_type": content_type, "content_encoding": content_encoding}
        return Envelope(body, content_type, content_encoding, headers or {}, named)

    def basic_publish(
        self,
        message: Envelope,
        exchange: str = "",
        routing_key: str = "",
        mandatory: bool = False,  # noqa: FBT001, FBT002
        **_: Any,
    ) -> None:
        """Put the message into every queue it reaches. A mandatory one that reaches none raises ChannelError."""
        message.exchange, message.routing_key = exchange, routing_key
        if not self.board.route(message) and mandatory:
            raise ChannelError(f"NO_ROUTE - no queue for {routing_key}")

    def basic_qos(self, prefetch_size: int = 0, prefetch_count: int = 0, apply_global: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """The prefetch limit of each consumer that starts after this."""
        self._limit = prefetch_count

    def basic_consume(self, queue: str, no_ack: bool, callback: Deliver, consumer_tag: str, **_: Any) -> None:  # noqa: FBT001
        """Start a consumer."""
        assert self.connection is not None
        line = self.board.lines[queue]
        self.subscriptions[consumer_tag] = Subscription(consumer_tag, queue, line, callback, not no_ack, self._limit)
        line.readers.append(self.connection.wake)
        self.connection.wake()

    def basic_cancel(self, consumer_tag: str, **_: Any) -> None:
        """End a consumer. What it holds unacknowledged stays its own until the channel closes."""
        subscription = self.subscriptions.pop(consumer_tag, None)
        if subscription is None or self.connection is None:
            return
        subscription.line.readers.remove(self.connection.wake)
        if subscription.line.temporary and not subscription.line.readers:
            self.board.remove(subscription.queue)

    def basic_get(self, queue: str, no_ack: bool = False, **_: Any) -> Message | None:  # noqa: FBT001, FBT002
        """The next message of a queue without consuming, or None."""
        line = self.board.lines[queue]
        once = Subscription("", queue, line, lambda _: None, not no_ack, 0)
        return self._take(once) if line.messages else None

    def basic_ack(self, delivery_tag: int, multiple: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """The message was dealt with."""
        self._settle(delivery_tag)

    def basic_reject(self, delivery_tag: int, requeue: bool = False) -> None:  # noqa: FBT001, FBT002
        """Give the message back to its queue, or drop it."""
        line = self._delivered[delivery_tag].line
        envelope = self._settle(delivery_tag)
        if requeue:
            line.put_back(envelope)

    def deliver_waiting(self) -> None:
        """Hand to each consumer what waits for it, as far as its limit allows."""
        for subscription in list(self.subscriptions.values()):
            for _ in range(len(subscription.line.messages)):
                if not (subscription.line.messages and subscription.has_room()):
                    break
                subscription.deliver(self._take(subscription))

    def close(self) -> None:
        """End all consumers; what was not acknowledged returns to the front of its queue, in order."""
        if self.connection is None:
            return
        for consumer in list(self.subscriptions):
            self.basic_cancel(consumer)
        for tag in sorted(self._delivered, reverse=True):
            line = self._delivered[tag].line
            line.put_back(self._settle(tag))
        self.connection.close_channel(self)
        self.connection = None

    def _take(self, subscription: Subscription) -> Message:
        envelope, redelivered = subscription.line.messages.popleft()
        tag = next(self._tags)
        if subscription.acknowledges:
            subscription.unacknowledged[tag] = envelope
            self._delivered[tag] = subscription
        return Message(
            body=envelope.body,
            delivery_tag=tag,
            content_type=envelope.content_type,
            content_encoding=envelope.content_encoding,
            delivery_info={
                "exchange": envelope.exchange,
                "routing_key": envelope.routing_key,
                "redelivered": redelivered,
                "consumer_tag": subscription.tag,
            },
            properties=envelope.properties,
            headers=envelope.headers,
            channel=self,
        )

    def _settle(self, delivery_tag: int) -> Envelope:
        subscription = self._delivered.pop(delivery_tag)
        envelope = subscription.unacknowledged.pop(delivery_tag)
        if subscription.line.messages and self.connection is not None:
            self.connection.wake()
        return envelope


class Transport(base.Transport):
    """A connection to the switchboard of this process."""

    board = Switchboard()
    default_port = 0
    driver_type = driver_name = "embedded"
    connection_errors = (ConnectionError,)
    channel_errors = (ChannelError,)
    recoverable_connection_errors = recoverable_channel_errors = ()
    can_parse_url = True
    implements = base.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct", "topic", "fanout"]), heartbeats=False
    )

    def __init__(self, client: Any, **_: Any) -> None:
        super().__init__(client)
        self.channel_ids: Iterator[int] = count(1)
        self._channels: list[Channel] = []
        self._signal = Event()

    def driver_version(self) -> str:
        """There is no driver."""
        return "none"

    @property
    def default_connection_params(self) -> dict[str, Any]:
        """What kombu asks of a transport; nothing is needed."""
        return {"hostname": "localhost", "port": 0}

    def establish_connection(self) -> Transport:
        """The connection is the transport itself."""
        return self

    def close_connection(self, connection: Transport) -> None:  # noqa: ARG002
        """Close the channels."""
        for channel in list(self._channels):
            channel.close()

    def create_channel(self, connection: Transport) -> Channel:  # noqa: ARG002
        """A new channel."""
        channel = Channel(self)
        self._channels.append(channel)
        return channel

    def close_channel(self, channel: Channel) -> None:
        """Forget a channel that has closed."""
        if channel in self._channels:
            self._channels.remove(channel)

    def drain_events(self, connection: Transport, timeout: float | None = None) -> None:  # noqa: ARG002
        """Sleep until woken, then deliver all that waits. Raises `socket.timeout` when `timeout` seconds pass first."""
        if not self._signal.ready():
            self._signal.wait(timeout)
        if not self._signal.ready():
            raise TimeoutError
        self._signal = Event()
        for channel in list(self._channels):
            channel.deliver_waiting()

    def wake(self) -> None:
        """Let `drain_events` look: something was put, acknowledged or asked of its consumer."""
        if not self._signal.ready():
            self._signal.send(True)


def register() -> None:
    """Make `embedded://` known to kombu."""
    TRANSPORT_ALIASES["embedded"] = "saraban.broker.embedded:Transport"
