"""The operator's door: how the command line reaches a running embedded system.

A Unix socket in the data folder, open to its owner only. Who may open it may read the log itself, so calls need no
other key. One JSON line asks ({service, method, kwargs}), one JSON line answers ({result} or {error}).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import eventlet
import msgspec
import structlog

from saraban.broker.errors import from_wire, to_wire
from saraban.broker.services import TIMEOUT, Caller, calling
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors.broker import ServiceAway

log = structlog.get_logger(__name__)

NAME = "operator.sock"
LONGEST_LINE = 64_000_000


def open_door(folder: Path, config: dict[str, Any]) -> Callable[[], None]:
    """Listen in the data folder; answers what closes the door again."""
    path = folder / NAME
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    mask = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(mask)
    listener.listen(8)
    watcher = eventlet.spawn(_welcome, listener, config)

    def close() -> None:
        watcher.kill()
        listener.close()
        path.unlink(missing_ok=True)

    return close


def _welcome(listener: socket.socket, config: dict[str, Any]) -> None:
    while True:
        caller, _ = listener.accept()
        eventlet.spawn_n(_serve, caller, config)


def _serve(connection: socket.socket, config: dict[str, Any]) -> None:
    with connection, connection.makefile("rwb") as stream, calling(config) as caller:
        for line in stream:
            stream.write(msgspec.json.encode(_answer(caller, line)) + b"\n")
            stream.flush()


def _answer(caller: Caller, line: bytes) -> dict[str, Any]:
    service = "operator"
    try:
        asked = msgspec.json.decode(line)
        service = asked["service"]
        result = caller.call(service, asked["method"], timeout=asked["timeout"], **asked["kwargs"])
    except Exception as error:
        if not isinstance(error, SarabanError):
            log.exception("operator's call failed", service=service)
        return {"error": to_wire(service, error)}
    return {"result": result}


class DoorCaller:
    """A Caller through the door of a running system."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stream = connection.makefile("rwb")

    def call(self, service: str, method: str, *, timeout: float = TIMEOUT, **kwargs: Any) -> Any:
        """See Caller."""
        self._connection.settimeout(timeout + 5)
        asked = {"service": service, "method": method, "timeout": timeout, "kwargs": kwargs}
        self._stream.write(msgspec.json.encode(asked) + b"\n")
        self._stream.flush()
        line = self._stream.readline(LONGEST_LINE)
        if not line:
            raise ServiceAway({"what": service})
        told = msgspec.json.decode(line)
        if "error" in told:
            raise from_wire(service, told["error"])
        return told["result"]


@contextmanager
def through_door(folder: Path) -> Iterator[Caller | None]:
    """A Caller to the system that runs on this data folder, or None when none does."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with connection:
        try:
            connection.connect(str(folder / NAME))
        except OSError:
            yield None
            return
        yield DoorCaller(connection)
