"""Every service in processes of its own over a real RabbitMQ, two of each: the same story, the same end."""

from __future__ import annotations

import http.client
import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest

from deploy.local.rabbitmq import Broker
from tests.house import until
from tests.integration.test_killed import Persistent, check_mails, check_numbers, drop_mail, kind_of, sent_mails, story
from tests.servers import server
from tests.town import SERVICES, Town

pytestmark = [pytest.mark.servers, pytest.mark.slow]

TWO_OF_EACH = {"registry": 2, "intake": 2, "routing": 2, "mail": 2, "portal": 2}
"""All but search: its index in a folder has one writer."""

BEHIND_THE_PORTAL = ("registry", "intake", "routing", "search", "mail")
SECONDS = 150.0
"""A mail that was being sent by a process when it was killed is taken up by another after two minutes."""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    broker = Broker(server("rabbitmq")).virtual_host("many-processes")
    with Town(tmp_path_factory.mktemp("town") / "data", broker=broker, replicas=TWO_OF_EACH) as town:
        town.seed()
        yield town


class Round(Persistent):
    """An officer whose requests go to one portal after the other."""

    def __init__(self, town: Town, token: str) -> None:
        super().__init__(town, token)
        self._ports = town.portals()

    def did(self, method: str, path: str, body: Any = None, *, key: str, **more: Any) -> Any:
        self._house = Doors(next(self._ports))
        return super().did(method, path, body, key=key, **more)


class Doors:
    """Where one portal is."""

    def __init__(self, port: int) -> None:
        self.port = port


@pytest.fixture(scope="module")
def officers(town):
    return {login: Round(town, town.token(login)) for login in ("somsri", "anan", "prasit", "piti")}


def test_the_story_ends_the_same_while_processes_of_every_service_are_killed(town, officers):
    before = len(town.told("register", "print", "receive", "--as", "somsri"))
    victims = itertools.cycle([*BEHIND_THE_PORTAL, "portal"])
    rounds = 12

    for number in range(rounds):
        drop_mail(town, number)
        victim = town.of(next(victims))[0]
        victim.kill()
        risen = town.again(victim)
        story(number, town, officers)
        town.await_ready(risen)
    until(lambda: quiet(town, officers["somsri"], rounds), SECONDS)

    check_numbers(town, before, rounds)
    check_mails(town, rounds)
    assert town.command("audit", "verify").returncode == 0
    replayed = town.command("replay", *BEHIND_THE_PORTAL, "--check")
    assert replayed.returncode == 0, replayed.stdout
    assert town.told("parked", "list") == []


def quiet(town: Town, clerk: Persistent, rounds: int) -> bool:
    """Whether all mails are understood and acknowledged, and all replies out."""
    tray = clerk.did("GET", "/letters?which=tray&limit=200", key="-")["rows"]
    invited = [row for row in tray if row["subject"].startswith("ขอเชิญประชุมครั้งที่")]
    out = Counter(kind_of(mail) for mail in sent_mails(town))
    return (len(invited), out["reply"], out["receipt"]) == (rounds, rounds, rounds)


def test_an_officer_sees_what_they_just_did_whichever_portal_answers(town, officers):
    told = {"subject": "เรื่องด่วน", "sender": "สพฐ.", "number": "ศธ ๑"}
    received = officers["somsri"].did("POST", "/letters", {"particulars": told, "files": []}, key="just-did")

    for _ in town.of("portal"):
        page = officers["somsri"].did("GET", f"/letters/{received['letter_id']}?after={received['position']}", key="-")
        assert page["particulars"]["subject"] == "เรื่องด่วน"


def test_the_open_pages_of_every_portal_hear_of_a_new_letter(town, officers):
    token = town.token("anan")
    with ExitStack() as opened:
        streams = [opened.enter_context(live(int(one.ports["SARABAN_PORT"]), token)) for one in town.of("portal")]
        told = {"subject": "เวียนให้ทราบ", "sender": "สพฐ.", "number": "ศธ ๒"}
        letter = officers["somsri"].did("POST", "/letters", {"particulars": told, "files": []}, key="live")["letter_id"]
        to = [{"kind": "officer", "id": "anan"}]
        officers["somsri"].did("POST", f"/letters/{letter}/circulations", {"to": to}, key="live-circulate")

        heard = [next(line for line in stream if letter.encode() in line) for stream in streams]

    assert len(heard) == 2


@contextmanager
def live(port: int, token: str) -> Iterator[http.client.HTTPResponse]:
    """The live stream of one portal."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", "/api/v1/stream", headers={"Authorization": f"Bearer {token}"})
        with connection.getresponse() as answer:
            answer.readline()
            yield answer


def test_the_command_line_works_over_the_broker(town):
    added = town.command(
        "user", "add", "malee", "--name", "มาลี ใจดี", "--title", "นักวิชาการ", "--unit", "licence",
        "--password", "a good password",
    )  # fmt: skip

    assert added.returncode == 0, added.stderr
    assert town.told("token", "create", "a program", "--as", "malee")["token"]
    assert town.told("search", "น้ำท่วม", "--as", "somsri")["hits"]


def test_told_to_stop_every_process_goes_in_peace(town):
    assert {one.service for one in town.processes} == set(SERVICES)

    assert town.stop() == 0
    assert "Traceback" not in town.journal()
