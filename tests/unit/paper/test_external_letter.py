from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from saraban.child import run_limited
from saraban.paper.external_letter import ExternalLetter, write
from tests.unit.paper.conftest import ASSETS
from tests.unit.paper.reading import by_pdfium, by_poppler, ink, needs_poppler, without_space

BODY = (
    "ตามหนังสือที่อ้างถึง สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานแจ้งสถานการณ์น้ำท่วมในพื้นที่ลุ่มน้ำเจ้าพระยา ความละเอียดแจ้งแล้ว นั้น",
    "จึงเรียนมาเพื่อโปรดทราบ รายละเอียดที่ https://ksp.or.th/flood2569 หรือ flood9@ksp.or.th",
)
LETTER: dict[str, Any] = {
    "agency": "สำนักงานเลขาธิการคุรุสภา",
    "address": "128/1 ถนนนครราชสีมา เขตดุสิต\nกรุงเทพมหานคร 10300",
    "number": "ศธ 51041/123",
    "dated": "2026-11-23",
    "subject": "แผนรับมือน้ำท่วมของสถานศึกษา",
    "addressee": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาพระนครศรีอยุธยา เขต 1",
    "references": ("หนังสือ สพฐ. ที่ ศธ 04009/ว 1234 ลงวันที่ 2 พฤศจิกายน 2569",),
    "enclosures": ("กำหนดการประชุม จำนวน 1 ฉบับ", "แบบตอบรับ จำนวน 1 ฉบับ"),
    "body": BODY,
    "signer_name": "นางสาวพิมพ์ใจ ตั้งมั่นคง",
    "signer_title": "รองเลขาธิการคุรุสภา ปฏิบัติหน้าที่แทน\nเลขาธิการคุรุสภา",
    "signed_by": "นางสาวพิมพ์ใจ ตั้งมั่นคง",
    "signed_at": "2026-11-23T07:30:00+00:00",
    "owner_unit": "สำนักอำนวยการ กลุ่มสารบรรณ",
    "telephone": "0 2282 1308",
    "email": "ksp@saraban.mail.go.th",
}
AS_PRINTED = (
    "ที่  ศธ ๕๑๐๔๑/๑๒๓",
    "สำนักงานเลขาธิการคุรุสภา",
    "๑๒๘/๑ ถนนนครราชสีมา เขตดุสิต",
    "๒๓ พฤศจิกายน ๒๕๖๙",
    "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาพระนครศรีอยุธยา เขต ๑",
    "หนังสือ สพฐ. ที่ ศธ ๐๔๐๐๙/ว ๑๒๓๔ ลงวันที่ ๒ พฤศจิกายน ๒๕๖๙",
    "๑. กำหนดการประชุม จำนวน ๑ ฉบับ",
    "๒. แบบตอบรับ จำนวน ๑ ฉบับ",
    *BODY,
    "ขอแสดงความนับถือ",
    "ลงนามอิเล็กทรอนิกส์โดย นางสาวพิมพ์ใจ ตั้งมั่นคง",
    "เมื่อวันที่ ๒๓ พฤศจิกายน ๒๕๖๙ เวลา ๑๔.๓๐ น.",
    "(นางสาวพิมพ์ใจ ตั้งมั่นคง)",
    "รองเลขาธิการคุรุสภา ปฏิบัติหน้าที่แทน",
    "สำนักอำนวยการ กลุ่มสารบรรณ",
    "โทร. ๐ ๒๒๘๒ ๑๓๐๘",
    "ไปรษณีย์อิเล็กทรอนิกส์ ksp@saraban.mail.go.th",
)


def written(path: Path, **changes: Any) -> Path:
    write(ExternalLetter(**LETTER | changes), str(path))
    return path


def test_everything_on_the_letter_comes_back_from_pdfium(tmp_path) -> None:
    path = written(tmp_path / "letter.pdf")

    text = without_space("".join(by_pdfium(path)))

    assert [part for part in AS_PRINTED if without_space(part) not in text] == []


