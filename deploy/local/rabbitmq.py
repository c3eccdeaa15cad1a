"""RabbitMQ 3.10 of Debian (`rabbitmq-server`), started by hand: its own node name, ports, folders, cookie and epmd.

    server = start(folder)
    broker = Broker(server)          # what tests and operators ask of it
    broker.queues()                  # {"rpc-registry": 0, …}

The server, its epmd and whatever they start live in one process group, so ending the server ends them all. A second
start on the same folder finds the queues and the password of the first.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from kombu import Connection

from deploy.local.ports import HOST, free_port
from deploy.local.server import Server, ServerMissing, await_ready, launch

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
USER = "saraban"

CONFIG = """\
listeners.tcp.local = {host}:{port}
management.tcp.ip = {host}
management.tcp.port = {management}
default_user = {user}
default_pass = {password}
loopback_users.{user} = true
log.console = true
log.console.level = warning
log.file = false
disk_free_limit.absolute = 50MB
"""

# epmd stays in the foreground, in the server's process group; left to itself, Erlang would start one that outlives it.
SCRIPT = """\
epmd -port "$ERL_EPMD_PORT" -address "$ERL_EPMD_ADDRESS" &
until epmd -port "$ERL_EPMD_PORT" -names >/dev/null 2>&1; do sleep 0.05; done
exec "$0"
"""


def get() -> None:
    """Nothing to fetch. Raises ServerMissing when Debian's package is not installed."""
    if not PROGRAM.exists() or shutil.which("epmd") is None:
        raise ServerMissing("install the Debian package rabbitmq-server")


def start(folder: Path, port: int | None = None, *, more: str = "") -> Server:
    """Start on a folder and wait until its management answers. Without `port` a free one is chosen at each start.
    `more` are further lines of configuration."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    port, management, password = port or free_port(), free_port(), _password(folder)
    told = {"host": HOST, "port": port, "management": management, "user": USER, "password": password}
    (folder / "rabbitmq.conf").write_text(CONFIG.format(**told) + more)
    (folder / "plugins").write_text("[rabbitmq_management].\n")
    (folder / "management").write_text(str(management))
    pid, log = launch("rabbitmq", ["sh", "-c", SCRIPT, str(PROGRAM)], folder, _environment(folder))
    server = Server("rabbitmq", f"amqp://{USER}:{password}@{HOST}:{port}//", pid, log)
    return await_ready(server, Broker(server).answers)


class Broker:
    """What an operator sees and does, mostly over the management interface."""

    def __init__(self, server: Server) -> None:
        told = urlsplit(server.address)
        self._address, self._port = server.address, told.port
        self._management = int((server.log.parent / "management").read_text())
        key = base64.b64encode(f"{told.username}:{told.password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {key}", "Content-Type": "application/json"}

    def answers(self) -> bool:
        """Whether the server is up and takes connections."""
        try:
            return self._ask("GET", f"/health/checks/port-listener/{self._port}") is not None
        except (OSError, http.client.HTTPException, ValueError):
            return False

    def virtual_host(self, name: str) -> str:
        """The address of a virtual host of that name: a broker of its own, made when it is not there."""
        self._ask("PUT", f"/vhosts/{quote(name, safe='')}")
        rights = {"configure": ".*", "write": ".*", "read": ".*"}
        self._ask("PUT", f"/permissions/{quote(name, safe='')}/{USER}", rights)
        return self._address.removesuffix("//") + "/" + (quote(name, safe="") if name != "/" else "/")

    def queues(self, virtual_host: str = "/") -> dict[str, int]:
        """Every queue with how many messages wait in it; what is delivered but not acknowledged does not wait. Queues
        that belong to one connection alone are left out, as only that connection may look into them."""
        names = self._names(virtual_host)
        with Connection(self.virtual_host(virtual_host)) as connection:
            channel = connection.default_channel
            return {name: channel.queue_declare(name, passive=True).message_count for name in names}

    def describe(self, queue: str, virtual_host: str = "/") -> dict[str, Any]:
        """How one queue was declared and who reads from it, as the management interface tells it."""
        told: dict[str, Any] = self._ask("GET", self._queue(queue, virtual_host))
        return told

    def purge_all(self, virtual_host: str = "/") -> None:
        """Empty every queue."""
        for name in self._names(virtual_host):
            self._ask("DELETE", self._queue(name, virtual_host) + "/contents")

    def delete_all(self, virtual_host: str = "/") -> None:
        """Delete every queue with what it holds, except those that belong to one connection alone."""
        for name in self._names(virtual_host):
            self._ask("DELETE", self._queue(name, virtual_host))

    def _names(self, virtual_host: str) -> list[str]:
        told = self._ask("GET", f"/queues/{quote(virtual_host, safe='')}?disable_stats=true")
        return [one["name"] for one in told if one.get("exclusive") is not True]

    @staticmethod
    def _queue(name: str, virtual_host: str) -> str:
        return f"/queues/{quote(virtual_host, safe='')}/{quote(name, safe='')}"

    def _ask(self, method: str, path: str, told: Mapping[str, Any] | None = None) -> Any:
        connection = http.client.HTTPConnection(HOST, self._management, timeout=20)
        try:
            connection.request(method, f"/api{path}", json.dumps(told) if told else None, self._headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status not in {200, 201, 204, 404, 405}:
            raise OSError(f"{method} {path}: {answer.status} {content[:200]!r}")
        return json.loads(content) if content and answer.status == 200 else None


def _password(folder: Path) -> str:
    """The password of the folder's user, made once: RabbitMQ reads it only when it fills an empty folder."""
    path = folder / "password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text()


def _environment(folder: Path) -> dict[str, str]:
    path = f"{os.environ.get('PATH', '')}:/usr/bin:/bin"
    return {
        "PATH": path,
        "HOME": str(folder),  # where Erlang keeps its cookie
        "ERL_EPMD_PORT": str(free_port()),
        "ERL_EPMD_ADDRESS": HOST,
        "RABBITMQ_NODENAME": "saraban@localhost",
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "rabbitmq-env.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "config"),
    }
