"""Answering calls: the entry point `rpc`.

    class RegistryService:
        name = "registry"

        @rpc
        def receive(self, actor, subject): ...

A method may raise any SarabanError; the caller gets the same class with the same detail. Other errors are logged with
their trace here and reach the caller as ServiceFailed.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from nameko.exceptions import IncorrectSignature, MethodNotFound
from nameko.rpc import Rpc, RpcConsumer, get_rpc_exchange

from saraban.broker.config import is_embedded
from saraban.broker.errors import to_wire
from saraban.broker.listener import Listener
from saraban.broker.queues import CALLS
from saraban.broker.sender import NotSendable, Sender
from saraban.contracts.errors import Unavailable
from saraban.journal import journal

log = journal(__name__)

Method = TypeVar("Method", bound=Callable[..., Any])


class Requests(RpcConsumer):
    """Takes the calls to one service and sends the answers."""

    queue_consumer = Listener()

    def __init__(self) -> None:
        super().__init__()
        self._by_method: dict[str, Answer] = {}

    def setup(self) -> None:
        """Get ready to answer."""
        super().setup()
        if not is_embedded(self.container.config):
            self.queue.queue_arguments = CALLS
        self._sender = Sender(self.container.config)
        self._exchange = get_rpc_exchange(self.container.config)

    def register_provider(self, provider: Answer) -> None:
        """Know one more method."""
        super().register_provider(provider)
        self._by_method[f"{self.container.service_name}.{provider.method_name}"] = provider

    def get_provider_for_method(self, routing_key: str) -> Answer:
        """The entry point that a call is for. Raises MethodNotFound."""
        if routing_key not in self._by_method:
            raise MethodNotFound(routing_key)
        return self._by_method[routing_key]

    def handle_message(self, body: Any, message: Any) -> None:
        """Start a worker for the call, or answer that it makes no sense."""
        try:
            self.get_provider_for_method(message.delivery_info["routing_key"]).handle_message(body, message)
        except Exception:
            log.exception("call not understood", service=self.container.service_name)
            self.handle_result(message, None, sys.exc_info())

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Answer the call, then acknowledge it. Without a broker the call stays unacknowledged and comes again."""
        error = to_wire(self.container.service_name, exc_info[1]) if exc_info else None
        try:
            self._answer(message, result, error)
        except Unavailable:
            log.exception("answer not sent", service=self.container.service_name)
        else:
            self.queue_consumer.ack_message(message)
        return result, exc_info

    def _answer(self, message: Any, result: Any, error: dict[str, Any] | None) -> None:
        try:
            self._send(message, result, error)
        except NotSendable as unsendable:
            log.exception("answer is not JSON", service=self.container.service_name)
            self._send(message, None, to_wire(self.container.service_name, unsendable))

    def _send(self, message: Any, result: Any, error: dict[str, Any] | None) -> None:
        self._sender.send(
            {"result": result, "error": error},
            exchange=self._exchange,
            routing_key=message.properties["reply_to"],
            headers={},
            correlation_id=message.properties.get("correlation_id"),
        )


class Answer(Rpc):
    """A method that answers calls."""

    rpc_consumer = Requests()

    def setup(self) -> None:
        """Look at the method once, not at every call."""
        self._signature = inspect.signature(getattr(self.container.service_cls, self.method_name))
        self._fitting: set[tuple[str, ...]] = set()
        super().setup()

    def check_signature(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """Raises IncorrectSignature when the arguments do not fit the method."""
        names = tuple(kwargs)
        if not args and names in self._fitting:
            return
        try:
            self._signature.bind(None, *args, **kwargs)
        except TypeError as error:
            raise IncorrectSignature(str(error)) from error
        if not args:
            self._fitting.add(names)


def rpc(method: Method) -> Method:
    """Let other services call this method."""
    answered: Method = Answer.decorator(method)
    return answered
