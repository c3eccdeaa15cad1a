from __future__ import annotations

import hashlib
import io
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local.ports import free_port
from saraban import tickets
from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.errors.files import FileEmpty, FileTooLarge, FileTypeMismatch, FileUnknown, TicketRefused
from saraban.files import Files
from saraban.wiring import MachineClock
from tests.integration.intake.conftest import SECRET, Running, running
from tests.unit.intake import hostile
from tests.unit.paper.reading import by_pdfium

PDF = "application/pdf"


class Zeros:
    """A text of `size` bytes, made while it is read."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = b"0" * min(size, self.left)
        self.left -= len(piece)
        self.digest.update(piece)
        return piece


def wait_until(holds: Callable[[], bool]) -> None:
    """Look until it holds; the test fails when it does not within half a minute."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def facts_of(intake: Running, sha256: str) -> dict:
    try:
        return intake.call("file", sha256=sha256)
    except FileUnknown:
        return {}


def test_a_file_goes_in_and_comes_out_as_it_was(intake: Running, tmp_path: Path) -> None:
    letter = hostile.proper()

    stored = intake.files.put(io.BytesIO(letter), name="หนังสือ ๑๒๓.pdf", media_type=PDF)

    assert stored["sha256"] == hashlib.sha256(letter).hexdigest()
    assert stored["name"] == "หนังสือ ๑๒๓.pdf"
    assert intake.files.read(stored["sha256"], limit=len(letter)) == letter
    intake.files.save(stored["sha256"], tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == letter
    assert intake.files.put([letter[:100], letter[100:]], name="อีกครั้ง.pdf")["duplicate"] is True


def test_an_answer_is_relayed_with_its_headers_and_ranges(intake: Running) -> None:
    letter = hostile.proper()
    stored = intake.files.put(io.BytesIO(letter), name="a.pdf")
    path = tickets.file_path(SECRET.encode(), MachineClock().now(), stored["sha256"], name="ก.pdf", media_type=PDF)

    relayed = intake.files.relay(path, "bytes=5-9")

    assert relayed.status == 206
    assert relayed.headers["Content-Range"] == f"bytes 5-9/{len(letter)}"
    assert relayed.headers["Content-Type"] == PDF
    assert b"".join(relayed.chunks) == letter[5:10]


def test_refusals_reach_the_client_as_what_they_are(intake: Running) -> None:
    with pytest.raises(FileEmpty):
        intake.files.put(io.BytesIO(b""), name="a.pdf")
    with pytest.raises(FileTypeMismatch):
        intake.files.put(io.BytesIO(b"MZ\x90\0"), name="a.pdf")
    with pytest.raises(FileUnknown):
        intake.files.read("0" * 64, limit=10)
    with pytest.raises(FileTooLarge):
        intake.files.put(io.BytesIO(hostile.proper()), name="a.pdf", limit=100)
    with pytest.raises(TicketRefused):
        intake.files.relay("/files/" + "0" * 64)


def test_a_client_that_hangs_up_midway_leaves_nothing(intake: Running) -> None:
    ticket = tickets.store_ticket(SECRET.encode(), MachineClock().now())
    head = f"POST /files?ticket={ticket}&name=a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    scratch, objects = intake.folder / "objects" / "scratch", intake.folder / "objects" / "objects"
    before = sorted(objects.rglob("*"))

    with socket.create_connection(("127.0.0.1", intake.port)) as connection:
        connection.sendall(head.encode() + b"half of it" * 50_000)
        wait_until(lambda: any(scratch.iterdir()))
    wait_until(lambda: not any(scratch.iterdir()))

    assert sorted(objects.rglob("*")) == before


def test_an_announced_length_over_the_limit_is_refused_while_the_client_still_waits(intake: Running) -> None:
    ticket = tickets.store_ticket(SECRET.encode(), MachineClock().now(), max_bytes=1000)
    head = f"POST /files?ticket={ticket}&name=a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"

    with socket.create_connection(("127.0.0.1", intake.port), timeout=10) as connection:
        connection.sendall(head.encode())
        answer = connection.recv(65536).decode()

    assert answer.startswith("HTTP/1.1 413 ")
    assert json.loads(answer.partition("\r\n\r\n")[2])["code"] == "files.too_large"


def test_a_stored_file_is_examined_soon_after(intake: Running) -> None:
    stored = intake.files.put(io.BytesIO(hostile.proper(3)), name="a.pdf")

    wait_until(lambda: intake.call("file", sha256=stored["sha256"])["pages"] is not None)
    facts = intake.call("file", sha256=stored["sha256"])
    assert (facts["pages"], facts["flags"], facts["name"]) == (3, [], "a.pdf")


def test_a_file_stored_right_before_a_crash_is_examined_after_the_next_start(tmp_path: Path) -> None:
    with running(tmp_path / "data") as first:
        stored = first.files.put(io.BytesIO(hostile.proper(3)), name="a.pdf")
        first.process.kill()

    with running(tmp_path / "data") as second:
        wait_until(lambda: facts_of(second, stored["sha256"]).get("pages") == 3)

        assert second.files.read(stored["sha256"], limit=10_000) == hostile.proper(3)


def test_a_letter_is_composed_on_call(intake: Running, tmp_path: Path) -> None:
    letter = {
        "agency": "สำนักงานเลขาธิการคุรุสภา",
        "address": "๑๒๘/๑ ถนนนครราชสีมา",
        "subject": "แผนรับมือน้ำท่วม",
        "addressee": "เลขาธิการ กพฐ.",
        "body": ["จึงเรียนมาเพื่อโปรดทราบ"],
    }

    file = intake.call("compose", letter=letter)

    intake.files.save(file["sha256"], tmp_path / "letter.pdf")
    assert file["name"] == "แผนรับมือน้ำท่วม.pdf"
    assert "แผนรับมือน้ำท่วม" in by_pdfium(tmp_path / "letter.pdf")[0]


def test_an_unknown_file_is_told_as_such(intake: Running) -> None:
    with pytest.raises(FileUnknown):
        intake.call("file", sha256="0" * 64)


def test_200_megabytes_pass_through_in_flat_memory(intake: Running) -> None:
    intake.files.put(Zeros(1_000_000), name="first.txt")
    before = intake.memory_peak()

    stream = Zeros(200_000_000)
    stored = intake.files.put(stream, name="large.txt")
    size = sum(len(piece) for piece in intake.files.chunks(stored["sha256"]))

    assert stored["sha256"] == stream.digest.hexdigest()
    assert size == 200_000_000
    assert intake.memory_peak() - before < 20_000_000


def test_an_intake_that_is_away_says_so() -> None:
    away = Files(f"http://127.0.0.1:{free_port()}", b"secret", MachineClock())

    with pytest.raises(ServiceAway):
        away.put(io.BytesIO(b"letter"), name="a.txt")
