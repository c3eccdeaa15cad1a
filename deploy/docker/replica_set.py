"""`replica_set.py HOST:PORT`: make one mongod a replica set with the users `log` and `views`. Again does no harm.

Reads MONGODB_ROOT_PASSWORD, MONGODB_LOG_PASSWORD and MONGODB_VIEWS_PASSWORD. Each user may read and write its own
database and nothing else: the log is the registry's alone.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from pymongo import MongoClient
from pymongo.errors import AutoReconnect, OperationFailure, ServerSelectionTimeoutError

NAME = "saraban"
DATABASES = {"log": "saraban_log", "views": "saraban_views"}
"""User → the database that is its own."""

ALREADY_INITIATED, USER_EXISTS = 23, 51003
PATIENCE = 120.0


def set_up(address: str, passwords: Mapping[str, str]) -> None:
    """Initiate the set on the mongod at `address` (host:port, which is also how its clients will reach it), wait until
    it takes writes, and make the users. `passwords`: of `root`, and of each user in DATABASES.

    Raises TimeoutError when the server does not come up.
    """
    client: MongoClient[dict[str, Any]] = MongoClient(
        f"mongodb://{address}/?directConnection=true",
        username="root",
        password=passwords["root"],
        serverSelectionTimeoutMS=2000,
    )
    with client:
        _until(lambda: _initiate(client, address))
        _until(lambda: bool(client.admin.command("hello")["isWritablePrimary"]))
        for user, database in DATABASES.items():
            _user(client, user, passwords[user], database)


def _initiate(client: MongoClient[dict[str, Any]], address: str) -> bool:
    try:
        client.admin.command({"replSetInitiate": {"_id": NAME, "members": [{"_id": 0, "host": address}]}})
    except OperationFailure as error:
        if error.code != ALREADY_INITIATED:
            raise
    return True


def _user(client: MongoClient[dict[str, Any]], user: str, password: str, database: str) -> None:
    rights = {"pwd": password, "roles": [{"role": "readWrite", "db": database}]}
    try:
        client.admin.command({"createUser": user, **rights})
    except OperationFailure as error:
        if error.code != USER_EXISTS:
            raise
        client.admin.command({"updateUser": user, **rights})


def _until(done: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        try:
            if done():
                return
        except (AutoReconnect, ServerSelectionTimeoutError):
            pass  # it is still starting
        time.sleep(0.5)
    raise TimeoutError(f"MongoDB did not come up in {PATIENCE:.0f} s")


if __name__ == "__main__":
    set_up(sys.argv[1], {user: os.environ[f"MONGODB_{user.upper()}_PASSWORD"] for user in ("root", *DATABASES)})
