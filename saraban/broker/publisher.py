"""Saying events to whoever listens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nameko.standalone.events import get_event_exchange

from saraban.broker.correlation import HEADER, correlation_id
from saraban.broker.sender import Sender


class Publisher:
    """Says the events of one service."""

    def __init__(self, service: str, config: dict[str, Any]) -> None:
        self._sender = Sender(config)
        self._exchange = get_event_exchange(service, config)
        self._sender.declare(self._exchange)

    def publish(self, event_type: str, payload: Mapping[str, Any]) -> None:
        """Say an event; returns when the broker has taken it for every service that listens. Raises Unavailable."""
        self._sender.send(
            payload,
            exchange=self._exchange,
            routing_key=event_type,
            headers={f"nameko.{HEADER}": correlation_id()},
            lasting=True,
        )
