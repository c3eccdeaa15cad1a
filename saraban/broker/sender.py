"""Putting messages on the broker, with confirms."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from amqp.exceptions import AMQPError, ChannelError, MessageNacked
from kombu import Connection, Exchange
from kombu.exceptions import EncodeError, KombuError
from kombu.messaging import Producer
from nameko.constants import AMQP_URI_CONFIG_KEY, NON_PERSISTENT, PERSISTENT

from saraban.broker.config import is_embedded
from saraban.broker.lines import Line, Lines, NobodyListens
from saraban.contracts.errors import Unavailable

PAUSES = (0.0, 0.3, 1.0)
"""Seconds before the second, third, … try on a fresh line; after the last one the broker counts as away."""

AWAY = (AMQPError, KombuError, OSError, MessageNacked)

LINES = "lines"


class NotSendable(Exception):
    """The payload holds something that is not JSON."""


class Sender:
    """Publishes JSON. In the embedded size through one channel; else through lines that all senders of a configuration
    share, on which the broker confirms each message before `send` returns."""

    def __init__(self, config: dict[str, Any]) -> None:
        url = config[AMQP_URI_CONFIG_KEY]
        self._only = Producer(Connection(url).channel()) if is_embedded(config) else None
        self._lines: Lines = config.setdefault(LINES, Lines(url))

    def send(
        self,
        payload: Any,
        *,
        exchange: Exchange,
        routing_key: str,
        headers: dict[str, Any],
        lasting: bool = False,
        **how: Any,
    ) -> None:
        """Publish one message; when its confirmation is lost it may arrive twice. `lasting` ones survive a restart of
        the broker. Raises NobodyListens for a `mandatory` one that no queue takes, NotSendable for a payload that is
        not JSON, Unavailable when the broker is away."""
        how |= {"headers": headers, "serializer": "json", "delivery_mode": PERSISTENT if lasting else NON_PERSISTENT}
        try:
            if self._only is not None:
                self._only.publish(payload, exchange=exchange, routing_key=routing_key, **how)
            else:
                self._try(lambda line: line.publish(payload, exchange=exchange, routing_key=routing_key, **how))
        except EncodeError as error:
            raise NotSendable(routing_key) from error
        except ChannelError as error:
            raise NobodyListens(routing_key) from error

    def declare(self, exchange: Exchange) -> None:
        """Make sure that an exchange is there. Raises Unavailable when the broker is away."""
        if self._only is not None:
            exchange(self._only.channel).declare()
        else:
            self._try(lambda line: line.declare(exchange))

    def probe(self) -> None:
        """Ask the broker for something that it always has. Raises Unavailable when it does not answer."""
        if self._only is None:
            self._try(Line.probe, pauses=())

    def _try(self, act: Callable[[Line], None], pauses: tuple[float, ...] = PAUSES) -> None:
        for pause in (*pauses, None):
            try:
                with self._lines.one() as line:
                    act(line)
            except EncodeError:
                raise
            except AWAY as error:
                self._lines.cut()
                if pause is None or isinstance(error, TimeoutError):
                    raise Unavailable({"what": "broker"}) from error
                time.sleep(pause)
            else:
                return
