"""What only shows on the wire: streams in both directions, live events, sessions of browsers."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from saraban.demo.organisation import DEMO_PASSWORD
from tests.house import House, until
from tests.integration.access.scene import Scene

pytestmark = pytest.mark.slow

MEGABYTE = 1024 * 1024
LIMIT = 8 * MEGABYTE


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = Path(tmp_path_factory.mktemp("portal")) / "data"
    with House(folder, extra={"SARABAN_FILE_LIMIT": str(LIMIT)}) as house:
        scene = Scene(house)
        yield scene
        scene.close()


@pytest.fixture
def line(scene):
    """A bare connection to the portal."""
    connection = http.client.HTTPConnection("127.0.0.1", scene.house.port, timeout=60)
    yield connection
    connection.close()


def clerk_headers(scene, **more):
    return {"Authorization": f"Bearer {scene.clients['somsri'].token}", **more}


def pdf(megabytes):
    yield b"%PDF-1.7\n"
    for _ in range(megabytes):
        yield b"%" + b"x" * (MEGABYTE - 2) + b"\n"


def stored(scene):
    return {path.name for path in (scene.house.folder / "objects").rglob("*") if path.is_file()}


def test_a_file_sent_in_pieces_without_its_length_arrives_whole(scene, line):
    headers = clerk_headers(scene, **{"Content-Type": "application/pdf"})

    line.request("POST", "/api/v1/files?name=long.pdf", pdf(3), headers, encode_chunked=True)
    answer = line.getresponse()

    assert answer.status == 201
    assert json.loads(answer.read())["size"] == 9 + 3 * MEGABYTE


@pytest.mark.parametrize("told", [True, False])
def test_of_a_file_over_the_limit_nothing_is_stored(scene, line, told):
    before = stored(scene)
    headers = clerk_headers(scene, **{"Content-Type": "application/pdf"})
    if told:
        headers["Content-Length"] = str(9 + 12 * MEGABYTE)

    line.request("POST", "/api/v1/files?name=long.pdf", pdf(12), headers, encode_chunked=not told)
    answer = line.getresponse()

    assert (answer.status, json.loads(answer.read())["code"]) == (413, "files.too_large")
    assert until(lambda: stored(scene) == before)


def test_a_part_of_a_letters_file_is_answered_as_a_part(scene, line):
    letter = scene.letter("own")
    place = f"/api/v1/letters/{letter['letter_id']}/files/{letter['sha256']}"

    line.request("GET", place, headers=clerk_headers(scene, Range="bytes=0-5"))
    answer = line.getresponse()

    assert answer.status == 206
    assert answer.read() == "บั".encode()
    assert answer.headers["Content-Range"].startswith("bytes 0-5/")


def test_an_open_page_hears_of_a_letter_that_comes_into_the_inbox(scene, line):
    line.request("GET", "/api/v1/stream", headers={"Authorization": f"Bearer {scene.clients['nida'].token}"})
    stream = line.getresponse()
    greeting = stream.readline()

    letter = scene.letter("other")

    told = next(told for told in iter(stream.readline, b"") if told.startswith(b"data: "))
    assert greeting.startswith(b"retry:")
    assert json.loads(told.removeprefix(b"data: ")) == {"letter_id": letter["letter_id"]}


def test_a_browser_signs_in_acts_with_its_csrf_value_and_signs_out(scene, line):
    def ask(method, path, body=None, **headers):
        raw = json.dumps(body).encode() if body is not None else None
        line.request(method, path, raw, {"Content-Type": "application/json", **headers})
        answer = line.getresponse()
        return answer, answer.read()

    letter = scene.letter("own")
    signed_in, told = ask("POST", "/api/v1/sign-in", {"login": "anan", "password": DEMO_PASSWORD})
    cookie = signed_in.headers["Set-Cookie"].partition(";")[0]
    act = f"/api/v1/letters/{letter['letter_id']}/acknowledgement"

    without, _ = ask("POST", act, Cookie=cookie, **{"Idempotency-Key": "a1"})
    csrf = json.loads(told)["csrf"]
    with_it, _ = ask("POST", act, Cookie=cookie, **{"Idempotency-Key": "a1", "X-CSRF-Token": csrf})
    out, _ = ask("POST", "/api/v1/sign-out", Cookie=cookie, **{"X-CSRF-Token": csrf})
    after, _ = ask("GET", "/api/v1/me", Cookie=cookie)

    assert [one.status for one in (signed_in, without, with_it, out, after)] == [200, 403, 200, 204, 401]


def test_the_same_act_sent_twice_is_done_once(scene):
    clerk = scene.clients["somsri"]
    letter = {"particulars": {"subject": "ส่งซ้ำ"}, "files": []}

    first = clerk.did("POST", "/letters", letter, key="sent-twice")
    again = clerk.did("POST", "/letters", letter, key="sent-twice")

    assert again == first


def test_a_key_used_for_something_else_is_a_conflict(scene):
    clerk = scene.clients["somsri"]
    clerk.did("POST", "/letters", {"particulars": {"subject": "หนึ่ง"}, "files": []}, key="used-once")

    status, told = clerk.ask("POST", "/letters", {"particulars": {"subject": "สอง"}, "files": []}, key="used-once")

    assert (status, told["code"]) == (409, "command.other_content")


def test_a_key_used_at_another_service_is_a_conflict_too(scene):
    letter, clerk = scene.letter("own"), scene.clients["somsri"]
    clerk.did("POST", "/letters", {"particulars": {"subject": "หนึ่ง"}, "files": []}, key="used-at-the-registry")

    status, told = clerk.ask(
        "POST", f"/letters/{letter['letter_id']}/endorsements", {"text": "เพื่อโปรดทราบ"}, key="used-at-the-registry"
    )

    assert (status, told["code"]) == (409, "command.other_content")


def watched(scene, line, path, person=None):
    headers = {"Authorization": f"Bearer {scene.clients[person].token}"} if person else {}
    line.request("GET", path, headers=headers)
    response = line.getresponse()
    return response.status, response.read().decode()


def test_strangers_and_clerks_read_that_the_house_is_ready_and_no_more(scene, line):
    told = [watched(scene, line, "/readyz", person) for person in (None, "somsri")]
    counters = [watched(scene, line, "/metrics", person)[0] for person in (None, "somsri")]

    assert told == [(200, '{"ready":true}')] * 2
    assert counters == [401, 403]


def test_administrators_read_who_is_ready_and_the_counters(scene, line):
    _, ready = watched(scene, line, "/readyz", "admin")
    _, counters = watched(scene, line, "/metrics", "admin")

    assert all(json.loads(ready)["services"].values())
    assert 'saraban_http_requests_total{method="POST",route="/api/v1/letters",status="201"}' in counters
