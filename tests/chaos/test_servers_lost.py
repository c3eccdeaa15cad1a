"""Servers that go and come back: each in the middle of work, all at the start, the primary of three, every queue."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from deploy.local.mongodb import ReplicaSet
from deploy.local.rabbitmq import Broker
from tests.chaos.load import Load
from tests.chaos.run import settled
from tests.chaos.servers import NAMES, Servers
from tests.chaos.verdict import verdict
from tests.house import until
from tests.town import SERVICES, Town, readiness

pytestmark = [pytest.mark.servers, pytest.mark.slow]

CLIENTS = 3
SECONDS = 60.0

MISSED_BY = {
    "rabbitmq": ("routing", "broker"),
    "mongodb": ("registry", "log"),
    "minio": ("intake", "objects"),
    "opensearch": ("search", "index"),
}
"""Server → a service that cannot do without it, and what that says is missing."""


def test_every_server_may_go_and_come_back_while_work_goes_on(tmp_path):
    with Servers(tmp_path / "servers", mongodb_members=3) as servers, settled(tmp_path, servers, 1) as town:
        before = len(town.told("register", "print", "receive", "--as", "somsri"))
        load = Load(town, CLIENTS).start()
        try:
            load.await_rounds(3)
            for name in NAMES:
                go_and_come_back(name, servers, town, load)
            lose_the_primary(servers, load)
            lose_every_queue(servers, load)
        finally:
            load.finish()

        found = verdict(town, load, before)

    assert set(found.values()) == {"sound"}, found


def go_and_come_back(name: str, servers: Servers, town: Town, load: Load) -> None:
    """Stopped, told of by who needs it, started again: ready by itself, and work goes on."""
    service, what = MISSED_BY[name]
    print(f"{name} goes")
    (process,) = town.of(service)

    servers.running[name].stop()
    until(lambda: not readiness(process)["ready"], SECONDS)
    missing = {one["what"]: one for one in readiness(process)["missing"]}
    servers.begin(name)

    assert what in missing, missing
    assert missing[what]["since"] and missing[what]["th"] and missing[what]["en"]
    until(lambda: readiness(process)["ready"], SECONDS)
    load.await_rounds(3)


def lose_the_primary(servers: Servers, load: Load) -> None:
    replicas = servers.running["mongodb"]
    assert isinstance(replicas, ReplicaSet)
    primary = until(replicas.primary)
    number = replicas.members.index(primary)

    primary.kill()
    load.await_rounds(3)
    replicas.start_again(number)

    load.await_rounds(3)


def lose_every_queue(servers: Servers, load: Load) -> None:
    """Nobody is told of anything until the queues stand again; the sweep brings every view up to date."""
    Broker(servers.running["rabbitmq"]).delete_all()

    load.await_rounds(3)


def test_a_town_started_before_its_servers_says_what_is_missing_and_gets_ready_by_itself(tmp_path):
    with Servers(tmp_path / "servers") as servers:
        town = Town(tmp_path / "data", broker=servers.running["rabbitmq"].address, more=servers.settings())
        for name in NAMES:
            servers.running[name].stop()
        town.folder.mkdir()
        try:
            begun = [town.begin(service) for service in SERVICES]
            told = {one.service: until(lambda one=one: answered(one), SECONDS) for one in begun}
            for name in NAMES:
                servers.begin(name)
            for one in begun:
                town.await_ready(one)
            town.seed()
            load = Load(town, 1).start()
            load.await_rounds(1)
            load.finish()
        finally:
            town.kill()

    assert all(not one["ready"] and one["missing"] for one in told.values()), told
    assert not load.failures
    password = urlsplit(servers.settings()["SARABAN_BROKER"]).password
    assert password and password not in town.journal()


def answered(process):
    try:
        return readiness(process)
    except OSError:
        return None
