"""What docker-compose.yml does to a fresh mongod, done to a real one."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.docker.replica_set import NAME, set_up
from deploy.local import mongodb
from deploy.local.server import HOST, Server, await_ready, free_port, launch, listens

pytestmark = pytest.mark.servers

PASSWORDS = {"root": "r" * 32, "log": "l" * 32, "views": "v" * 32}


@contextlib.contextmanager
def mongod(folder: Path, port: int, *more: str) -> Iterator[Server]:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    command = [str(mongodb.program()), "--dbpath", "data", "--bind_ip", HOST, "--port", str(port), "--nounixsocket"]
    pid, log = launch("mongod", [*command, "--wiredTigerCacheSizeGB", "0.25", *more], folder)
    server = await_ready(Server("mongod", f"{HOST}:{port}", pid, log), lambda: listens(port))
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def fresh(tmp_path):
    """A mongod with a key and an administrator, which is no replica set yet: as the image leaves it."""
    mongodb.get()
    port = free_port()
    key = tmp_path / "key"
    key.write_text(secrets.token_hex(256))
    key.chmod(0o400)
    with mongod(tmp_path, port), MongoClient(f"mongodb://{HOST}:{port}") as client:
        client.admin.command({"createUser": "root", "pwd": PASSWORDS["root"], "roles": ["root"]})
    with mongod(tmp_path, port, "--replSet", NAME, "--keyFile", str(key)) as server:
        yield server


def enter(server: Server, user: str, database: str) -> MongoClient:
    address = f"mongodb://{user}:{PASSWORDS[user]}@{server.address}/{database}?replicaSet={NAME}&authSource=admin"
    return MongoClient(address, serverSelectionTimeoutMS=10_000)


def test_it_takes_majority_writes_from_each_user_in_its_own_database(fresh):
    set_up(fresh.address, PASSWORDS)

    for user, database in (("log", "saraban_log"), ("views", "saraban_views")):
        with enter(fresh, user, database) as client:
            client[database].letters.insert_one({"_id": 1})
            assert client[database].letters.count_documents({}) == 1


def test_a_user_cannot_touch_the_other_database(fresh):
    set_up(fresh.address, PASSWORDS)

    with enter(fresh, "views", "saraban_log") as client, pytest.raises(OperationFailure, match="not authorized"):
        client["saraban_log"].letters.insert_one({"_id": 1})


def test_doing_it_again_changes_nothing_but_a_changed_password(fresh):
    set_up(fresh.address, PASSWORDS | {"log": "old" * 12})

    set_up(fresh.address, PASSWORDS)

    with enter(fresh, "log", "saraban_log") as client:
        client["saraban_log"].letters.insert_one({"_id": 1})
