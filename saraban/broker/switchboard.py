"""What all connections of the embedded broker share: exchanges, queues, and what waits in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kombu.message import Message

from saraban.broker.exchanges import Exchanges

Deliver = Callable[[Message], Any]
Wake = Callable[[], None]


@dataclass(slots=True)
class Envelope:
    """A message as it waits in a queue. Queues share it: nobody writes to it after publishing."""

    body: bytes | str
    content_type: str
    content_encoding: str
    headers: dict[str, Any]
    properties: dict[str, Any]
    exchange: str = ""
    routing_key: str = ""


@dataclass(slots=True)
class WaitingLine:
    """A queue: what waits (with whether it was delivered before) and the connections that read from it."""

    temporary: bool
    messages: deque[tuple[Envelope, bool]] = field(default_factory=deque)
    readers: list[Wake] = field(default_factory=list)

    def put(self, envelope: Envelope) -> None:
        """Add a message at the end and wake whoever reads."""
        self.messages.append((envelope, False))
        self.wake()

    def put_back(self, envelope: Envelope) -> None:
        """Return a message that was delivered but not acknowledged to the front."""
        self.messages.appendleft((envelope, True))
        self.wake()

    def wake(self) -> None:
        """Wake the connections that read from this queue."""
        for reader in self.readers:
            reader()


@dataclass(slots=True)
class Switchboard:
    """What all connections of this process share: exchanges and queues."""

    exchanges: Exchanges = field(default_factory=Exchanges)
    lines: dict[str, WaitingLine] = field(default_factory=dict)

    def route(self, envelope: Envelope) -> bool:
        """Put a message into every queue that its routing key reaches; answers whether there was one."""
        names = self.exchanges.queues(envelope.exchange, envelope.routing_key, self.lines)
        for name in names:
            self.lines[name].put(envelope)
        return bool(names)

    def remove(self, name: str) -> int:
        """Delete a queue with its bindings; answers how many messages went with it."""
        self.exchanges.unbind_all(name)
        line = self.lines.pop(name, None)
        return len(line.messages) if line else 0


@dataclass(slots=True)
class Subscription:
    """One consumer of a queue. At most `limit` deliveries are unacknowledged at a time (0: no limit). The limit is
    each consumer's own, as in RabbitMQ: requests that wait for replies must not keep the replies out."""

    tag: str
    queue: str
    line: WaitingLine
    deliver: Deliver
    acknowledges: bool
    limit: int
    unacknowledged: dict[int, Envelope] = field(default_factory=dict)

    def has_room(self) -> bool:
        """Whether one more message may be delivered."""
        return not self.limit or len(self.unacknowledged) < self.limit
