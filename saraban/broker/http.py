"""Listening for HTTP inside a service: a WSGI app on eventlet.

    class PortalService:
        name = "portal"
        desk = furnished(furnish)
        web = WsgiMount(make_app, lambda settings: (settings.host, settings.port))     # make_app(desk) -> WSGI app

Connections are kept alive; request bodies are read as the app asks for them and response bodies sent as it yields
them, so memory stays flat. When the service stops, it takes no new connection, finishes what it serves, and cuts
event streams, which never finish.
"""

from __future__ import annotations

import errno
import resource
import socket
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import eventlet
from eventlet import wsgi
from greenlet import getcurrent
from nameko.extensions import DependencyProvider
from structlog.contextvars import bind_contextvars

from saraban.broker.config import SETTINGS
from saraban.broker.correlation import HEADER, brought
from saraban.broker.desk import desk_of
from saraban.contracts.errors.http import PortTaken
from saraban.journal import journal
from saraban.settings import Settings

log = journal(__name__)

IDLE_SECONDS = 75
"""How long a connection may keep silent."""

GRACE_SECONDS = 20
"""How long requests may still take after the service was told to stop."""

CONNECTIONS = 8192
"""How many connections are served at a time; fewer where the process may not open so many files."""

BACKLOG = 512
"""How many more may wait to be accepted."""


class WsgiMount(DependencyProvider):
    """Serves the app that `make_app` makes of the service's desk, at the address that `address` finds in the
    settings. Starting raises PortTaken when another program listens there."""

    _socket: socket.socket | None = None
    _serving: Any = None

    def __init__(
        self, make_app: Callable[[Any], WSGIApplication], address: Callable[[Settings], tuple[str, int]]
    ) -> None:
        self._make_app = make_app
        self._address = address

    def setup(self) -> None:
        """Take the port."""
        self._pool = eventlet.GreenPool(room())
        self._socket = listen(*self._address(self.container.config[SETTINGS]))

    def start(self) -> None:
        """Begin to serve."""
        self._watch = StreamWatch(self._make_app(desk_of(self.container)), self.container.service_name)
        self._serving = self.container.spawn_managed_thread(self._serve, identifier="http")

    def drain(self) -> None:
        """Take no more connections, let running requests finish, at most GRACE_SECONDS."""
        if self._socket is None or self._serving is None:
            return
        self._serving.kill()
        self._socket.close()
        self._watch.cut_streams()
        with eventlet.Timeout(GRACE_SECONDS, exception=False):
            self._pool.waitall()
        self.kill()

    def kill(self) -> None:
        """Cut everything; a service may be killed before it took its port."""
        if self._socket is None:
            return
        self._socket.close()
        for serving in list(self._pool.coroutines_running):
            serving.kill()

    def _serve(self) -> None:
        wsgi.server(
            self._socket,
            self._watch,
            custom_pool=self._pool,
            log_output=False,
            debug=False,
            socket_timeout=IDLE_SECONDS,
        )


class StreamWatch:
    """Middleware: gives each request its correlation id, logs what the app does not catch, and knows which green
    threads send event streams (`text/event-stream`), whose pieces leave one by one."""

    def __init__(self, app: WSGIApplication, service: str = "http") -> None:
        self._app = app
        self._service = service
        self._streaming: set[Any] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        bind_contextvars(**{HEADER: brought(environ.get("HTTP_X_REQUEST_ID", "")), "service": self._service})
        self._streaming.discard(getcurrent())
        try:
            return self._app(environ, self._watched(environ, start_response))
        except Exception:
            log.exception("request failed", path=environ.get("PATH_INFO"))
            raise

    def cut_streams(self) -> None:
        """End the event streams."""
        for thread in list(self._streaming):
            thread.kill()

    def _watched(self, environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            if any(name.lower() == "content-type" and value.startswith("text/event-stream") for name, value in headers):
                environ["eventlet.minimum_write_chunk_size"] = 1
                self._streaming.add(getcurrent())
            return start_response(status, headers, *exc_info)

        return start


def room() -> int:
    """How many connections may be open at a time. The server would end if no file could be opened for the next one, so
    a quarter of what the process may open stays free for other things."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted, unlimited = 2 * CONNECTIONS, resource.RLIM_INFINITY
    if allowed != unlimited and allowed < wanted:
        allowed = wanted if most == unlimited else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    return CONNECTIONS if allowed == unlimited else min(CONNECTIONS, allowed * 3 // 4)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. eventlet shares ports by default (SO_REUSEPORT), so that two processes would answer in turn;
    here the second raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener: socket.socket = eventlet.listen((host, port), family=family, backlog=BACKLOG, reuse_port=False)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken({"host": host, "port": port}) from error
        raise
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
