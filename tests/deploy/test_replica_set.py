"""What docker-compose.yml does to a fresh mongod, done to a real one."""

from __future__ import annotations

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.docker.replica_set import NAME, set_up
from deploy.local.server import Server
from tests.deploy.mongod import fresh_mongod

pytestmark = pytest.mark.servers

PASSWORDS = {"root": "r" * 32, "log": "l" * 32, "views": "v" * 32}


@pytest.fixture
def fresh(tmp_path):
    with fresh_mongod(tmp_path, PASSWORDS["root"]) as server:
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
