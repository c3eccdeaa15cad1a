from __future__ import annotations

from pathlib import Path

import pytest

from saraban.contracts import ids
from saraban.contracts.errors.files import ChildKilled
from services.intake.commands import ComposeLetter
from services.intake.handlers.compose import compose_letter
from tests.unit.intake.counter import PDF, Counter
from tests.unit.paper.reading import by_pdfium

LETTER = {
    "agency": "สำนักงานเลขาธิการคุรุสภา",
    "address": "128/1 ถนนนครราชสีมา",
    "subject": "แผนรับมือน้ำท่วมของสถานศึกษา",
    "addressee": "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน",
    "body": ["ตามที่ท่านขอความร่วมมือ นั้น", "จึงเรียนมาเพื่อโปรดทราบ"],
    "number": "ศธ 5100/12",
    "dated": "2026-11-23",
    "signed_by": "นายสมชาย วิชาการ",
}


def composed(counter: Counter, **changes: object) -> dict:
    return compose_letter(ComposeLetter(letter=LETTER | changes, name=""), counter.desk)


def copied(counter: Counter, sha256: str, path: Path) -> Path:
    with counter.objects.open(sha256) as stream:
        path.write_bytes(stream.read())
    return path


def test_a_letter_is_made_kept_and_told(counter: Counter, tmp_path: Path) -> None:
    file = composed(counter)

    copy = copied(counter, file["sha256"], tmp_path / "letter.pdf")
    assert "ศธ ๕๑๐๐/๑๒" in by_pdfium(copy)[0]
    assert file["name"] == "ศธ 5100-12.pdf"
    assert (file["media_type"], file["size"], file["role"]) == (PDF, copy.stat().st_size, "fair_copy")
    assert len(counter.log.events(ids.file_stream(file["sha256"]))) == 1
    assert counter.scraps == []


def test_the_same_letter_twice_is_one_file(counter: Counter) -> None:
    assert composed(counter) == composed(counter)
    assert len(counter.keys) == 1


def test_digits_follow_the_settings(tmp_path: Path) -> None:
    counter = Counter(tmp_path / "objects", thai_digits=False)

    file = composed(counter)

    copy = copied(counter, file["sha256"], tmp_path / "letter.pdf")
    assert "ศธ 5100/12" in by_pdfium(copy)[0]


def test_a_letter_that_cannot_be_set_leaves_nothing(counter: Counter) -> None:
    with pytest.raises(ChildKilled):
        composed(counter, unknown_field="x")

    assert counter.keys == []
    assert counter.scraps == []