@needs_poppler
def test_everything_on_the_letter_comes_back_from_poppler(tmp_path) -> None:
    path = written(tmp_path / "letter.pdf")

    text = without_space(by_poppler(path))

    assert [part for part in AS_PRINTED if without_space(part) not in text] == []


def test_the_same_letter_gives_the_same_bytes(tmp_path) -> None:
    first, second = written(tmp_path / "1.pdf"), written(tmp_path / "2.pdf")

    assert first.read_bytes() == second.read_bytes()


def test_numerals_stay_arabic_when_the_office_wants_that(tmp_path) -> None:
    path = written(tmp_path / "letter.pdf", thai_numerals=False)

    text = "".join(by_pdfium(path))

    assert "ศธ 51041/123" in text
    assert "23 พฤศจิกายน 2569" in text


def test_a_long_letter_runs_over_numbered_pages_with_the_next_words_at_the_foot(tmp_path) -> None:
    path = written(tmp_path / "letter.pdf", body=BODY * 15)

    pages = by_pdfium(path)

    assert len(pages) == 3
    assert "- ๒ -" in pages[1]
    assert "- ๓ -" in pages[2]
    assert pages[0].rstrip().endswith("...")
    assert "..." not in pages[2]


def test_the_text_keeps_to_its_margins(tmp_path) -> None:
    path = written(tmp_path / "letter.pdf", body=BODY * 15)

    left, _, right, bottom = ink(path, scale=2)

    assert left / 2 >= 3 * 28.3 - 1
    assert right / 2 <= 595.3 - 2 * 28.3 + 1
    assert bottom / 2 <= 841.9 - 28.3


def test_every_page_of_a_draft_says_so_until_it_is_signed(tmp_path) -> None:
    draft = written(tmp_path / "draft.pdf", signed_by="", signed_at=None, body=BODY * 15)
    signed = written(tmp_path / "signed.pdf", body=BODY * 15)

    assert all("ร่าง" in page for page in by_pdfium(draft))
    assert not any("ร่าง" in page for page in by_pdfium(signed))
    assert "ลงนามอิเล็กทรอนิกส์" not in "".join(by_pdfium(draft))


def test_a_draft_needs_neither_number_nor_day(tmp_path) -> None:
    path = written(tmp_path / "draft.pdf", number="", dated=None, signed_by="", signed_at=None)

    assert LETTER["subject"] in "".join(by_pdfium(path))


def test_urgency_stands_at_the_head_and_secrecy_on_every_page(tmp_path) -> None:
    path = written(tmp_path / "letter.pdf", urgency="most_urgent", secrecy="confidential", body=BODY * 15)

    pages = by_pdfium(path)

    assert "ด่วนที่สุด" in pages[0]
    assert [page.count("ลับ") for page in pages] == [2, 2, 2]


def test_the_closing_is_never_torn_from_the_signature(tmp_path) -> None:
    for paragraphs in range(8, 16):
        path = written(tmp_path / f"{paragraphs}.pdf", body=(BODY[0],) * paragraphs)

        pages = by_pdfium(path)
        signed_page = next(page for page in pages if "(นางสาวพิมพ์ใจ ตั้งมั่นคง)" in page)

        assert "ขอแสดงความนับถือ" in signed_page


def test_a_title_too_wide_for_the_signature_breaks_at_its_space(tmp_path) -> None:
    title = "รองเลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน ปฏิบัติราชการแทน\nเลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน"
    path = written(tmp_path / "letter.pdf", signer_title=title)

    lines = by_pdfium(path)[0].splitlines()

    assert "ปฏิบัติราชการแทน" in lines
    assert "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน" in lines


def test_a_letter_is_rendered_in_a_child_process(tmp_path) -> None:
    path = tmp_path / "letter.pdf"

    pages = run_limited("saraban.paper.external_letter:render", LETTER, str(path), ASSETS)

    assert pages == 1
    assert LETTER["subject"] in by_pdfium(path)[0]


def test_a_field_that_is_not_of_the_form_is_an_error() -> None:
    with pytest.raises(TypeError):
        ExternalLetter(**LETTER | {"emblem": "ครุฑ"})
