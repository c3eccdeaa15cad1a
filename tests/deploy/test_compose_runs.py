"""What docker-compose.yml tells each container is enough for it to work: the same processes with the same variables,
over real servers at other addresses, with the rights that its users have."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from deploy.docker.healthy import healthy
from deploy.docker.replica_set import set_up
from deploy.local.ports import HOST, free_port
from deploy.local.server import Server, await_ready, launch
from tests.deploy.compose import ROOT, operator, ours, services
from tests.deploy.mongod import fresh_mongod
from tests.servers import own_server

pytestmark = pytest.mark.servers

Environment = dict[str, str]
AGENCY = {
    "name": "กรมทดสอบ",
    "short-name": "กท",
    "code": "ศธ ๐๔๐๑",
    "address": "กรุงเทพฯ",
    "email": "saraban@example.go.th",
    "telephone": "๐ ๒๒๒๒ ๒๒๒๒",
}


def moved(url: str, netloc: str) -> str:
    """The same address on another host, entered as the server there wants it."""
    return urlsplit(url)._replace(netloc=netloc).geturl()


@pytest.fixture(scope="module")
def netlocs(tmp_path_factory) -> Iterator[dict[str, str]]:
    """Host in docker-compose.yml → where that server is in this test, with user and password where we do not set them."""
    root = services()["replica-set"]["environment"]
    passwords = {user: root[f"MONGODB_{user.upper()}_PASSWORD"] for user in ("root", "log", "views")}
    with contextlib.ExitStack() as running:
        mongod = running.enter_context(fresh_mongod(tmp_path_factory.mktemp("mongod"), passwords["root"]))
        set_up(mongod.address, passwords)
        found = {"mongodb": mongod.address}
        for name in ("rabbitmq", "minio", "opensearch"):
            server = running.enter_context(own_server(name, tmp_path_factory.mktemp(name)))
            found[name] = urlsplit(server.address).netloc
        yield found


def environment(given: Environment, netlocs: dict[str, str]) -> Environment:
    there = {name: str(value) for name, value in given.items()}
    for name, value in there.items():
        host = urlsplit(value).hostname
        if "://" in value and host in netlocs:
            user = value.split("//", 1)[1].rpartition("@")[0]
            netloc = f"{user}@{netlocs[host]}" if host == "mongodb" else netlocs[host]
            there[name] = moved(value, netloc)
    return there


@pytest.fixture(scope="module")
def containers(netlocs, tmp_path_factory) -> Iterator[dict[str, tuple[Server, Environment]]]:
    """Every service as a process of its own. `address` is that of its health page."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SARABAN_")}
    ports = {"8570": str(free_port()), "8569": str(free_port())}
    started: dict[str, tuple[Server, Environment]] = {}
    try:
        for name, one in ours().items():
            folder = tmp_path_factory.mktemp(name)
            told = environment(one["environment"], netlocs)
            told = {key: ports.get(value, value).replace("0.0.0.0", HOST) for key, value in told.items()}
            told["SARABAN_INTAKE_URL"] = f"http://{HOST}:{ports['8570']}"
            told |= image(folder)
            started[name] = process(name, folder, plain | told), told
        yield {name: (ready(server), told) for name, (server, told) in started.items()}
    finally:
        for server, _ in reversed(started.values()):  # who asks stops before who answers
            server.stop()


def image(folder: Path) -> Environment:
    """What the image sets, at another place."""
    return {
        "TMPDIR": str(folder),
        "SARABAN_DATA_FOLDER": str(folder),
        "SARABAN_ASSETS_FOLDER": str(ROOT / "node_modules"),
        "SARABAN_HEALTH_PORT": str(free_port()),
        "PYTHONPATH": str(ROOT),
    }


def process(name: str, folder: Path, told: Environment) -> Server:
    pid, log = launch(name, [sys.executable, "-m", "saraban", *ours()[name]["command"]], folder, told)
    return Server(name, f"http://{HOST}:{told['SARABAN_HEALTH_PORT']}/readyz", pid, log)


def ready(server: Server) -> Server:
    return await_ready(server, lambda: healthy(server.address))


def test_every_container_becomes_ready(containers):
    assert set(containers) == set(ours())
    assert all(healthy(server.address) for server, _ in containers.values())


def saraban(words: list[str], told: Environment, folder: Path) -> tuple[int, str]:
    """Run the command in a container's environment; answers its exit code and what it printed."""
    pid, log = launch("command", [sys.executable, "-m", "saraban", *words], folder, told)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), log.read_text()


def name_the_agency(told: Environment, folder: Path) -> tuple[int, str]:
    """What the container `init` does; it may be done again."""
    python, _, _, *words = services()["init"]["entrypoint"]
    assert python == "python"
    given = [word for key, value in AGENCY.items() for word in (f"--{key}", value)]
    return saraban([*words, *given], told, folder)


def test_the_agency_is_named_and_the_portal_answers(containers, tmp_path):
    _, told = containers["portal"]

    code, said = name_the_agency(told, tmp_path)

    assert code == 0, said
    with urllib.request.urlopen(f"http://{HOST}:{told['SARABAN_PORT']}/sign-in") as page:
        assert page.status == 200


def test_the_rights_of_the_users_suffice_to_rebuild_every_view(containers, tmp_path):
    _, told = containers["portal"]
    followers = [name for name in ours() if name != "portal"]

    code, said = saraban(["replay", *followers], told, tmp_path)

    assert code == 0, said
    assert said.count("equal the live ones") == len(followers)


@pytest.fixture
def of_the_operator(containers, netlocs, tmp_path) -> Environment:
    """What the operator's container is told, beside running services."""
    _, portal = containers["portal"]
    told = environment(operator()["environment"], netlocs) | image(tmp_path)
    return told | {"SARABAN_INTAKE_URL": portal["SARABAN_INTAKE_URL"]}


def test_the_operator_sees_every_server_and_service_and_finds_nothing_wrong(of_the_operator, tmp_path):
    code, said = saraban(operator()["command"], of_the_operator, tmp_path)

    assert code == 0, said
    assert all(f"✓ {look}" in said for look in ("log", "views", "objects", "index", "broker", "services")), said


def test_the_operator_backs_up_what_the_services_hold(of_the_operator, tmp_path):
    name_the_agency(of_the_operator, tmp_path)

    code, said = saraban(["backup", str(tmp_path / "kept")], of_the_operator, tmp_path)

    assert code == 0, said
    assert json.loads((tmp_path / "kept/backup.json").read_text())["position"] > 0
