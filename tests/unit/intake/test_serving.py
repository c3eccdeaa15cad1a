from __future__ import annotations

import pytest

from saraban import tickets
from tests.unit.intake import hostile
from tests.unit.intake.counter import PDF, SECRET, Counter

LETTER = hostile.proper()


def test_a_file_is_served_as_it_came(counter: Counter) -> None:
    sha256 = counter.stored(LETTER)

    response = counter.get(counter.file_path(sha256, name="หนังสือ ๑.pdf", media_type=PDF))

    assert response.data == LETTER
    assert response.headers["Content-Type"] == PDF
    assert response.headers["Content-Length"] == str(len(LETTER))


def test_the_name_is_offered_in_utf8_and_headers_keep_the_file_harmless(counter: Counter) -> None:
    sha256 = counter.stored(b"<script>", "a.txt", "text/plain")

    response = counter.get(counter.file_path(sha256, name='หนังสือ "๑".txt', media_type="text/plain"))

    told = response.headers["Content-Disposition"]
    assert told.startswith("inline; ")
    assert (
        "filename*=UTF-8''%E0%B8%AB%E0%B8%99%E0%B8%B1%E0%B8%87%E0%B8%AA%E0%B8%B7%E0%B8%AD%20%22%E0%B9%91%22.txt" in told
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "declared"), [("a.zip", "application/zip"), ("a.eml", "message/rfc822")])
def test_what_a_browser_should_not_show_is_offered_for_saving(counter: Counter, name: str, declared: str) -> None:
    content = b"PK\5\6" + bytes(18) if name == "a.zip" else b"From: a@example.go.th\r\n\r\n"
    sha256 = counter.stored(content, name, declared)

    response = counter.get(counter.file_path(sha256, name=name, media_type=declared))

    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_download_is_offered_for_saving(counter: Counter) -> None:
    sha256 = counter.stored(LETTER)

    response = counter.get(counter.file_path(sha256, name="a.pdf", download=True))

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == PDF


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-9", 0, 10), ("bytes=5-", 5, None), ("bytes=-7", -7, None), ("bytes=10-999999", 10, None)],
)
def test_a_range_is_served(counter: Counter, asked: str, start: int, stop: int | None) -> None:
    sha256 = counter.stored(LETTER)

    response = counter.get(counter.file_path(sha256), Range=asked)

    first = start % len(LETTER)
    assert response.status_code == 206
    assert response.data == LETTER[start:stop]
    assert response.headers["Content-Range"] == f"bytes {first}-{first + len(response.data) - 1}/{len(LETTER)}"


def test_a_range_behind_the_end_is_refused(counter: Counter) -> None:
    sha256 = counter.stored(LETTER)

    response = counter.get(counter.file_path(sha256), Range="bytes=999999-")

    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(LETTER)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "nonsense"])
def test_what_is_no_single_range_of_bytes_gets_the_whole(counter: Counter, asked: str) -> None:
    sha256 = counter.stored(LETTER)

    response = counter.get(counter.file_path(sha256), Range=asked)

    assert (response.status_code, response.data) == (200, LETTER)


def test_a_browser_that_has_the_file_already_gets_nothing(counter: Counter) -> None:
    sha256 = counter.stored(LETTER)

    response = counter.get(counter.file_path(sha256), If_None_Match=f'"{sha256}"')

    assert (response.status_code, response.data) == (304, b"")


def test_a_file_that_is_not_there_is_not_found(counter: Counter) -> None:
    response = counter.get(counter.file_path("0" * 64))

    assert (response.status_code, response.json["code"]) == (404, "files.unknown")


def test_a_ticket_opens_only_its_own_file_for_its_own_purpose_for_five_minutes(counter: Counter) -> None:
    sha256, other = counter.stored(LETTER), counter.stored(hostile.proper(2))
    path = counter.file_path(sha256)
    ticket = path.partition("?")[2]

    counter.later(299)
    assert counter.get(path).status_code == 200
    assert counter.get(f"/files/{other}?{ticket}").status_code == 403
    assert counter.get(f"/stamped/{sha256}?{ticket}").status_code == 403
    assert counter.get(f"/preview/{sha256}/1.png?{ticket}").status_code == 403

    counter.later(2)
    assert counter.get(path).json["code"] == "files.ticket_refused"


def test_a_preview_ticket_opens_one_page(counter: Counter) -> None:
    sha256 = counter.stored(hostile.proper(2))
    path = tickets.preview_path(SECRET, counter.clock.now(), sha256, page=1)

    assert counter.get(path.replace("/1.png", "/2.png")).status_code == 403


def test_an_unknown_path_is_a_problem_too(counter: Counter) -> None:
    response = counter.get("/elsewhere")

    assert (response.status_code, response.json["code"]) == (404, "http.404")
