"""Routing of the embedded broker: which queues a message reaches."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from amqp.exceptions import ChannelError


@dataclass(slots=True)
class Exchange:
    """An exchange: its type, and its bindings as (queue, routing key or pattern), in order of binding."""

    type: str
    bindings: dict[tuple[str, str], None] = field(default_factory=dict)

    def reaches(self, pattern: str, routing_key: str) -> bool:
        """Whether a binding with `pattern` lets `routing_key` pass."""
        if self.type == "topic":
            return fits(pattern.split("."), routing_key.split("."))
        return self.type == "fanout" or pattern == routing_key


@dataclass(slots=True)
class Exchanges:
    """All exchanges by name. Routes are remembered until a binding changes."""

    _named: dict[str, Exchange] = field(default_factory=dict)
    _routes: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self._named

    def declare(self, name: str, kind: str) -> None:
        """Make an exchange unless it exists. Raises ChannelError when it exists with another type."""
        if self._named.setdefault(name, Exchange(kind)).type != kind:
            raise ChannelError(f"PRECONDITION_FAILED - exchange {name} has another type than {kind}")

    def delete(self, name: str) -> None:
        """Forget an exchange with its bindings."""
        self._named.pop(name, None)
        self._routes.clear()

    def bind(self, queue: str, name: str, routing_key: str) -> None:
        """Bind a queue. Raises ChannelError when there is no such exchange."""
        if name not in self._named:
            raise ChannelError(f"NOT_FOUND - no exchange {name}")
        self._named[name].bindings[queue, routing_key] = None
        self._routes.clear()

    def unbind(self, queue: str, name: str, routing_key: str) -> None:
        """Undo one binding; nothing happens when there is none."""
        if name in self._named:
            self._named[name].bindings.pop((queue, routing_key), None)
        self._routes.clear()

    def unbind_all(self, queue: str) -> None:
        """Undo every binding of a queue."""
        for exchange in self._named.values():
            exchange.bindings = {key: None for key in exchange.bindings if key[0] != queue}
        self._routes.clear()

    def queues(self, name: str, routing_key: str, existing: Container[str]) -> list[str]:
        """The queues that a message reaches, each once. The nameless exchange reaches the queue named by the key."""
        if not name:
            return [routing_key] if routing_key in existing else []
        route = self._routes.get((name, routing_key))
        if route is None:
            route = self._routes[name, routing_key] = self._route(name, routing_key)
        return route

    def _route(self, name: str, routing_key: str) -> list[str]:
        exchange = self._named.get(name)
        if exchange is None:
            return []
        fitting = (queue for queue, pattern in exchange.bindings if exchange.reaches(pattern, routing_key))
        return list(dict.fromkeys(fitting))


def fits(pattern: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words of a routing key fit a topic pattern: `*` stands for one word, `#` for any number."""
    if not pattern:
        return not words
    if pattern[0] == "#":
        return any(fits(pattern[1:], words[skipped:]) for skipped in range(len(words) + 1))
    return bool(words) and pattern[0] in ("*", words[0]) and fits(pattern[1:], words[1:])
