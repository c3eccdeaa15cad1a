from __future__ import annotations

import pytest

from services.search.domain.pdf_text import cleaned, lost_sara_am, quality

GOOD = "ตามหนังสือที่อ้างถึง สำนักงานเลขาธิการคุรุสภาได้แจ้งให้หน่วยงานทราบแล้วนั้น บัดนี้ขอให้ดำเนินการต่อไป"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("ปั ้ น", "ปั้น"),
        ("ค ้าประกัน", "ค้าประกัน"),
        ("จ ำนวน", "จำนวน"),
        ("บรรทัดหนึ่ง\r\nบรรทัดสอง", "บรรทัดหนึ่งบรรทัดสอง"),
        ("หัวข้อ\r\nข้อความที่ยาวกว่าหัวข้อมากจนสุดขอบกระดาษ", "หัวข้อ\nข้อความที่ยาวกว่าหัวข้อมากจนสุดขอบกระดาษ"),
        ("เรื่อง ขอเชิญประชุม\nเรียน เลขาธิการ", "เรื่อง ขอเชิญประชุม\nเรียน เลขาธิการ"),
        ("ก\n\n\n\nข", "ก\n\nข"),
        ("ราย\ufffeงาน\x00", "รายงาน"),
    ],
)
def test_what_pdf_files_do_to_thai_is_put_right(raw, clean):
    assert cleaned(raw) == clean


def test_a_lost_sara_am_is_noticed_but_shown_as_it_came():
    assert lost_sara_am(cleaned("ส านักงานจ านวนมาก"))
    assert cleaned("ส านักงาน") == "ส านักงาน"
    assert not lost_sara_am("สำนักงาน ค่า ๆ")


def test_real_text_is_good():
    assert quality(GOOD) > 0.9


def test_text_with_orphan_marks_private_glyphs_or_no_words_is_poor():
    assert quality(" ".join("่า ้ง ิด ็น") * 5) < 0.5
    assert quality("\uf8e5\uf8e6\uf8e7กข" * 20) < 0.5
    assert quality("กฃฅฆฌฎฏฐฑฒ" * 20) < 0.5


def test_a_page_without_letters_is_not_blamed():
    assert quality("12 / 34 - - -") == 1.0
