"""A mongod as its image leaves it for docker-compose.yml: with a key and an administrator, not yet a replica set."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from pymongo import MongoClient

from deploy.docker.replica_set import NAME
from deploy.local import mongodb
from deploy.local.ports import HOST, free_port, listens
from deploy.local.server import Server, await_ready, launch


@contextlib.contextmanager
def fresh_mongod(folder: Path, root_password: str) -> Iterator[Server]:
    """`address` of the server is its host:port."""
    mongodb.get()
    port = free_port()
    key = folder / "key"
    key.write_text(secrets.token_hex(256))
    key.chmod(0o400)
    with _running(folder, port), MongoClient(f"mongodb://{HOST}:{port}") as client:
        client.admin.command({"createUser": "root", "pwd": root_password, "roles": ["root"]})
    with _running(folder, port, "--replSet", NAME, "--keyFile", str(key)) as server:
        yield server


@contextlib.contextmanager
def _running(folder: Path, port: int, *more: str) -> Iterator[Server]:
    (folder / "data").mkdir(exist_ok=True)
    command = [str(mongodb.program()), "--dbpath", "data", "--bind_ip", HOST, "--port", str(port), "--nounixsocket"]
    pid, log = launch("mongod", [*command, "--wiredTigerCacheSizeGB", "0.25", *more], folder)
    server = await_ready(Server("mongod", f"{HOST}:{port}", pid, log), lambda: listens(port))
    try:
        yield server
    finally:
        server.stop()
