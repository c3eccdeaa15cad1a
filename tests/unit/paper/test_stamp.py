from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from saraban.paper.stamp import stamp_first_page
from tests.unit.paper.conftest import ASSETS
from tests.unit.paper.reading import by_pdfium, ink

FACTS = {"agency": "สำนักงานเลขาธิการคุรุสภา", "number": "123/2569", "day": "23 พ.ย. 2569", "time": "14.30 น."}


def blank(path: Path, *, pages: int = 1, rotation: int = 0, password: str = "") -> Path:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842)).Rotate = rotation
        encryption = pikepdf.Encryption(user=password, owner=password) if password else None
        document.save(path, encryption=encryption)
    return path


def stamped(source: Path, **changes: object) -> Path:
    target = source.with_name("stamped.pdf")
    assert stamp_first_page(str(source), FACTS | changes, str(target), ASSETS) == {"stamped": True}
    return target


def test_the_stamp_says_agency_number_day_and_time_in_thai_digits(tmp_path) -> None:
    copy = stamped(blank(tmp_path / "letter.pdf"))

    text = by_pdfium(copy)[0]

    for words in ("สำนักงานเลขาธิการคุรุสภา", "เลขรับ", "๑๒๓/๒๕๖๙", "วันที่", "๒๓ พ.ย. ๒๕๖๙", "เวลา", "๑๔.๓๐ น."):
        assert words in text


def test_arabic_digits_stay_when_the_office_wants_that(tmp_path) -> None:
    copy = stamped(blank(tmp_path / "letter.pdf"), thai_numerals=False)

    assert "123/2569" in by_pdfium(copy)[0]


def test_only_page_one_is_stamped_and_the_original_stays_as_it_came(tmp_path) -> None:
    source = blank(tmp_path / "letter.pdf", pages=2)
    before = source.read_bytes()

    pages = by_pdfium(stamped(source))

    assert source.read_bytes() == before
    assert "เลขรับ" in pages[0]
    assert pages[1] == ""


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_stamp_is_at_the_top_right_of_the_page_as_it_is_seen(tmp_path, rotation: int) -> None:
    copy = stamped(blank(tmp_path / "letter.pdf", rotation=rotation))
    width = 595 if rotation in (0, 180) else 842

    left, top, right, bottom = (value / 2 for value in ink(copy, scale=2))

    assert width - right == pytest.approx(15, abs=2)
    assert top == pytest.approx(15, abs=2)
    assert right - left == pytest.approx(5 * 28.3, abs=3)
    assert bottom - top == pytest.approx(2.5 * 28.3, abs=3)


def test_a_long_agency_name_stays_inside_the_frame(tmp_path) -> None:
    copy = stamped(
        blank(tmp_path / "letter.pdf"), agency="สำนักงานคณะกรรมการส่งเสริมสวัสดิการและสวัสดิภาพครูและบุคลากรทางการศึกษา"
    )

    left, _, right, _ = (value / 2 for value in ink(copy, scale=2))

    assert right - left == pytest.approx(5 * 28.3, abs=3)


def test_an_encrypted_letter_is_not_stamped(tmp_path) -> None:
    source = blank(tmp_path / "letter.pdf", password="1234")
    target = tmp_path / "stamped.pdf"

    answer = stamp_first_page(str(source), FACTS, str(target), ASSETS)

    assert answer == {"stamped": False, "reason": "encrypted"}
    assert not target.exists()


def test_a_letter_without_a_page_is_not_stamped(tmp_path) -> None:
    source = blank(tmp_path / "letter.pdf", pages=0)

    answer = stamp_first_page(str(source), FACTS, str(tmp_path / "stamped.pdf"), ASSETS)

    assert answer == {"stamped": False, "reason": "no_pages"}


def test_a_broken_letter_is_not_stamped(tmp_path) -> None:
    source = tmp_path / "letter.pdf"
    source.write_bytes(b"%PDF-1.7\nand then nothing that makes sense")

    answer = stamp_first_page(str(source), FACTS, str(tmp_path / "stamped.pdf"), ASSETS)

    assert answer == {"stamped": False, "reason": "broken"}
