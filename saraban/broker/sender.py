"""Putting messages on the broker, with confirms."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from amqp.exceptions import AMQPError, ChannelError
from kombu import Connection, Exchange
from kombu.exceptions import EncodeError, KombuError
from kombu.messaging import Producer
from kombu.pools import producers
from nameko.constants import AMQP_URI_CONFIG_KEY, NON_PERSISTENT, PERSISTENT

from saraban.broker.config import is_embedded
from saraban.contracts.errors import Unavailable

RETRY = {"max_retries": 3, "interval_start": 0, "interval_step": 0.5, "interval_max": 1}


class NobodyListens(Exception):
    """No queue takes the message: the service it is for has not started."""


class NotSendable(Exception):
    """The payload holds something that is not JSON."""


class Sender:
    """Publishes JSON. In the embedded size through one channel; else through a pool of connections whose broker
    confirms each message before `send` returns."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._connection = Connection(config[AMQP_URI_CONFIG_KEY], transport_options={"confirm_publish": True})
        self._embedded = is_embedded(config)
        self._only = Producer(self._connection.channel()) if self._embedded else None

    def send(
        self,
        payload: Any,
        *,
        exchange: Exchange,
        routing_key: str,
        headers: dict[str, Any],
        lasting: bool = False,
        mandatory: bool = False,
        **properties: Any,
    ) -> None:
        """Publish one message. `lasting` ones survive a restart of the broker. Raises NobodyListens for a mandatory
        one that no queue takes, NotSendable for a payload that is not JSON, Unavailable when the broker is away."""
        try:
            with self._producer() as producer:
                producer.publish(
                    payload,
                    serializer="json",
                    exchange=exchange,
                    routing_key=routing_key,
                    headers=headers,
                    delivery_mode=PERSISTENT if lasting else NON_PERSISTENT,
                    mandatory=mandatory,
                    retry=not self._embedded,
                    retry_policy=RETRY,
                    **properties,
                )
        except ChannelError as error:
            if "NO_ROUTE" in str(error):
                raise NobodyListens(routing_key) from error
            raise Unavailable({"what": "broker"}) from error
        except EncodeError as error:
            raise NotSendable(routing_key) from error
        except (AMQPError, KombuError, OSError) as error:
            raise Unavailable({"what": "broker"}) from error

    def declare(self, exchange: Exchange) -> None:
        """Make sure that an exchange is there. Raises Unavailable when the broker is away."""
        try:
            with self._producer() as producer:
                exchange(producer.channel).declare()
        except (AMQPError, KombuError, OSError) as error:
            raise Unavailable({"what": "broker"}) from error

    def _producer(self) -> AbstractContextManager[Any]:
        if self._only is not None:
            return nullcontext(self._only)
        acquired: AbstractContextManager[Any] = producers[self._connection].acquire(block=True)
        return acquired
