from __future__ import annotations

import io

import pytest

from saraban.contracts.errors.letters import LetterNotFound
from saraban.files import Relayed

ME = {"Authorization": "Bearer clerk-token"}
PDF = {**ME, "Content-Type": "application/pdf"}
SHA = "5" * 64


class Endless(io.RawIOBase):
    """A body of `size` bytes that remembers how much of it was asked for at once."""

    def __init__(self, size):
        self.left, self.most = size, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.most = max(self.most, len(buffer))
        given = min(len(buffer), self.left)
        self.left -= given
        return given


def sent(body):
    return {"wsgi.input": io.BufferedReader(body, 1024), "CONTENT_LENGTH": str(body.left)}


def test_a_file_goes_to_intake_with_its_name_type_and_officer(anyone, files):
    response = anyone.post("/api/v1/files?name=หนังสือน้ำท่วม.pdf", data=b"%PDF-1.7 flood", headers=PDF)

    assert response.status_code == 201
    assert files.content == b"%PDF-1.7 flood"
    assert (files.put_with["name"], files.put_with["media_type"]) == ("หนังสือน้ำท่วม.pdf", "application/pdf")
    assert files.put_with["actor"].officer_id == "somying"


def test_a_file_larger_than_any_json_body_passes_in_small_pieces(anyone, files):
    body = Endless(4_000_000)

    response = anyone.post("/api/v1/files?name=scan.pdf", environ_overrides=sent(body), headers=PDF)

    assert response.status_code == 201
    assert len(files.content) == 4_000_000
    assert body.most <= 65536


def test_a_file_over_the_limit_is_refused_before_it_is_read(anyone, files):
    body = Endless(5_000_001)

    response = anyone.post("/api/v1/files?name=scan.pdf", environ_overrides=sent(body), headers=PDF)

    assert (response.status_code, response.json["code"]) == (413, "files.too_large")
    assert body.left == 5_000_001


def test_a_file_of_unknown_length_is_taken_to_its_end(anyone, files):
    response = anyone.post(
        "/api/v1/files?name=scan.pdf",
        input_stream=io.BytesIO(b"%PDF-1.7 chunked"),
        headers={**PDF, "Transfer-Encoding": "chunked"},
    )

    assert response.status_code == 201
    assert files.content == b"%PDF-1.7 chunked"


def test_nobody_stores_a_file_without_signing_in(anyone, files):
    response = anyone.post("/api/v1/files?name=a.pdf", data=b"x")

    assert response.status_code == 401
    assert files.content == b""


def test_a_file_sent_as_a_form_is_refused_with_a_word_on_how_to_send_it(anyone, files):
    response = anyone.post("/api/v1/files?name=a.pdf", data={"file": (io.BytesIO(b"x"), "a.pdf")}, headers=ME)

    assert (response.status_code, response.json["code"]) == (400, "request.not_readable")
    assert files.content == b""


@pytest.mark.parametrize("query", ["", "?name=", "?name=" + "ก" * 256])
def test_a_file_needs_a_name_of_bearable_length(anyone, query):
    response = anyone.post(f"/api/v1/files{query}", data=b"x", headers=PDF)

    assert (response.status_code, response.json["code"]) == (400, "invalid")


def test_a_file_of_a_letter_comes_from_intake_by_the_ticket_of_the_registry(anyone, services, files):
    services.answers["registry", "open_file"] = {"path": f"/files/{SHA}?ticket=t", "name": "a.pdf"}

    response = anyone.get(f"/api/v1/letters/l1/files/{SHA}?purpose=stamped&download=true", headers=ME)

    assert response.data == b"%PDF-1.7"
    assert response.mimetype == "application/pdf"
    assert files.asked == [(f"/files/{SHA}?ticket=t", None)]
    asked = services.last()[2]
    assert (asked["letter_id"], asked["purpose"], asked["download"]) == ("l1", "stamped", True)


def test_a_part_of_a_file_is_passed_on_as_a_part(anyone, services, files):
    services.answers["registry", "open_file"] = {"path": "/files/x?ticket=t"}
    part = {"Content-Range": "bytes 0-3/8", "Content-Length": "4", "Content-Type": "application/pdf"}
    files.relayed = Relayed(status=206, headers=part, chunks=iter([b"%PDF"]))

    response = anyone.get(f"/api/v1/letters/l1/files/{SHA}", headers={**ME, "Range": "bytes=0-3"})

    assert response.status_code == 206
    assert response.headers["Content-Range"] == "bytes 0-3/8"
    assert files.asked[0][1] == "bytes=0-3"


def test_what_intake_says_about_showing_a_file_is_kept(anyone, services, files):
    services.answers["registry", "open_file"] = {"path": "/files/x?ticket=t"}
    headers = {"Content-Type": "application/pdf", "Content-Security-Policy": "sandbox"}
    files.relayed = Relayed(status=200, headers=headers, chunks=iter([b"x"]))

    response = anyone.get(f"/api/v1/letters/l1/files/{SHA}", headers=ME)

    assert response.headers.getlist("Content-Security-Policy") == ["sandbox"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_intake_is_not_asked_for_a_file_that_the_registry_denies(anyone, services, files):
    services.answers["registry", "open_file"] = LetterNotFound({"letter_id": "l1"})

    response = anyone.get(f"/api/v1/letters/l1/files/{SHA}", headers=ME)

    assert (response.status_code, files.asked) == (404, [])
