"""The small listener of a process, on a running system."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request

import pytest

from tests.house import House, free_port


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    port = free_port()
    with House(tmp_path_factory.mktemp("health"), demo=False, extra={"SARABAN_HEALTH_PORT": str(port)}) as running:
        running.health_port = port
        yield running


def ask(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_listener_tells_that_all_services_of_the_process_are_ready(house):
    status, body = ask(house.health_port, "/readyz")

    services = {"registry", "intake", "routing", "search", "mail", "portal"}
    assert status == 200, body
    assert json.loads(body) == {"ready": True, "services": dict.fromkeys(services, True), "missing": []}


def test_the_portal_answers_the_same_on_its_own_port(house):
    status, body = ask(house.port, "/readyz")

    assert status == 200
    assert json.loads(body)["missing"] == []


def test_it_listens_on_loopback_alone_unless_told_otherwise(house):
    with socket.socket() as probe:
        probe.settimeout(2)
        refused = probe.connect_ex((socket.gethostbyname(socket.gethostname()), house.health_port))

    assert refused or socket.gethostbyname(socket.gethostname()).startswith("127.")


def test_a_port_that_is_taken_is_told_before_anything_starts(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        second = House(tmp_path, demo=False, extra={"SARABAN_HEALTH_PORT": str(taken.getsockname()[1])})

        done = second.command("serve", "--json")

    assert done.returncode == 2
    assert json.loads(done.stderr.splitlines()[-1])["code"] == "port.taken"
