"""One run: servers, a town of replicas, the load, the kills, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.kills import Killer, Tell
from tests.chaos.load import Load
from tests.chaos.servers import Servers
from tests.chaos.verdict import verdict
from tests.town import SERVICES, Town

CLIENTS = 16


def run(
    folder: Path, seed: int, kills: int, tell: Tell, *, clients: int = CLIENTS, replicas: int = 2
) -> dict[str, str]:
    """Play, kill, and answer each check with `sound` or with what is wrong."""
    with Servers(folder / "servers") as servers, settled(folder, servers, replicas) as town:
        tell(f"seed {seed}: {kills} kills, {clients} clients, {replicas} processes of each service")
        before = len(town.told("register", "print", "receive", "--as", "somsri"))
        load = Load(town, clients).start()
        try:
            Killer(town, servers, seed, tell).kill(kills)
        finally:
            tell(f"{load.finish()} rounds of the story")
        return verdict(town, load, before)


@contextmanager
def settled(folder: Path, servers: Servers, replicas: int) -> Iterator[Town]:
    """A town with the demo agency on these servers, so many processes of each service."""
    town = Town(
        folder / "data",
        broker=servers.running["rabbitmq"].address,
        replicas=dict.fromkeys(SERVICES, replicas),
        more=servers.settings(),
    )
    with town:
        town.seed()
        yield town
