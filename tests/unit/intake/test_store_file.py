from __future__ import annotations

import errno
import hashlib
import io

import pytest

from saraban.contracts.actor import Actor
from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.events.intake import FileRejected, FileStored
from services.intake.handlers import store
from tests.unit.intake import hostile
from tests.unit.intake.counter import PDF, Counter

LETTER = hostile.proper()
SHA = hashlib.sha256(LETTER).hexdigest()
SOMSRI = Actor(
    officer_id="somsri",
    login="somsri",
    name="นางสมศรี ใจเย็น",
    title="เจ้าพนักงานธุรการ",
    unit_id="central",
    roles=("registry_clerk",),
    clearance=0,
    keys=(),
)


def nothing_kept(counter: Counter) -> bool:
    return counter.keys == [] and counter.scraps == [] and f"file:{SHA}" not in counter.log.streams


def test_an_upload_is_kept_under_its_hash_and_told(counter: Counter) -> None:
    response = counter.upload(LETTER, "หนังสือ ๑๒๓.pdf", actor=SOMSRI)

    assert response.status_code == 201
    assert response.json == {
        "sha256": SHA,
        "name": "หนังสือ ๑๒๓.pdf",
        "media_type": PDF,
        "size": len(LETTER),
        "duplicate": False,
    }
    assert counter.keys == [SHA]
    assert counter.scraps == []
    assert counter.log.events(f"file:{SHA}") == [
        FileStored(sha256=SHA, size=len(LETTER), name="หนังสือ ๑๒๓.pdf", media_type=PDF)
    ]
    assert counter.log.senders[0]["name"] == "นางสมศรี ใจเย็น"


def test_the_same_bytes_again_are_kept_once_and_called_a_duplicate(counter: Counter) -> None:
    counter.stored(LETTER)

    again = counter.upload(LETTER, "ชื่ออื่น.pdf")

    assert again.status_code == 201
    assert again.json["duplicate"] is True
    assert again.json["name"] == "ชื่ออื่น.pdf"
    assert len(counter.log.events(f"file:{SHA}")) == 1


def test_of_two_at_the_same_moment_one_is_the_duplicate(counter: Counter, monkeypatch) -> None:
    counter.stored(LETTER)
    monkeypatch.setattr(type(counter.log), "stream", lambda *_: (0, []))

    assert counter.upload(LETTER).json["duplicate"] is True


def test_an_empty_file_is_refused(counter: Counter) -> None:
    response = counter.upload(b"")

    assert (response.status_code, response.json["code"]) == (400, "files.empty")
    assert nothing_kept(counter)


def test_a_file_that_is_not_what_its_name_says_is_refused_and_that_is_told(counter: Counter) -> None:
    content = b"MZ\x90\0 this program cannot be run in DOS mode"

    response = counter.upload(content, "หนังสือ.pdf")

    assert (response.status_code, response.json["code"]) == (400, "files.type_mismatch")
    assert nothing_kept(counter)
    [rejected] = counter.log.events(f"file-rejected:{hashlib.sha256(content).hexdigest()}")
    assert isinstance(rejected, FileRejected)
    assert rejected.reason == "files.type_mismatch"


def test_the_sender_hears_why_even_when_the_rejection_cannot_be_recorded(counter: Counter) -> None:
    counter.log.away = ServiceAway({"what": "registry"})

    response = counter.upload(b"MZ\x90\0", "หนังสือ.pdf")

    assert response.json["code"] == "files.type_mismatch"


def test_a_file_over_the_limit_is_refused_before_it_is_read(counter: Counter) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

    response = counter.upload(None, max_bytes=1000, input_stream=Unread(), environ_overrides={"CONTENT_LENGTH": "1001"})

    assert (response.status_code, response.json["code"]) == (413, "files.too_large")
    assert response.json["values"] == {"limit": 1000}
    assert nothing_kept(counter)


def test_a_file_that_grows_over_the_limit_is_refused_on_the_way(counter: Counter) -> None:
    response = counter.upload(
        None, max_bytes=len(LETTER) - 1, input_stream=io.BytesIO(LETTER), headers={"Transfer-Encoding": "chunked"}
    )

    assert response.status_code == 413
    assert nothing_kept(counter)


def test_the_limit_of_the_settings_holds_whatever_the_ticket_says(tmp_path) -> None:
    counter = Counter(tmp_path, file_limit=100)

    assert counter.upload(LETTER, max_bytes=10**9).status_code == 413


def test_a_file_that_ends_too_early_is_refused(counter: Counter) -> None:
    response = counter.upload(
        None, input_stream=io.BytesIO(LETTER[:100]), environ_overrides={"CONTENT_LENGTH": str(len(LETTER))}
    )

    assert (response.status_code, response.json["code"]) == (400, "files.truncated")
    assert nothing_kept(counter)


def test_a_full_disk_keeps_nothing_and_the_next_try_works_when_there_is_room(counter: Counter, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(store, "_write", full)
        response = counter.upload(LETTER)

    assert (response.status_code, response.json["code"]) == (503, "store.full")
    assert nothing_kept(counter)
    assert counter.upload(LETTER).status_code == 201


def test_a_disk_that_fills_up_at_the_last_moment_keeps_nothing(counter: Counter, monkeypatch) -> None:
    from saraban.engines.object_store import folder

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(folder, "_flush_file", full)
        response = counter.upload(LETTER)

    assert (response.status_code, response.json["code"]) == (503, "store.full")
    assert nothing_kept(counter)


def test_without_the_log_an_upload_is_not_confirmed_and_can_be_repeated(counter: Counter) -> None:
    counter.log.away = ServiceAway({"what": "registry"})
    first = counter.upload(LETTER)
    counter.log.away = None

    second = counter.upload(LETTER)

    assert (first.status_code, first.json["code"]) == (503, "service.away")
    assert second.status_code == 201
    assert second.json["duplicate"] is False


@pytest.mark.parametrize("ticket", ["", "abc", "YWJj.YWJj", "ก.ข"])
def test_without_a_good_ticket_nothing_is_taken(counter: Counter, ticket: str) -> None:
    response = counter.client.post("/files", query_string={"ticket": ticket, "name": "a.pdf"}, data=LETTER)

    assert (response.status_code, response.json["code"]) == (403, "files.ticket_refused")
    assert nothing_kept(counter)


def test_a_name_with_folders_is_kept_without_them(counter: Counter) -> None:
    assert counter.upload(LETTER, "../../ลับ/หนังสือ.pdf").json["name"] == "หนังสือ.pdf"


@pytest.mark.parametrize(
    ("content", "name", "declared", "kind"),
    [
        pytest.param(LETTER, "หนังสือ.pdf", PDF, PDF, id="a PDF is still a PDF"),
        pytest.param(b"\xd0\xcf\x11\xe0", "บัญชี.xls", "application/vnd.ms-excel", None, id="a type not taken"),
        pytest.param(b"MZ\x90", "หนังสือ.pdf", PDF, None, id="a program with the name of a PDF"),
        pytest.param(LETTER, "mail.eml", "message/rfc822", None, id="a PDF where a mail should be"),
    ],
)
def test_with_a_ticket_for_any_type_nothing_that_came_is_refused(
    counter: Counter, content: bytes, name: str, declared: str, kind: str | None
) -> None:
    response = counter.upload(content, name, declared, any_type=True)

    assert response.status_code == 201
    assert response.json["media_type"] == (kind or "application/octet-stream")
    assert len(counter.keys) == 1
