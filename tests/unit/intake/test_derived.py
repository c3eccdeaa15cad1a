from __future__ import annotations

import io

import pytest
from PIL import Image

from saraban import tickets
from saraban.contracts.errors.files import ChildKilled
from tests.unit.intake import hostile
from tests.unit.intake.counter import SECRET, Counter
from tests.unit.paper.reading import by_pdfium

STAMP = {"agency": "สำนักงานเลขาธิการคุรุสภา", "number": "123/2569", "day": "23 พ.ย. 2569", "time": "14.30 น."}


def stamped_path(counter: Counter, sha256: str, **stamp: str) -> str:
    return tickets.stamped_path(SECRET, counter.clock.now(), sha256, stamp=STAMP | stamp, name="หนังสือ.pdf")


def preview_path(counter: Counter, sha256: str, page: int = 1) -> str:
    return tickets.preview_path(SECRET, counter.clock.now(), sha256, page=page)


def children_forbidden(*_: object, **__: object) -> None:
    raise AssertionError("a child process was started")


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (2480, 3508), "white").save(file, "PNG")
    return file.getvalue()


def test_a_stamped_copy_is_served_and_the_original_stays(counter: Counter, tmp_path) -> None:
    sha256 = counter.stored(hostile.proper())

    response = counter.get(stamped_path(counter, sha256))

    copy = tmp_path / "copy.pdf"
    copy.write_bytes(response.data)
    assert "๑๒๓/๒๕๖๙" in by_pdfium(copy)[0]
    assert counter.get(counter.file_path(sha256)).data == hostile.proper()


def test_a_stamped_copy_is_made_once_and_another_stamp_makes_another(counter: Counter) -> None:
    sha256 = counter.stored(hostile.proper())
    first = counter.get(stamped_path(counter, sha256))
    other = counter.get(stamped_path(counter, sha256, number="124/2569"))
    object.__setattr__(counter.desk, "run", children_forbidden)

    again = counter.get(stamped_path(counter, sha256))

    assert again.data == first.data
    assert again.data != other.data


@pytest.mark.parametrize(
    ("content", "name", "declared", "reason"),
    [
        (hostile.encrypted(), "a.pdf", "application/pdf", "encrypted"),
        (hostile.broken(), "a.pdf", "application/pdf", "broken"),
        (hostile.without_pages(), "a.pdf", "application/pdf", "no_pages"),
        (b"hello", "a.txt", "text/plain", "no_pdf"),
    ],
)
def test_what_cannot_be_stamped_says_why(counter: Counter, content, name, declared, reason) -> None:
    sha256 = counter.stored(content, name, declared)

    response = counter.get(stamped_path(counter, sha256))

    assert (response.status_code, response.json["code"]) == (400, "files.not_showable")
    assert response.json["values"] == {"reason": reason}
    assert counter.scraps == []


@pytest.mark.parametrize(
    ("content", "name", "declared"),
    [(hostile.proper(), "a.pdf", "application/pdf"), (png(), "a.png", "image/png")],
)
def test_a_page_is_shown_as_a_picture_of_a_thousand_pixels(counter: Counter, content, name, declared) -> None:
    sha256 = counter.stored(content, name, declared)

    response = counter.get(preview_path(counter, sha256))

    assert response.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.data)).size[0] == 1000


def test_a_picture_is_made_once(counter: Counter) -> None:
    sha256 = counter.stored(hostile.proper())
    first = counter.get(preview_path(counter, sha256))
    object.__setattr__(counter.desk, "run", children_forbidden)

    assert counter.get(preview_path(counter, sha256)).data == first.data


def test_a_page_that_is_not_there_is_not_shown(counter: Counter) -> None:
    sha256 = counter.stored(hostile.proper(1))

    assert counter.get(preview_path(counter, sha256, page=2)).json["values"] == {"reason": "no_such_page"}


def test_a_pdf_that_breaks_its_reader_is_no_picture_but_stays_a_file(counter: Counter) -> None:
    def killed(*_: object, **__: object) -> None:
        raise ChildKilled({"reason": "cpu"})

    sha256 = counter.stored(hostile.proper())
    object.__setattr__(counter.desk, "run", killed)

    response = counter.get(preview_path(counter, sha256))

    assert (response.status_code, response.json["code"]) == (400, "files.child_killed")
    assert counter.get(counter.file_path(sha256)).status_code == 200
