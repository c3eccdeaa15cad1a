"""Every endpoint × role × letter, on the real services in one process.

The endpoints come from the OpenAPI document: a new one without a row in the matrix fails here.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.house import House
from tests.integration.access.people import LETTERS, PEOPLE, SEE_LETTER
from tests.integration.access.rows import ELSEWHERE, PUBLIC, ROWS, Row
from tests.integration.access.scene import Scene

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with House(Path(tmp_path_factory.mktemp("access")) / "data") as house:
        scene = Scene(house)
        yield scene
        scene.close()


@pytest.fixture(scope="module")
def acts(scene: Scene) -> dict[str, tuple[str, str]]:
    """Each act of the document by its id: method and address."""
    document = scene.nobody.did("GET", "/openapi.json")
    return {
        act["operationId"]: (method.upper(), path.removeprefix("/api/v1"))
        for path, item in document["paths"].items()
        for method, act in item.items()
    }


def ask(client: Any, acts: dict[str, tuple[str, str]], row: Row, thing: dict[str, Any]) -> int:
    """The status of one request."""
    method, path = acts[row.act]
    place = path.format(
        **{"letter_id": "none", "action_id": "none", "delivery_id": "none", "token_id": "none", **thing}
    )
    body = row.body(thing) if callable(row.body) else row.body
    url = f"{place}?{quote(row.query, safe='=&')}" if row.query else place
    if row.act == "stream":
        return status_of_stream(client, url)
    status, _ = client.ask(method, url, body)
    return int(status)


def status_of_stream(client: Any, path: str) -> int:
    """The stream never ends: look at its status and go."""
    connection = http.client.HTTPConnection("127.0.0.1", client._connection.port, timeout=10)
    headers = {"Authorization": f"Bearer {client.token}"} if client.token else {}
    connection.request("GET", f"/api/v1{path}", headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


def verdict(row: Row, status: int) -> str:
    """What a status says about rights. 409: they may, but the letter has moved on since."""
    if status < 300 or status == 409 or (row.absent and status == 404):
        return "may"
    return {401: "not signed in", 403: "forbidden", 404: "not found"}.get(status, f"status {status}")


def test_every_act_of_the_api_has_its_row(acts):
    assert set(acts) == {row.act for row in ROWS} | PUBLIC | set(ELSEWHERE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.act}-{row.query}" if row.query else row.act)
def test_everyone_may_do_what_their_role_allows_and_nothing_else(scene, acts, row):
    for kind in row.kinds:
        thing = row.thing(scene, kind)
        expected = {person: row.expected(person, kind) for person in PEOPLE}
        those_who_may_come_last = sorted(PEOPLE, key=lambda person: expected[person] == "may")

        found = {
            person: verdict(row, ask(scene.clients[person], acts, row, thing)) for person in those_who_may_come_last
        }

        assert found == expected, kind


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.act}-{row.query}" if row.query else row.act)
def test_who_is_not_signed_in_gets_nothing(scene, acts, row):
    status = ask(scene.nobody, acts, row, {**scene.nothing("-"), "secrecy": "normal"})

    assert status == 401


def test_a_token_is_revoked_by_its_officer_and_by_administrators(scene):
    def fresh() -> str:
        token_id: str = scene.clients["anan"].did("POST", "/tokens", {"name": "ทดสอบ"})["token_id"]
        return f"/tokens/{token_id}"

    statuses = {person: scene.clients[person].ask("DELETE", fresh())[0] for person in PEOPLE}

    allowed = {person for person, status in statuses.items() if status == 204}
    assert allowed == {"anan", "admin"}
    assert {status for person, status in statuses.items() if person not in allowed} == {404}


NOT_FOR_ALL = [person for person in PEOPLE if any(person not in SEE_LETTER[kind] for kind in LETTERS)]


@pytest.mark.parametrize("person", NOT_FOR_ALL)
def test_lists_tell_of_no_letter_that_their_reader_may_not_see(scene, person):
    things = {kind: scene.letter(kind) for kind in LETTERS}
    hidden = {thing["letter_id"] for kind, thing in things.items() if person not in SEE_LETTER[kind]}
    after = max(thing["after"] for thing in things.values())
    client = scene.clients[person]

    told = [
        client.did("GET", f"{place}&limit=200&after={after}")
        for place in ("/letters?which=received", "/letters?which=tray", "/inbox?which=all", "/registers/receive?")
    ]

    assert not any(letter_id in str(list_) for letter_id in hidden for list_ in told)
